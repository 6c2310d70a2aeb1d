import LOBAdvice
import SizeStatistics

/// Every measured column: figures in a table, and what is sure and what is assumed in sentences.
enum MarkdownColumns {
    /// The section.
    static func section(_ all: ReportTables) -> MarkdownSection {
        guard !all.entries.isEmpty else {
            return MarkdownSection(.columns, ["## Columns\n\nNo column in scope had to be measured.\n"])
        }
        let shown = all.entries.filter { !$0.isQuiet }.map(\.table)
        let texts = shown.enumerated().map { ($0 > 0 ? "\n" : "") + details($1) }
        return MarkdownSection(.columns, ["## Columns\n\n"] + quiet(all) + texts)
    }

    private static func quiet(_ all: ReportTables) -> [String] {
        all.omission(in: .markdown).map {
            ["\(MarkdownText.escape($0.text)) `\($0.command)` \(MarkdownText.escape($0.end))\n\n"]
        } ?? []
    }

    private static func details(_ table: TableRecommendation) -> String {
        var figures = MarkdownTable(columns)
        figures.rows = table.columns.map(row)
        let statements = table.columns.filter { !$0.estimate.statement.isEmpty }.map { column in
            "- \(MarkdownText.escape(ColumnFigures(column).subject)): "
                + MarkdownText.escape(column.estimate.statement + StoredText.sentence(column)) + "\n"
        }
        let isMeasured = table.columns.contains { $0.profile.measurement != nil }
        let kind = table.unmigratedKind.map {
            " (\($0.words): \(isMeasured ? "measured, " : "")not migrated by DMS)"
        }
        return """
            <details markdown="1"><summary>\(HTMLText.codeInMarkdown(table.name.losslessText))\(kind ?? "")</summary>

            \(figures.text)
            \(statements.joined())
            </details>

            """
    }

    private static let columns: [MarkdownTable.Column] = [
        ("Column", false), ("Type", false), ("DMS class", false), ("Coverage", false), ("Method", false),
        ("Rows measured", true), ("NULLs", true), ("p50", true), ("p95", true), ("p99", true),
        ("p99.9", true),
        ("Largest", true), ("Limit (octets)", true), ("Limit (Kb)", true), ("Risk", true),
    ]

    private static func row(_ column: ColumnRecommendation) -> [String] {
        let figures = ColumnFigures(column)
        let quantiles = ColumnFigures.quantiles.map { figures.quantileText($0.share) }
        let described = column.profile.column
        let cells =
            [
                figures.subject, described.typeName.losslessText, described.lobClass.rawValue,
                column.estimate.coverage.rawValue, column.profile.measurement?.method.rawValue ?? "-",
                figures.rows, figures.nulls.map(NumberText.grouped) ?? "-",
            ] + quantiles + [
                figures.largest,
                column.estimate.limit.map { NumberText.grouped(Int($0.bytes)) } ?? "not known",
                column.limit.map { "\($0.count)" } ?? "-", RiskText.figure(column.risk),
            ]
        return cells.map(MarkdownText.escape)
    }
}
