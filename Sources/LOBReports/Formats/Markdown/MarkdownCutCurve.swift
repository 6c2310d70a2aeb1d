import LOBProfile

/// The cut curve: how many of the rows measured each limit would cut.
enum MarkdownCutCurve {
    /// The section; empty where nothing was measured.
    static func section(_ report: Report) -> String {
        let sizing = SizingRule(report.profile)
        let columns = TableFigures.lobTable(report).flatMap(\.lobColumns).filter {
            $0.estimate.largest != nil
        }
        guard !columns.isEmpty else { return "" }
        var table = MarkdownTable([("Column", false)] + ColumnFigures.limits.map { ("\($0.count) Kb", true) })
        table.rows = columns.map { column in
            let figures = ColumnFigures(column)
            let cuts = ColumnFigures.limits.map { CutText.rows(figures, at: $0, sizing: sizing) }
            return ([figures.subject] + cuts).map(MarkdownText.escape)
        }
        return """
            ## What a smaller limit would cut

            Rows that a limit would cut, with their share, among those measured; after two phases among all rows, as \
            their stored sizes let expect. Where sizes are counted in classes, as a range.

            <details markdown="1"><summary>Rows cut by column and limit</summary>

            \(table.text)
            </details>

            """
    }
}
