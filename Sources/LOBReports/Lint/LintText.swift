import LOBAdvice

/// A lint report for a terminal.
struct LintText {
    let report: LintReport
    let detail: LintDetail
    let width: Int
    let isColored: Bool

    /// How many findings of one kind are shown unless all are asked for.
    private static let shownOfEach = 3

    /// The text.
    var bytes: [UInt8] {
        let blocks = [title, treatments, findings].filter { !$0.isEmpty }
        let lines = blocks.joined(separator: [""])
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    private var style: TerminalStyle { TerminalStyle(isColored: isColored) }

    private var title: [String] {
        let review = report.review
        let against =
            "\(report.profile.database.losslessText) of \(TimeText.words(report.profile.startedAt))"
        return TextWrap.lines(
            "\(review.verdict.rawValue): \(FindingLines.counts(review.findings)) against the profile of \(against)",
            width: width)
    }

    private var treatments: [String] {
        guard detail.hasTreatments else { return [] }
        let hasTasks = report.review.treatments.contains { $0.task != nil }
        let leavesOut = report.review.treatments.contains { !$0.removed.isEmpty }
        var table = TextTable(
            (hasTasks ? [.init(title: "Task")] : []) + [
                .init(title: "Table", isElastic: true), .init(title: "Rule"), .init(title: "Decided by"),
                .init(title: "Risk", isNumeric: true), .init(title: "Selected by", isElastic: true),
            ] + (leavesOut ? [.init(title: "Left out", isElastic: true)] : []))
        for treatment in report.review.treatments {
            table.add(
                (hasTasks ? [treatment.task ?? ""] : []) + [
                    treatment.relation.losslessText, RuleText.words(treatment.lobs),
                    RuleText.origin(treatment.lobs),
                    RiskText.figure(treatment.risk),
                    treatment.selectedBy.joined(separator: ", ") + (treatment.isFiltered ? ", filtered" : ""),
                ] + (leavesOut ? [treatment.removed.map(\.losslessText).joined(separator: ", ")] : []))
        }
        return table.lines(width: width, style: style)
    }

    /// Findings of one kind stand together, the gravest kinds first, and what was accepted behind all others.
    private var findings: [String] {
        let lines = FindingLines(width: width, style: style)
        var kinds: [String] = []
        var byKind: [String: [Finding]] = [:]
        let found = report.review.findings
        for finding in found.filter({ $0.acceptance == nil }) + found.filter({ $0.acceptance != nil }) {
            let state = finding.acceptance == nil ? "" : " accepted"
            let kind = "\(finding.severity.rawValue) \(finding.id)\(state)"
            if byKind[kind] == nil { kinds.append(kind) }
            byKind[kind, default: []].append(finding)
        }
        return kinds.flatMap { kind -> [String] in
            let all = byKind[kind] ?? []
            let shown = detail.hasEveryFinding ? all : Array(all.prefix(Self.shownOfEach))
            let more = all.count - shown.count
            return lines.lines(shown)
                + (more > 0
                    ? TextWrap.lines("  and \(more) more [\(all[0].id)]: -v shows them", width: width) : [])
        }
    }
}
