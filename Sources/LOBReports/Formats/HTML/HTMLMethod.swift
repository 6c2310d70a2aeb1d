import LOBAdvice

/// How it was measured, in report.html.
enum HTMLMethod {
    /// The section.
    static func section(_ report: Report) -> String {
        let words = MethodLines.coverages(report).map { "<li>\(HTMLText.escape($0))</li>\n" }
        return HTMLMarkup.section(
            "method", "How it was measured",
            """
            <p>Only sizes were read, never contents: as the length in the header of a value where it is there, else as \
            the length of the value's text.</p>
            <ul>
            \(words.joined())</ul>
            \(HTMLMarkup.definitions(CertificateText(report.profile).lines))
            \(carriedOver(report.profile))
            \(HTMLMarkup.definitions(MethodLines.lines(report)))
            """)
    }

    /// Tables whose sizes are older than the profile; nothing where there is none.
    private static func carriedOver(_ profile: Profile) -> String {
        let older = profile.tables.compactMap { table in table.measuredAt.map { (table.relation.name, $0) } }
        guard !older.isEmpty else { return "" }
        return HTMLMarkup.table(
            "Not measured again: sizes that are carried over from an earlier profile",
            [("Table", false), ("Measured", false)],
            older.map { [HTMLText.escape($0.0.losslessText), TimeText.words($0.1)] })
    }
}
