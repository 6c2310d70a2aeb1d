import LOBProfile

/// What was planned and not measured.
enum MarkdownUnmeasured {
    /// The section.
    static func section(_ report: Report) -> MarkdownSection {
        MarkdownSection(.unmeasured, [text(report)])
    }

    private static func text(_ report: Report) -> String {
        let entries = report.profile.unmeasured
        guard !entries.isEmpty else { return "## Not measured\n\nNothing: the profile is complete.\n" }
        var table = MarkdownTable([("What", false), ("Why", false), ("What to do", false)])
        table.rows = entries.map { [$0.subject, $0.explanation, $0.remedy].map(MarkdownText.escape) }
        return """
            ## Not measured

            The sizes of these are not known. Nothing here is zero or empty because it is listed.

            \(table.text)
            """
    }
}
