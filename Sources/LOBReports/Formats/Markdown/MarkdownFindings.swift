import LOBAdvice

/// What the reader must know, with what to do about it.
enum MarkdownFindings {
    /// The section.
    static func section(_ report: Report) -> MarkdownSection {
        let entries = FindingList(report).entries
        guard !entries.isEmpty else { return MarkdownSection(.findings, ["## Findings\n\nNone.\n"]) }
        let items = entries.map { entry in
            switch entry {
            case .finding(let finding): item(finding)
            case .more(let count, let finding): rest(count, finding)
            }
        }
        return MarkdownSection(.findings, ["## Findings\n\n"] + items)
    }

    private static func rest(_ count: Int, _ finding: Finding) -> String {
        let omission = FindingList.omission(count, in: .markdown)
        return "- **\(finding.severity.rawValue)** `\(finding.id)` \(omission.text) `\(omission.command)`\n"
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
