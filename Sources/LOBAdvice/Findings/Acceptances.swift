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

    /// Each finding once, errors first, with the entry that accepts it.
    func applied(to found: [Finding]) -> [Finding] {
        Preflight.sorted(Preflight.unique(inForce.isEmpty ? found : found.map(withAcceptance)))
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
        return [
            FindingID.acceptanceExpired.finding(
                count > 0 ? .warning : .info, entry.words,
                .policy(.acceptanceExpired(by: entry.by, until: until, findings: count)))
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
                .info, entry.words, .policy(.acceptanceUnused))
        ]
    }
}

extension AcceptedFinding {
    /// `lob-without-key`, or `lob-without-key of public.*`.
    fileprivate var words: String {
        id + (pattern.map { " of \($0.source.losslessText)" } ?? "")
    }
}
