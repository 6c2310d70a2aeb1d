/// The section about tables that rule out batch apply; nothing where there is none.
enum HTMLUniqueIndexes {
    static func section(_ report: Report) -> String? {
        let rows = UniqueIndexRows.rows(report)
        guard !rows.isEmpty else { return nil }
        let table = HTMLMarkup.table(
            "Tables for which batch apply is off", UniqueIndexRows.columns,
            rows.map { $0.map(HTMLText.escape) })
        return HTMLMarkup.section(
            "unique-indexes", UniqueIndexRows.title,
            "\(table)\n<p>\(HTMLText.escape(UniqueIndexRows.advice))</p>")
    }
}
