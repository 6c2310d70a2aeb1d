import LOBAdvice

/// The cut curve: how many of the present rows each limit would cut.
enum MarkdownCutCurve {
    /// The section; empty where nothing was measured.
    static func section(_ report: Report, _ all: ReportTables) -> MarkdownSection {
        let sizing = SizingRule(report.profile)
        let quiet = Set(all.entries.filter(\.isQuiet).map(\.table.name))
        let columns = TableFigures.lobTable(report).filter { !quiet.contains($0.table.name) }
            .flatMap(\.lobColumns).filter { $0.estimate.largest != nil }
        guard !columns.isEmpty else { return MarkdownSection(parts: []) }
        let limits = ColumnFigures.limits(report.profile.policy)
        var table = MarkdownTable([("Column", false)] + limits.map { ("\($0.count) Kb", true) })
        table.rows = columns.map { column in
            let figures = ColumnFigures(column)
            let cuts = limits.map { CutText.rows(figures, at: $0, sizing: sizing) }
            return ([figures.subject] + cuts).map(MarkdownText.escape)
        }
        let introduction = """
            ## What a smaller limit would cut

            Present rows that a limit would cut, with their share: counted where every value was measured (as a range \
            where sizes are counted in classes), else "about", an estimate with the range that holds with 95 %.

            <details markdown="1"><summary>Rows cut by column and limit</summary>

            """
        return MarkdownSection(.cutCurve, ["\(introduction)\n\(table.text)\n</details>\n"])
    }
}
