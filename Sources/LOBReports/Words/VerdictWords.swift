import LOBAdvice

/// Whether the proposed tasks can be run, and what speaks against it.
enum VerdictWords {
    /// What the verdict rests on, after its name.
    static func reason(_ report: Report) -> String {
        var reasons: [String] = []
        let findings = report.recommendation.findings
        for severity in [Finding.Severity.error, .warning] {
            let count = findings.count { $0.severity == severity }
            if count > 0 { reasons.append(NumberText.counted(count, severity.rawValue)) }
        }
        let unmeasured = report.profile.unmeasured.count
        if unmeasured > 0 { reasons.append("\(NumberText.grouped(unmeasured)) not measured") }
        if reasons.isEmpty, report.recommendation.verdict != .ready {
            reasons.append("a rule rests on an estimate")
        }
        return reasons.isEmpty ? "nothing speaks against these files" : reasons.joined(separator: ", ")
    }
}

/// Findings of one kind, summed up.
struct FindingGroup {
    /// The first of them, which is the worst or the first by name.
    let first: Finding
    let count: Int
    private let subjects: [String]
    private let side: Finding.Fix.Side?

    /// Subjects that are named.
    private static let named = 3

    /// The groups of a report, in the order of its findings; infos are left out.
    static func all(_ report: Report) -> [FindingGroup] {
        var (order, groups): ([String], [String: [Finding]]) = ([], [:])
        for finding in report.recommendation.findings where finding.severity > .info {
            let key = "\(finding.severity.rawValue) \(finding.id)"
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(finding)
        }
        return order.compactMap { groups[$0].flatMap(FindingGroup.init) }
    }

    private init?(_ findings: [Finding]) {
        guard let first = findings.first else { return nil }
        self.first = first
        count = findings.count
        subjects = findings.prefix(Self.named).map(\.subject)
        // Only where all of them are in the same file.
        side = Set(findings.map(\.fix?.side)).count == 1 ? first.fix?.side : nil
    }

    /// What is said of more than one: how many there are, and which.
    var sentence: String {
        let rest = count - subjects.count
        let others = rest > 0 ? " and \(NumberText.grouped(rest)) more" : ""
        return "\(NumberText.grouped(count)) times: \(subjects.joined(separator: ", "))\(others)"
    }

    /// What to do.
    var hint: String {
        guard count > 1 else { return first.remedy }
        return side.map { "\(FixScript.fileName($0)) in the report folder mends them, block by block" }
            ?? "for example: \(first.remedy)"
    }
}
