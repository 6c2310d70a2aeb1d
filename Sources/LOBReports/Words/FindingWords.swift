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
        guard count > 1 else { return StatementText.text(first.remedy) }
        return file.map { "\(code: $0) in the report folder mends them, block by block" }
            ?? "for example: \(StatementText.text(first.remedy))"
    }

    /// The file with statements that mend all of them; nil where there is none.
    private var file: String? {
        let sides = Set(findings.map(\.fix?.side))
        return sides.count == 1 ? first.fix.map { FixScript.fileName($0.side) } : nil
    }

    /// The subjects, what is said of them in a few words, and the file that mends them.
    private var short: PageText {
        let meaning = FindingRegistry.meaning(of: first.id).map { ": \($0)" } ?? ""
        return "\(subjects)\(meaning)\(file.map { " (\($0))" } ?? "")\(acceptance)"
    }

    /// The first thing to do about them, without what is to be known beside it.
    var firstStep: PageText {
        var step = ""
        for clause in first.remedy.split(separator: "; ").map(String.init) {
            guard step.isEmpty || step.utf8.count + clause.utf8.count < Self.longestStep else { break }
            step += step.isEmpty ? clause : "; \(clause)"
        }
        // What stands before an example is enough where a file has the statement.
        let plain = step.split(separator: ", for example").first.map(String.init) ?? step
        let told = file.map { PageText("\(plain) (\($0))" as String) } ?? StatementText.text(step)
        return "\(subjects): \(told)"
    }

    /// Bytes of a step that is made of several clauses.
    private static let longestStep = 100

    /// The first ones, and how many more there are.
    private var subjects: PageText {
        var text: PageText = ""
        for (index, finding) in findings.prefix(Self.named).enumerated() {
            text = "\(text)\(index == 0 ? "" : ", ")\(code: finding.subject)"
        }
        let rest = count - Self.named
        return rest > 0 ? "\(text) and \(NumberText.grouped(rest)) more" : text
    }

    /// For a page.
    ///
    /// - Parameters:
    ///   - most: how many of several are listed.
    ///   - more: what is said of the others.
    func finding(listing most: Int, more: (Int) -> PageText = FindingWords.omission) -> PageFinding {
        let listed = count == 1 ? [] : findings.prefix(most)
        return PageFinding(
            severity: first.severity, id: first.id, count: count, isAccepted: first.acceptance != nil,
            short: short, text: "\(text)\(acceptance)", remedy: remedy,
            details: listed.map {
                .init(
                    text: "\(FindingWords.sentence($0))\(acceptance)", remedy: StatementText.text($0.remedy))
            },
            more: count == 1 || listed.count == count ? nil : more(count - listed.count))
    }

    /// Who accepted them; nothing where nobody did.
    private var acceptance: String { first.acceptance.map { "; \(AcceptanceWords.sentence($0))" } ?? "" }

    /// The message of the only one; of several how many there are, and which.
    private var text: PageText {
        count > 1 ? "\(NumberText.grouped(count)) times: \(subjects)" : FindingWords.sentence(first)
    }
}

/// Findings in words.
enum FindingWords {
    /// The message, after its subject where it does not begin with that, and where it comes from.
    static func sentence(_ finding: Finding) -> PageText {
        let reference = finding.reference.map { " (\($0))" } ?? ""
        let (message, subject) = (Array(finding.message.utf8), finding.subject)
        if message.starts(with: "\"\(subject)\"".utf8) {
            let rest = String(decoding: message.dropFirst(subject.utf8.count + 1), as: UTF8.self)
            return "\"\(code: subject)\(rest)\(reference)"
        }
        guard message.starts(with: "\(subject) ".utf8) else {
            return "\(code: subject): \(finding.message)\(reference)"
        }
        let rest = String(decoding: message.dropFirst(subject.utf8.count), as: UTF8.self)
        return "\(code: subject)\(rest)\(reference)"
    }

    /// What is said of findings that are not listed.
    static func omission(_ count: Int) -> PageText {
        "\(NumberText.grouped(count)) more like these are in \(code: "report.json"); \(code: "lobscope render SNAPSHOT --full") with this format shows them here"
    }

    /// How many there are of each severity, such as `2 errors, 1 warning`, apart from those that were accepted.
    static func counts(_ findings: FindingCounts) -> String {
        var counts = Finding.Severity.allCases.reversed().compactMap { severity -> String? in
            let count = findings[severity]
            return count > 0 ? NumberText.counted(count, severity.rawValue) : nil
        }
        if findings.accepted > 0 { counts.append("\(NumberText.grouped(findings.accepted)) accepted") }
        return counts.isEmpty ? "no findings" : counts.joined(separator: ", ")
    }
}
