public import LOBProfile

/// Which snapshots may go: per database, the old ones beyond the newest complete ones.
public struct Retention: Sendable {
    /// How many complete snapshots of each database stay, at least 1.
    public let keep: Int
    /// Seconds since 1970: what was measured from then on stays; nil where age does not matter.
    public let measuredBefore: Int64?

    /// A snapshot that is known to be whole.
    public struct Candidate: Sendable {
        /// Where it is.
        public let path: String
        /// The SHA-256 of its JSON, in hexadecimal.
        public let digest: String
        let series: Series
        let startedAt: Int64
        let isComplete: Bool

        /// Creates a candidate; does not hold on to the profile.
        public init(path: String, snapshot: Snapshot) {
            self.path = path
            digest = snapshot.digest
            series = Series(snapshot.profile)
            startedAt = snapshot.profile.startedAt
            isComplete = snapshot.profile.isComplete
        }
    }

    /// Snapshots of which a later one stands for an earlier one: of one database in one scope.
    public struct Series: Hashable, Sendable {
        let database: Identifier
        let systemIdentifier: String?
        let scope: [[NamePattern]]
        let sources: Set<Source>

        struct Source: Hashable, Sendable {
            let database: Identifier
            let systemIdentifier: String?
        }

        /// The series of a profile.
        public init(_ profile: Profile) {
            database = profile.database
            systemIdentifier = profile.server.systemIdentifier
            scope = profile.scope.map { [$0.schemas, $0.tables, $0.excludedTables] } ?? []
            sources = Set(
                (profile.sources ?? []).map {
                    Source(database: $0.database, systemIdentifier: $0.systemIdentifier)
                })
        }
    }

    /// Creates a rule.
    public init(keep: Int, measuredBefore: Int64?) {
        self.keep = max(keep, 1)
        self.measuredBefore = measuredBefore
    }

    /// Those that may go, in the order of the candidates.
    ///
    /// A partial profile never counts as one that is kept: it does not stand for an older, complete one. Copies of one
    /// snapshot count once.
    public func expendable(_ candidates: [Candidate]) -> [Candidate] {
        var expendable: Set<String> = []
        for series in Dictionary(grouping: candidates, by: \.series).values {
            var complete: Set<String> = []
            for candidate in series.sorted(by: Self.isNewer) {
                let isOld = measuredBefore.map { candidate.startedAt < $0 } ?? true
                if isOld, complete.count >= keep, !complete.contains(candidate.digest) {
                    expendable.insert(candidate.path)
                } else if candidate.isComplete {
                    complete.insert(candidate.digest)
                }
            }
        }
        return candidates.filter { expendable.contains($0.path) }
    }

    private static func isNewer(_ left: Candidate, _ right: Candidate) -> Bool {
        if left.startedAt != right.startedAt { return left.startedAt > right.startedAt }
        if left.digest != right.digest { return left.digest > right.digest }
        return left.path < right.path
    }
}
