/// What logs say of cut columns, beside what a profile and deployed files say of them.
public struct TruncationEvidence: Sendable {
    /// Every cut of a column of the profile, and of other columns those that were cut most, in the order of places.
    public private(set) var outcomes: [TruncationOutcome] = []
    /// Cuts of columns that the profile does not have, beyond those that are listed.
    public private(set) var unlisted = Unlisted()
    /// Values that were cut in all.
    public private(set) var values = 0
    /// Columns that were cut in all.
    public private(set) var columns = 0

    let profile: Profile
    let recommended: [RelationName: TableRecommendation]
    let catalog: TruncationCatalog
    let tasks: TasksInForce?

    /// Whether the files of tasks were given.
    public var hasTasks: Bool { tasks != nil }

    /// What is counted but not listed.
    public struct Unlisted: Sendable, Equatable {
        public internal(set) var columns = 0
        public internal(set) var values = 0
    }

    /// The most columns that a profile does not have that are listed one by one: a log, or what imitates one, may name as many
    /// as it has lines.
    public static let mostUnknown = 1000

    /// Joins a summary with a profile and its recommendation.
    ///
    /// - Parameter tasks: the tasks that the log is of; nil where they are not known.
    public init(
        _ summary: TruncationSummary, against profile: Profile, recommending tables: [TableRecommendation],
        under tasks: TasksInForce? = nil
    ) {
        self.profile = profile
        self.tasks = tasks
        recommended = Dictionary(tables.map { ($0.name, $0) }) { first, _ in first }
        catalog = TruncationCatalog(profile.tables.map(\.relation), under: tasks)
        columns = Set(summary.cuts.lazy.map(\.place)).count
        var strangers: [(TruncationSummary.Truncation, TruncationMatch)] = []
        for truncation in summary.cuts {
            values += truncation.count
            let match = catalog.match(truncation.place)
            guard match.relation == nil else {
                outcomes.append(TruncationOutcome(truncation, match, self))
                continue
            }
            strangers.append((truncation, match))
            if strangers.count > 4 * Self.mostUnknown { dropRarest(of: &strangers) }
        }
        dropRarest(of: &strangers)
        outcomes += strangers.map { TruncationOutcome($0, $1, self) }
        outcomes.sort { $0.truncation < $1.truncation }
    }

    private mutating func dropRarest(of strangers: inout [(TruncationSummary.Truncation, TruncationMatch)]) {
        guard strangers.count > Self.mostUnknown else { return }
        strangers.sort { ($1.0.count, $0.0) < ($0.0.count, $1.0) }
        let rest = strangers[Self.mostUnknown...]
        unlisted.columns += rest.count
        unlisted.values += rest.reduce(0) { $0 + $1.0.count }
        strangers.removeSubrange(Self.mostUnknown...)
    }
}
