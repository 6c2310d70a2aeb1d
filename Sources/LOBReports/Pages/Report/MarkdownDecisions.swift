import LOBAdvice

/// The LOB table of report.md, with what its figures mean and why they are what they are.
enum MarkdownDecisions {
    /// The section.
    static func section(_ report: Report, _ all: ReportTables) -> MarkdownSection {
        let tables = TableFigures.lobTable(report)
        guard !tables.isEmpty else {
            let sentence = MarkdownText.escape(ScopeText.withoutLOBs(report.profile))
            return MarkdownSection(.decisions, ["## LOB table\n\n\(sentence)\n"])
        }
        let table = LOBTableMarkdown.table(tables)
        let decisions = MarkdownSection(
            .decisions, ["## LOB table\n\n" + explanation(report.profile) + table.head] + table.lines)
        let quiet = Set(all.entries.lazy.filter(\.isQuiet).map(\.table.name))
        let told = quiet.isEmpty ? tables : tables.filter { !quiet.contains($0.table.name) }
        guard !told.isEmpty else { return decisions }
        return MarkdownSection(
            parts: decisions.parts + [.init(text: reasons(told, report.recommender), importance: .reasons)])
    }

    private static func explanation(_ profile: Profile) -> String {
        """
        Sizes for DMS are in KB of 1,024 bytes. The rule is what the mapping has. The risk is the probability \
        that at least one value is larger than the table's setting\(RiskText.scope(profile.policy)).


        """
    }

    private static func reasons(_ tables: [TableFigures], _ recommender: Recommender) -> String {
        let reasons = tables.map { table in
            "- \(MarkdownText.escape(table.table.name.losslessText)): "
                + MarkdownText.escape(table.table.reason + AlternativeText.sentence(table.table, recommender))
                + "\n"
        }
        return """

            <details markdown="1"><summary>Why these modes and sizes</summary>

            \(reasons.joined())
            \(inline(tables, recommender))
            </details>

            """
    }

    /// Look-ups of a full load for each inline threshold, the chosen one in bold.
    private static func inline(_ tables: [TableFigures], _ recommender: Recommender) -> String {
        let rows = tables.map { ($0.table.name, ModeAlternatives($0.table, by: recommender)) }.filter {
            !$0.1.inline.isEmpty && ($0.1.values.value ?? 0) > 0
        }
        guard let first = rows.first else { return "" }
        var table = MarkdownTable(
            [("Look-ups of a full load with `bulk-max-size`", false)]
                + first.1.inline.map { ("\($0.size.count)", true) })
        table.rows = rows.map { name, alternatives in
            [MarkdownText.escape(name.losslessText)]
                + alternatives.inline.map { threshold in
                    let count = AlternativeText.count(threshold.lookUps, of: alternatives)
                    return threshold.isChosen ? "**\(count)**" : count
                }
        }
        return table.text
    }
}
