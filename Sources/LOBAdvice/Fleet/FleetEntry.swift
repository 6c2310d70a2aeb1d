/// One database of a roll-up: what became of its profile, and the figures that are kept of it.
///
/// It holds on to no profile, so that thousands of them fit in memory.
public struct FleetEntry: Sendable, Equatable {
    /// What it is called in the roll-up.
    public let name: String
    /// What the reader sorts by elsewhere, such as a team, in the order of names.
    public let labels: [Label]
    public let outcome: Outcome
    /// nil where nothing was measured.
    public let figures: FleetFigures?

    /// A label with its value.
    public struct Label: Sendable, Hashable {
        public let name: String
        public let value: String

        /// Names that a roll-up gives to labels of its own.
        public static let reserved = ["database", "name", "provenance"]

        /// Creates a label.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What became of a profile.
    public enum Outcome: Sendable, Equatable {
        /// Everything that was planned was measured.
        case complete
        /// Something was not; the reason is nil where only the profile tells it.
        case partial(Reason?)
        /// There is no profile.
        case failed(Reason)
    }

    /// Why a profile ended early, or there is none.
    public struct Reason: Sendable, Equatable {
        public let message: String
        /// What to do about it, where that is known.
        public let hint: String?

        /// Creates a reason.
        public init(_ message: String, hint: String? = nil) {
            self.message = message
            self.hint = hint
        }
    }

    /// Creates an entry.
    public init(name: String, labels: [Label] = [], outcome: Outcome, figures: FleetFigures?) {
        self.name = name
        self.labels = labels.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        self.outcome = outcome
        self.figures = figures
    }

    /// The entry of a profile.
    ///
    /// - Parameter reason: why it ended early, where more is known than what it does not hold.
    public init(name: String, labels: [Label] = [], _ profile: Profile, reason: Reason? = nil) {
        self.init(
            name: name, labels: labels,
            outcome: profile.isComplete && reason == nil ? .complete : .partial(reason),
            figures: FleetFigures(profile))
    }

    /// The same entry with another name.
    func renamed(_ name: String) -> FleetEntry {
        FleetEntry(name: name, labels: labels, outcome: outcome, figures: figures)
    }

    /// The reason of an outcome, where there is one.
    public var reason: Reason? {
        switch outcome {
        case .complete: nil
        case .partial(let reason): reason
        case .failed(let reason): reason
        }
    }
}

/// What a roll-up tells of one profile: nothing here is computed in another way than in its own report.
public struct FleetFigures: Sendable, Equatable {
    public let database: Identifier
    /// The cluster's system identifier, where the role might read it.
    public let systemIdentifier: String?
    /// When measuring began, in seconds since 1970 (UTC).
    public let measuredAt: Int64
    public let verdict: Verdict
    public let largest: LargestValue
    public let rules: RuleCounts
    public let findings: FindingCounts
    /// What limited LOBs take in memory while the tasks load; nil without a limited table.
    public let memory: ByteCount?
    /// `LobMaxSize` of the task with all tables; nil in full LOB mode, and where there is nothing to migrate.
    public let lobMaxSize: Kibibytes?
    /// When the first limit of a rule is used up at the expected growth, in seconds since 1970; nil where no rate is known.
    public let exhaustedAt: Int64?
    /// Tables in scope.
    public let tables: Int
    /// What was planned and not measured, as the verdict counts it.
    public let unmeasured: Int
    /// Columns that were not measured, or not in full; nil in profiles of versions that did not count them.
    public let unmeasuredColumns: Int?

    /// Computes the figures of a profile.
    public init(_ profile: Profile) {
        let recommender = Recommender(profile)
        let recommendation = recommender.recommend()
        let tables = recommendation.lobTable
        database = profile.database
        systemIdentifier = profile.server.systemIdentifier
        measuredAt = profile.startedAt
        verdict = recommendation.verdict
        largest = LargestValue(tables)
        rules = RuleCounts(tables)
        findings = FindingCounts(recommendation.findings)
        memory = recommendation.review.memory
        lobMaxSize = recommendation.lobMaxSize
        exhaustedAt = tables.filter { $0.mode == .limited && $0.isSelected }
            .compactMap { recommender.soonestOutlook(of: $0)?.lifetime?.expected }.min()
        self.tables = profile.tables.count
        unmeasured = profile.unmeasured.count
        unmeasuredColumns = Account(profile).map {
            $0.notMeasured.count + $0.measuredInPart + $0.unexplained
        }
    }
}
