/// The section about tables that rule out batch apply; nothing where there is none.
enum MarkdownUniqueIndexes {
    static func section(_ report: Report) -> String? {
        let rows = UniqueIndexRows.rows(report)
        guard !rows.isEmpty else { return nil }
        var table = MarkdownTable(UniqueIndexRows.columns)
        table.rows = rows.map { $0.map(MarkdownText.escape) }
        return """
            ## \(UniqueIndexRows.title)

            \(table.text)
            \(MarkdownText.escape(UniqueIndexRows.advice))

            """
    }
}
