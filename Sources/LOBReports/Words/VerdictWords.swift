import LOBAdvice

/// Whether the proposed tasks can be run, and what speaks against it.
enum VerdictWords {
    /// The verdict with its reasons and the first thing to do.
    static func verdict(_ report: Report) -> PageVerdict {
        PageVerdict(
            state: report.recommendation.verdict, why: PageText(reason(report)), first: first(report))
    }

    /// What the verdict rests on, after its name.
    static func reason(_ report: Report) -> String {
        var reasons: [String] = []
        let findings = report.findings
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

    /// What has to be done before all else: what keeps something from being measured, or the worst finding.
    private static func first(_ report: Report) -> PageText? {
        guard report.recommendation.verdict != .ready else { return nil }
        let groups = FindingGroup.all(report.findings).filter { $0.first.acceptance == nil }
        let errors = groups.filter { $0.first.severity == .error }
        if !Grants(report.profile).statements.isEmpty {
            let then = errors.isEmpty ? "" : "; then mend the errors"
            return "run the GRANT statements below and measure what is missing\(then)"
        }
        if let group = errors.first { return group.firstStep }
        if !report.profile.isComplete { return "see what was not measured, and why" }
        // A limit that cuts is a warning only where people accepted the cut: there nothing has to be done first.
        let isAcceptedCut = { (id: String) in id.utf8.elementsEqual(LintID.limitTooSmall.rawValue.utf8) }
        guard
            let group = groups.first(where: { $0.first.severity == .warning && !isAcceptedCut($0.first.id) })
        else { return nil }
        return group.firstStep
    }
}
