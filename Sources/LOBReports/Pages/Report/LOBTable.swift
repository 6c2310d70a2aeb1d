import LOBAdvice

/// The LOB table: a row for each table with a LOB that DMS can migrate.
enum LOBTable {
    /// The table, the same in every file and on a terminal.
    ///
    /// - Parameters:
    ///   - id: a name for links and scripts.
    ///   - places: what leads to each row.
    static func table(
        _ report: Report, id: String? = nil, places: [PageTable.Place] = []
    ) -> PageTable {
        let tables = TableFigures.lobTable(report)
        let largest = tables.compactMap(\.largestSize.value).max() ?? 0
        return PageTable(
            "Every table with LOB columns", tables, columns(upTo: largest), id: id, places: places)
    }

    /// The first three columns are what the DMS run book asks for, in these words.
    ///
    /// - Parameter largest: the bytes that the longest bar stands for.
    private static func columns(upTo largest: Int64) -> [PageTable.Column<TableFigures>] {
        [
            .init("Table", isElastic: true) { .code($0.table.name.losslessText) },
            .init("Max LOB Size (Kb)", isNumeric: true) { PageText($0.limit) },
            .init("Truncations OKAY?") { PageText($0.truncationsOK) },
            .init("Rule") { PageText($0.rule) },
            PageTable.Column<TableFigures>("Largest observed (octets)", isNumeric: true, isExtra: true) {
                PageText($0.largestOctets)
            }.withBar(upTo: largest) { $0.largestSize.value },
            .init("Coverage") { PageText($0.coverage.rawValue) },
            .init("Risk", isNumeric: true) { PageText($0.risk) },
        ]
    }

    /// The table, or why there is none.
    static func blocks(_ report: Report) -> [PageBlock] { without(report) ?? [.table(table(report))] }

    private static func without(_ report: Report) -> [PageBlock]? {
        TableFigures.lobTable(report).isEmpty
            ? [.paragraph(PageText(ScopeText.withoutLOBs(report.profile)))] : nil
    }

    /// The section of a file: each name leads to the details of its table.
    static func section(_ report: Report, _ all: ReportTables) -> PageSection {
        let rows = all.entries.filter { $0.table.hasLOBs && $0.table.isMigrated }
        let places = rows.map { entry in
            PageTable.Place(
                id: "r\(entry.number)", link: entry.isQuiet ? nil : TableDetails.id(entry.number))
        }
        let legend: PageText = """
            Sizes for DMS are in KB of 1,024 bytes. The rule is what the mapping has. The risk is the probability that at \
            least one value is larger than the table's setting\(RiskText.scope(report.profile.policy)).
            """
        return PageSection(
            id: "decisions", title: "LOB table", importance: .decisions,
            blocks: without(report) ?? [
                .table(table(report, id: "lob-table", places: places)), .paragraph(legend),
            ])
    }
}
