import LOBAdvice

/// lob-table.md: the LOB table as a GitHub table and nothing else.
enum LOBTableMarkdown {
    /// The file.
    static func render(_ report: Report) -> [UInt8] {
        Array(table(TableFigures.lobTable(report)).text.utf8)
    }

    /// The table, also a section of report.md.
    static func table(_ tables: [TableFigures]) -> MarkdownTable {
        MarkdownRenderer.table(PageTable("LOB table", tables, LOBTable.columns))
    }
}
