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
            \(HTMLMarkup.definitions(MethodLines.lines(report)))
            """)
    }
}
