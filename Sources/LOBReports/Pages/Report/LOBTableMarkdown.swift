import LOBAdvice

/// lob-table.md: the LOB table as a GitHub table and nothing else.
enum LOBTableMarkdown {
    /// The file.
    static func render(_ report: Report) -> [UInt8] {
        Array(MarkdownRenderer.table(LOBTable.table(report)).text.utf8)
    }
}
