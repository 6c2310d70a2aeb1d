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
            "fix": finding.fix.map(fix) ?? .null,
        ])
    }

    private static func fix(_ fix: Finding.Fix) -> JSONValue {
        .members([
            "side": .text(fix.side.rawValue),
            "statements": .array(fix.statements.map { .text($0) }),
            "warning": JSONText.text(fix.warning),
        ])
    }
}
