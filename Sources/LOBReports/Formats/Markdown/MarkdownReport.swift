import LOBProfile

/// report.md: the whole report for a change ticket, the decision first.
enum MarkdownReport {
    /// The file.
    static func render(_ report: Report) -> [UInt8] {
        let sections = [
            MarkdownSummary.section(report), decisions(report), MarkdownOutlook.section(report),
            MarkdownFindings.section(report),
            MarkdownUniqueIndexes.section(report), MarkdownColumns.section(report),
            MarkdownCutCurve.section(report),
            MarkdownUnmeasured.section(report),
            MarkdownTask.section(report), MarkdownMethod.section(report), signOff,
        ].compactMap(\.self)
        return Array(sections.filter { !$0.utf8.isEmpty }.joined(separator: "\n").utf8)
    }

    private static func decisions(_ report: Report) -> String {
        let tables = TableFigures.lobTable(report)
        guard !tables.isEmpty else { return "## LOB table\n\nNo table in scope has a LOB column.\n" }
        let reasons = tables.map { table in
            "- \(MarkdownText.escape(table.table.name.losslessText)): "
                + MarkdownText.escape(
                    table.table.reason + AlternativeText.sentence(table.table, report.profile))
                + "\n"
        }
        return """
            ## LOB table

            \(LOBTableMarkdown.table(tables).text)
            Sizes for DMS are in KB of 1,024 bytes. The setting is the size with headroom. The risk is the probability \
            that at least one value is larger than the table's setting\(RiskText.scope(report.profile.policy)).

            <details markdown="1"><summary>Why these modes and sizes</summary>

            \(reasons.joined())
            \(inline(tables, report.profile))
            </details>

            """
    }

    /// Look-ups of a full load for each inline threshold, the chosen one in bold.
    private static func inline(_ tables: [TableFigures], _ profile: Profile) -> String {
        let rows = tables.map { ($0.table.name, ModeAlternatives($0.table, in: profile)) }.filter {
            ($0.1.values ?? 0) > 0
        }
        guard let first = rows.first else { return "" }
        var table = MarkdownTable(
            [("Look-ups of a full load with `bulk-max-size`", false)]
                + first.1.inline.map { ("\($0.size.count)", true) })
        table.rows = rows.map { name, alternatives in
            [MarkdownText.escape(name.losslessText)]
                + alternatives.inline.map { threshold in
                    let count = AlternativeText.count(threshold.lookUps)
                    return threshold.isChosen ? "**\(count)**" : count
                }
        }
        return table.text
    }

    private static let signOff = """
        ## Sign-off

        | Role | Name | Date | Decision |
        | --- | --- | --- | --- |
        | Database owner |  |  |  |
        | Migration engineer |  |  |  |
        | Approver |  |  |  |

        """
}
