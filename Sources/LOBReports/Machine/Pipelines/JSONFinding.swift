import LOBAdvice

/// An element of `findings`, the same in every JSON that lobscope writes.
enum JSONFinding {
    /// The finding; only one that somebody accepted has a member `accepted`.
    static func json(_ finding: Finding) -> JSONValue {
        let known: JSONValue = .members([
            "id": .text(finding.id),
            "severity": .text(finding.severity.rawValue),
            "subject": .text(finding.subject),
            "message": .text(finding.message),
            "remedy": .text(finding.remedy),
            "reference": JSONText.text(finding.reference),
            "fix": finding.fix.map(fix) ?? .null,
        ])
        guard let acceptance = finding.acceptance, case .object(let members) = known else { return known }
        return .object(members + [JSONMember(key: Array("accepted".utf8), value: accepted(acceptance))])
    }

    private static func accepted(_ acceptance: AcceptedFinding) -> JSONValue {
        .members([
            "by": .text(acceptance.by),
            "until": JSONText.text(acceptance.until?.text),
            "ticket": JSONText.text(acceptance.ticket),
            "reason": JSONText.text(acceptance.reason),
        ])
    }

    private static func fix(_ fix: Finding.Fix) -> JSONValue {
        .members([
            "side": .text(fix.side.rawValue),
            "statements": .array(fix.statements.map { .text($0) }),
            "warning": JSONText.text(fix.warning?.text),
        ])
    }
}
