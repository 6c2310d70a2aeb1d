/// The findings that a policy file accepts: the one place where reports and lint put their findings together.
struct Acceptances {
    private let entries: [AcceptedFinding]
    /// Those in force, by the id of the finding.
    private let inForce: [String: [AcceptedFinding]]
    private let subjects: FindingSubjects
    /// In seconds since 1970: there is no clock here, as the same profile gives the same report.
    private let moment: Int64

    /// Takes the entries of a policy, as of the time of a profile: that which decides about waivers too.
    init(_ policy: Policy, of profile: Profile) {
        entries = policy.accepted
        moment = profile.startedAt
        inForce = Dictionary(
            grouping: policy.accepted.filter { $0.holds(at: profile.startedAt) }, by: \.id)
        // Names are looked up only where an entry asks for some.
        let hasPatterns = policy.accepted.contains { $0.pattern != nil }
        subjects = FindingSubjects(hasPatterns ? profile.tables.map(\.relation) : [])
    }

    /// What to do about an entry of a policy file whose day has passed.
    static func renewal(_ until: CalendarDay) -> String {
        "decide again and move \"until: \(until.text)\" in the policy file, or remove the entry"
    }

    /// Each finding once, errors first, with the entry that accepts it.
    func applied(to found: [Finding]) -> [Finding] {
        Preflight.sorted(Array(Set(inForce.isEmpty ? found : found.map(withAcceptance))))
    }

    /// ``applied(to:)`` for everything that a report says, with what is to be said of the entries themselves.
    func report(on found: [Finding]) -> [Finding] {
        let known = applied(to: found)
        let own = entries.flatMap { entry in
            let count = known.count { accepts(entry, $0) }
            return entry.holds(at: moment) ? Self.unused(entry, count) : Self.expired(entry, count)
        }
        return own.isEmpty ? known : applied(to: known + own)
    }

    private func withAcceptance(_ finding: Finding) -> Finding {
        finding.accepted(by: inForce[finding.id]?.last { accepts($0, finding) })
    }

    private func accepts(_ entry: AcceptedFinding, _ finding: Finding) -> Bool {
        guard entry.id == finding.id else { return false }
        return entry.pattern.map { subjects.isMatched(finding.subject, by: $0) } ?? true
    }

    /// What counts again is a warning; what is not there any more is only to be tidied up.
    private static func expired(_ entry: AcceptedFinding, _ count: Int) -> [Finding] {
        guard let until = entry.until else { return [] }
        let effect =
            switch count {
            case 0: "no finding of this report matches it"
            case 1: "1 finding counts again"
            default: "\(count) findings count again"
            }
        return [
            FindingID.acceptanceExpired.finding(
                count > 0 ? .warning : .info, entry.words,
                "\"\(entry.words)\" was accepted by \(entry.by) until \(until.text), and that day has passed: \(effect)",
                remedy: count > 0
                    ? Self.renewal(until)
                    : "remove the entry from the policy file")
        ]
    }

    /// Only of ids that a report has by itself: what only deployed files can have is for lint.
    private static func unused(_ entry: AcceptedFinding, _ count: Int) -> [Finding] {
        let isOfReport =
            FindingID(rawValue: entry.id) != nil || SlotID(rawValue: entry.id) != nil
            || TargetID(rawValue: entry.id) != nil
        guard count == 0, isOfReport else { return [] }
        return [
            FindingID.acceptanceUnused.finding(
                .info, entry.words,
                "the policy file accepts \"\(entry.words)\", and no finding of this report matches it",
                remedy: "check id and pattern, or remove the entry from the policy file")
        ]
    }
}

extension AcceptedFinding {
    /// `lob-without-key`, or `lob-without-key of public.*`.
    fileprivate var words: String {
        id + (pattern.map { " of \($0.source.losslessText)" } ?? "")
    }
}
