import LOBAdvice

/// What the reader must know, with what to do about it.
enum MarkdownFindings {
    /// The section.
    static func section(_ report: Report) -> MarkdownSection {
        let findings = report.recommendation.findings
        guard !findings.isEmpty else { return MarkdownSection(.findings, ["## Findings\n\nNone.\n"]) }
        return MarkdownSection(.findings, ["## Findings\n\n"] + findings.map(item))
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
