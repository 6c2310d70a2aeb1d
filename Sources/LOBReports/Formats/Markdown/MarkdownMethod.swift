import LOBProfile

/// How it was measured, by whom, and with which policy.
enum MarkdownMethod {
    /// The section.
    static func section(_ report: Report) -> String {
        var table = MarkdownTable([("What", false), ("Value", false)])
        table.rows = MethodLines.lines(report).map { [$0.topic, MarkdownText.escape($0.text)] }
        let words = MethodLines.coverages(report).map { "- \(MarkdownText.escape($0))\n" }
        return """
            ## How it was measured

            Only sizes were read, never contents: as the length in the header of a value where it is there, else as \
            the length of the value's text.

            \(words.joined())
            <details><summary>Server, role, time and policy</summary>

            \(table.text)
            </details>

            """
    }
}
