/// The section about tables that rule out batch apply; nothing where there is none.
enum MarkdownUniqueIndexes {
    static func section(_ report: Report) -> MarkdownSection {
        let rows = UniqueIndexRows.rows(report)
        guard !rows.isEmpty else { return MarkdownSection(parts: []) }
        var table = MarkdownTable(UniqueIndexRows.columns)
        table.rows = rows.map { $0.map(MarkdownText.escape) }
        let advice = "\n" + MarkdownText.escape(UniqueIndexRows.advice) + "\n\n"
        return MarkdownSection(
            .findings, ["## \(UniqueIndexRows.title)\n\n\(table.head)"] + table.lines + [advice])
    }
}
