import LOBAdvice

/// Whether the proposed tasks can be run, and what speaks against it.
enum VerdictWords {
    /// What the verdict rests on, after its name.
    static func reason(_ report: Report) -> String {
        var reasons: [String] = []
        let findings = report.recommendation.findings
        for severity in [Finding.Severity.error, .warning] {
            let count = findings.count { $0.severity == severity && $0.acceptance == nil }
            if count > 0 { reasons.append(NumberText.counted(count, severity.rawValue)) }
        }
        let unmeasured = report.profile.unmeasured.count
        if unmeasured > 0 { reasons.append("\(NumberText.grouped(unmeasured)) not measured") }
        if reasons.isEmpty, report.recommendation.verdict != .ready {
            reasons.append("a rule rests on an estimate")
        }
        let accepted = findings.count { $0.severity > .info && $0.acceptance != nil }
        guard !reasons.isEmpty else {
            return "nothing speaks against these files"
                + (accepted > 0 ? ", apart from \(NumberText.counted(accepted, "accepted finding"))" : "")
        }
        if accepted > 0 { reasons.append("\(NumberText.grouped(accepted)) accepted") }
        return reasons.joined(separator: ", ")
    }
}

/// Findings of one kind, summed up; what a person accepted is a kind of its own.
struct FindingGroup {
    /// The first of them, which is the worst or the first by name.
    let first: Finding
    let count: Int
    private let subjects: [String]
    private let side: Finding.Fix.Side?

    /// Subjects that are named.
    private static let named = 3

    /// What findings of one group have in common.
    private struct Kind: Hashable {
        let severity: Finding.Severity
        let id: String
        let acceptance: AcceptedFinding?
    }

    /// The groups of a report, in the order of its findings, with those that were accepted at the end; infos are left out.
    static func all(_ report: Report) -> [FindingGroup] {
        var (order, groups): ([Kind], [Kind: [Finding]]) = ([], [:])
        for finding in report.recommendation.findings where finding.severity > .info {
            let kind = Kind(severity: finding.severity, id: finding.id, acceptance: finding.acceptance)
            if groups[kind] == nil { order.append(kind) }
            groups[kind, default: []].append(finding)
        }
        let sorted = order.filter { $0.acceptance == nil } + order.filter { $0.acceptance != nil }
        return sorted.compactMap { groups[$0].flatMap(FindingGroup.init) }
    }

    private init?(_ findings: [Finding]) {
        guard let first = findings.first else { return nil }
        self.first = first
        count = findings.count
        subjects = findings.prefix(Self.named).map(\.subject)
        // Only where all of them are in the same file.
        side = Set(findings.map(\.fix?.side)).count == 1 ? first.fix?.side : nil
    }

    /// What is said of more than one: how many there are, which, and who accepted them.
    var sentence: String {
        let rest = count - subjects.count
        let others = rest > 0 ? " and \(NumberText.grouped(rest)) more" : ""
        let acceptance = first.acceptance.map { "; \(AcceptanceWords.sentence($0))" } ?? ""
        return "\(NumberText.grouped(count)) times: \(subjects.joined(separator: ", "))\(others)\(acceptance)"
    }

    /// What to do.
    var hint: String {
        guard count > 1 else { return first.remedy }
        return side.map { "\(FixScript.fileName($0)) in the report folder mends them, block by block" }
            ?? "for example: \(first.remedy)"
    }
}
