import LOBAdvice

/// An element of `findings`, the same in every JSON that lobscope writes.
enum JSONFinding {
    /// The finding.
    static func json(_ finding: Finding) -> JSONValue {
        .members([
            "id": .text(finding.id),
            "severity": .text(finding.severity.rawValue),
            "subject": .text(finding.subject),
            "message": .text(finding.message),
            "remedy": .text(finding.remedy),
            "reference": JSONText.text(finding.reference),
        ])
    }
}
