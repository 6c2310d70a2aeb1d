import LOBAdvice

/// The columns of the LOB table, shared by its two files.
enum LOBTable {
    /// The first three are what the DMS run book asks for, in these words.
    static let columns: [PageTable.Column<TableFigures>] = [
        .init("Table", isElastic: true) { .code($0.table.name.losslessText) },
        .init("Max LOB Size (Kb)", isNumeric: true) { PageText($0.limit) },
        .init("Truncations OKAY?") { PageText($0.truncationsOK) },
        .init("Rule") { PageText($0.rule) },
        .init("Largest observed (octets)", isNumeric: true, isExtra: true) { PageText($0.largestOctets) },
        .init("Coverage") { PageText($0.coverage.rawValue) },
        .init("Risk", isNumeric: true) { PageText($0.risk) },
    ]

    /// The table, or why there is none.
    static func blocks(_ report: Report) -> [PageBlock] {
        let tables = TableFigures.lobTable(report)
        return tables.isEmpty
            ? [.paragraph(PageText(ScopeText.withoutLOBs(report.profile)))]
            : [.table(PageTable("LOB table", tables, columns))]
    }
}
