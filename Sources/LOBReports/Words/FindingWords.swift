import LOBAdvice

/// Findings of one id and severity, summed up; what a person accepted is a group of its own.
struct FindingGroup {
    let findings: [Finding]

    /// Subjects that are named.
    private static let named = 3
    /// Findings of one id that are listed: with the same remedy for each, more of them tell nothing new.
    static let listed = 20

    /// The first of them, which is the worst or the first by name.
    var first: Finding { findings[0] }
    var count: Int { findings.count }

    /// What findings of one group have in common.
    private struct Kind: Hashable {
        let severity: Finding.Severity
        let id: String
        let acceptance: AcceptedFinding?
    }

    /// The groups of findings, in their order, with those that were accepted at the end.
    static func all(_ findings: [Finding]) -> [FindingGroup] {
        var (order, groups): ([Kind], [Kind: [Finding]]) = ([], [:])
        for finding in findings {
            let kind = Kind(severity: finding.severity, id: finding.id, acceptance: finding.acceptance)
            if groups[kind] == nil { order.append(kind) }
            groups[kind, default: []].append(finding)
        }
        let sorted = order.filter { $0.acceptance == nil } + order.filter { $0.acceptance != nil }
        return sorted.compactMap { groups[$0].map(FindingGroup.init) }
    }

    /// What to do; of several the file that mends them all, where they are all in it.
    var remedy: PageText {
        guard count > 1 else { return PageText(first.remedy) }
        let sides = Set(findings.map(\.fix?.side))
        guard sides.count == 1, let side = first.fix?.side else { return "for example: \(first.remedy)" }
        return "\(code: FixScript.fileName(side)) in the report folder mends them, block by block"
    }

    /// For a page.
    ///
    /// - Parameter isWhole: whether each of them is listed, however many there are.
    func finding(isWhole: Bool) -> PageFinding {
        let listed = count == 1 ? [] : findings.prefix(isWhole ? count : Self.listed)
        return PageFinding(
            severity: first.severity, id: first.id, count: count, isAccepted: first.acceptance != nil,
            text: "\(text)\(acceptance)", remedy: remedy,
            details: listed.map { .init(text: FindingWords.sentence($0), remedy: PageText($0.remedy)) },
            omitted: count == 1 ? 0 : count - listed.count)
    }

    /// Who accepted them; nothing where nobody did.
    private var acceptance: String { first.acceptance.map { "; \(AcceptanceWords.sentence($0))" } ?? "" }

    /// The message of the only one; of several how many there are, and which.
    private var text: PageText {
        guard count > 1 else { return FindingWords.sentence(first) }
        var text: PageText = "\(NumberText.grouped(count)) times: "
        for (index, finding) in findings.prefix(Self.named).enumerated() {
            text = "\(text)\(index == 0 ? "" : ", ")\(code: finding.subject)"
        }
        let rest = count - Self.named
        return rest > 0 ? "\(text) and \(NumberText.grouped(rest)) more" : text
    }
}

/// Findings in words.
enum FindingWords {
    /// The message, after its subject where it does not begin with that, and where it comes from.
    static func sentence(_ finding: Finding) -> PageText {
        let reference = finding.reference.map { " (\($0))" } ?? ""
        let message = Array(finding.message.utf8)
        let isNamed = ["\"\(finding.subject)\"", finding.subject + " "].contains {
            message.starts(with: $0.utf8)
        }
        return isNamed
            ? "\(finding.message)\(reference)" : "\(code: finding.subject): \(finding.message)\(reference)"
    }

    /// What stands for findings that are not listed.
    static func omission(_ count: Int, in format: ReportFormat) -> PageText {
        "\(NumberText.grouped(count)) more like these are in \(code: "report.json"); \(code: ReportTables.fullCommand(format)) shows them here"
    }
}
