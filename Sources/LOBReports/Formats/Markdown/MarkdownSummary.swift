import LOBAdvice

/// The head of report.md: a title and ten lines.
enum MarkdownSummary {
    /// The section.
    static func section(_ report: Report) -> MarkdownSection {
        let lines = SummaryLines.lines(report).map { "- **\($0.topic)**: \(MarkdownText.escape($0.text))\n" }
        let title = "# LOB report for \(MarkdownText.escape(report.profile.database.losslessText))\n\n"
        return MarkdownSection(.summary, [title] + lines)
    }
}
