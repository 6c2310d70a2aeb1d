/// What changed between two profiles of a database, table by table.
public struct Comparison: Sendable, Equatable {
    public let old: Side
    public let new: Side
    /// Every table of either side, in the order of names.
    public let tables: [TableChange]

    /// One of the two profiles.
    public struct Side: Sendable, Equatable {
        public let database: Identifier
        /// When measuring began, in seconds since 1970 (UTC).
        public let startedAt: Int64
        public let isComplete: Bool
    }

    /// Compares two profiles, each with the recommendation by its own policy.
    public init(old: Profile, new: Profile) {
        self.old = Side(old)
        self.new = Side(new)
        let before = Recommender(old).recommend().tables
        let after = Recommender(new).recommend().tables
        let judge = ChangeJudge(old: old, new: new)
        let names = Set(before.map(\.name)).union(after.map(\.name)).sorted()
        let oldByName = Dictionary(before.map { ($0.name, $0) }) { first, _ in first }
        let newByName = Dictionary(after.map { ($0.name, $0) }) { first, _ in first }
        tables = names.map { judge.change(of: $0, from: oldByName[$0], to: newByName[$0]) }
    }

    /// Whether a size, a risk or a rule got worse; other times, seeds or more rows alone are not worse.
    public var isWorse: Bool { tables.contains { !$0.worsenings.isEmpty } }

    /// The tables that differ in anything but rows.
    public var changedTables: [TableChange] { tables.filter(\.isChanged) }
}

extension Comparison.Side {
    fileprivate init(_ profile: Profile) {
        self.init(database: profile.database, startedAt: profile.startedAt, isComplete: profile.isComplete)
    }
}
