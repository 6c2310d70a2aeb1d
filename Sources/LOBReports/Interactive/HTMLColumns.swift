import LOBAdvice
import SizeStatistics

/// Every table of report.html with its columns: figures, what is sure, what a limit would cut.
///
/// The script adds the charts and the what-if where a table is opened.
enum HTMLColumns {
    /// The section.
    static func section(_ report: Report, _ all: ReportTables) -> String {
        guard !all.entries.isEmpty else {
            return HTMLMarkup.section("columns", "Columns", "<p>No column in scope had to be measured.</p>")
        }
        let sizing = SizingRule(report.profile)
        let sections = all.entries.filter { !$0.isQuiet }.map { details($0.table, $0.number, sizing, report) }
        return HTMLMarkup.section(
            "columns", "Columns", (quiet(all) + sections).joined(separator: "\n"))
    }

    private static func quiet(_ all: ReportTables) -> [String] {
        all.omission(in: .html).map {
            [
                "<p>\(HTMLText.escape($0.text)) <code>\(HTMLText.escape($0.command))</code> \(HTMLText.escape($0.end))</p>"
            ]
        } ?? []
    }

    private static func details(
        _ table: TableRecommendation, _ number: Int, _ sizing: SizingRule, _ report: Report
    ) -> String {
        let name = HTMLText.escape(table.name.losslessText)
        let kind = table.unmigratedKind.map { " <em>\($0.words), not migrated by DMS</em>" } ?? ""
        let statements = table.columns.map { column in
            "<dt>\(HTMLText.escape(ColumnFigures(column).name(in: table)))</dt>"
                + "<dd>\(HTMLText.escape(column.estimate.statement + StoredText.sentence(column)))</dd>\n"
        }
        return """
            <details class="table" id="t\(number)"><summary><code>\(name)</code>\(kind)</summary>
            <p>\(HTMLText.escape(table.reason + AlternativeText.sentence(table, report.recommender))).</p>
            \(HTMLMarkup.table("Figures of the columns of \(name)", figureColumns, table.columns.map { figures($0, in: table) }))
            <dl>
            \(statements.joined())</dl>
            \(cuts(table, name, sizing, report.profile.policy))
            \(HTMLInline.table(table, name, report.recommender))
            </details>
            """
    }

    private static let figureColumns: [(title: String, isNumeric: Bool)] = [
        ("Column", false), ("Type", false), ("DMS class", false), ("How measured", false),
        ("Rows measured", true), ("NULLs", true), ("p50", true), ("p95", true), ("p99", true),
        ("p99.9", true),
        ("Largest (octets)", true), ("Limit (octets)", true), ("Limit (Kb)", true), ("Risk", true),
    ]

    private static func figures(
        _ column: ColumnRecommendation, in table: TableRecommendation
    ) -> [String] {
        let figures = ColumnFigures(column)
        let quantiles = ColumnFigures.quantiles.map { figures.quantileText($0.share) }
        let described = column.profile.column
        let cells =
            [
                figures.name(in: table), described.typeName.losslessText, described.lobClass.rawValue,
                column.estimate.coverage.rawValue
                    + (column.profile.measurement.map { " (\($0.method.rawValue))" } ?? ""),
                figures.rows, figures.nulls.map(NumberText.grouped) ?? "-",
            ] + quantiles + [
                figures.largestOctets,
                column.estimate.limit.map { NumberText.grouped(Int($0.bytes)) } ?? "not known",
                column.limit.map { "\($0.count)" } ?? "-", RiskText.figure(column.risk),
            ]
        return cells.map(HTMLText.escape)
    }

    private static func cuts(
        _ table: TableRecommendation, _ name: String, _ sizing: SizingRule, _ policy: Policy
    ) -> String {
        let measured = table.columns.filter {
            $0.profile.measurement != nil && $0.profile.column.lobClass != .none
        }
        guard !measured.isEmpty else { return "" }
        let limits = ColumnFigures.limits(policy)
        let columns = [("Column", false)] + limits.map { ("\($0.count) Kb", true) }
        let rows = measured.map { column in
            let figures = ColumnFigures(column)
            let cuts = limits.map { CutText.rows(figures, at: $0, sizing: sizing) }
            return ([figures.name(in: table)] + cuts).map(HTMLText.escape)
        }
        return HTMLMarkup.table(
            "Present rows that a limit would cut in \(name): counted, or estimated with the range that holds with 95 %",
            columns, rows)
    }
}
