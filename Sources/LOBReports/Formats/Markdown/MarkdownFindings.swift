import LOBProfile

/// What the reader must know, with what to do about it.
enum MarkdownFindings {
    /// The section.
    static func section(_ report: Report) -> String {
        let findings = report.recommendation.findings
        guard !findings.isEmpty else { return "## Findings\n\nNone.\n" }
        return "## Findings\n\n" + findings.map(item).joined()
    }

    private static func item(_ finding: Finding) -> String {
        let reference = finding.reference.map { " (\(MarkdownText.escape($0)))" } ?? ""
        return """
            - **\(finding.severity.rawValue)** `\(finding.id)` \(MarkdownText.escape(finding.subject)): \
            \(MarkdownText.escape(finding.message))\(reference)
              - remedy: \(MarkdownText.escape(finding.remedy))

            """
    }
}
