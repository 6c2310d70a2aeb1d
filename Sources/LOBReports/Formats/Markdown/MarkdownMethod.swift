import LOBAdvice

/// How it was measured, by whom, and with which policy.
enum MarkdownMethod {
    /// The section.
    static func section(_ report: Report) -> MarkdownSection {
        var table = MarkdownTable([("What", false), ("Value", false)])
        table.rows = MethodLines.lines(report).map { [$0.topic, MarkdownText.escape($0.text)] }
        let words = MethodLines.coverages(report).map { "- \(MarkdownText.escape($0))\n" }
        let method = """
            ## How it was measured

            Only sizes were read, never contents: as the length in the header of a value where it is there, else as \
            the length of the value's text.

            \(words.joined())
            \(certificate(report.profile))
            \(carriedOver(report.profile))
            """
        let settings = """
            <details markdown="1"><summary>Server, role, time and policy</summary>

            \(table.text)
            </details>

            """
        return MarkdownSection(parts: [
            .init(text: method, importance: .method), .init(text: settings, importance: .settings),
        ])
    }

    /// Of which moments the figures are.
    private static func certificate(_ profile: Profile) -> String {
        CertificateText(profile).lines.map { "- **\($0.topic)**: \(MarkdownText.escape($0.text))\n" }.joined()
    }

    /// Tables whose sizes are older than the profile; nothing where there is none.
    private static func carriedOver(_ profile: Profile) -> String {
        let older = profile.tables.compactMap { table in table.measuredAt.map { (table.relation.name, $0) } }
        guard !older.isEmpty else { return "" }
        var table = MarkdownTable([("Table", false), ("Measured", false)])
        table.rows = older.map { [MarkdownText.escape($0.0.losslessText), TimeText.words($0.1)] }
        return """
            These tables were not measured again: their sizes are carried over from an earlier profile.

            \(table.text)

            """
    }
}
