/// What changed between two profiles, table by table.
public struct Comparison: Sendable, Equatable {
    public let old: Side
    public let new: Side
    public let question: Question
    /// Whether the sides are different databases, or the same name on different servers.
    public let isAcrossDatabases: Bool
    /// Every table of either side, in the order of names, but those out of the other's scope.
    public let tables: [TableChange]
    /// Tables of either side that the scope of the other leaves out, in the order of names.
    public let outOfScope: [OutOfScope]
    /// How the mapping rules of the tables in both scopes differ; empty after a load, where the target has no rules of
    /// its own.
    public let rules: [RuleChange]

    /// What the reader of a comparison wants to know.
    public enum Question: String, Sendable, CaseIterable {
        /// The same data at two times: did a size, a risk or a rule get worse?
        case later
        /// The source of a load and its target: did everything arrive whole?
        case load
    }

    /// One of the two profiles.
    public struct Side: Sendable, Equatable {
        public let database: Identifier
        /// When measuring began, in seconds since 1970 (UTC).
        public let startedAt: Int64
        public let isComplete: Bool
        /// The version of lobscope that measured.
        public let lobscopeVersion: String
    }

    /// The probability with which a difference is reported between samples of columns that are all alike.
    public static let level = 0.05

    /// Compares two profiles, each with the recommendation by its own policy.
    public init(old: Profile, new: Profile, question: Question = .later) {
        self.old = Side(old)
        self.new = Side(new)
        self.question = question
        let recommenders = (old: Recommender(old), new: Recommender(new))
        let (before, after) = (recommenders.old.tables(), recommenders.new.tables())
        isAcrossDatabases = !old.mayBeOfSameDatabase(as: new)
        let gaps = [
            OutOfScope.Side.old: ScopeGap(of: old, in: new, acrossSchemas: isAcrossDatabases),
            .new: ScopeGap(of: new, in: old, acrossSchemas: isAcrossDatabases),
        ]
        var compared: [TablePairing.Pair] = []
        var left: [OutOfScope] = []
        for pair in TablePairing.pairs(before, after, acrossSchemas: isAcrossDatabases) {
            if let side = pair.sideWithout, gaps[side]?.contains(pair.known.name) ?? false {
                left.append(OutOfScope(table: pair.known.name, leaves: pair.known.leaves, side: side))
            } else {
                compared.append(pair)
            }
        }
        outOfScope = left.sorted { $0.table < $1.table }
        let judge = ChangeJudge(old: old, new: new, by: recommenders)
        let changes = Self.judged(compared.map(question == .load ? LoadJudge.draft : judge.draft))
        tables = changes.sorted { $0.name < $1.name }
        rules =
            question == .later
            ? RuleChange.changes(
                from: recommenders.old.mapping(of: before), to: recommenders.new.mapping(of: after),
                without: Set(left.flatMap { $0.leaves + [$0.table] })
            )
            .filter(Self.isOfMeasurement(changes, before + after)) : []
    }

    /// With so many tests each is made at a smaller level (Bonferroni).
    private static func judged(_ drafts: [TableDraft]) -> [TableChange] {
        let tests = drafts.reduce(0) { $0 + $1.tests }
        return drafts.map { $0.judged(level: level / Double(max(tests, 1))) }
    }

    /// A rule that only another sample asks for, or that nothing was measured for, is no reason to change it.
    private static func isOfMeasurement(
        _ changes: [TableChange], _ tables: [TableRecommendation]
    ) -> (RuleChange) -> Bool {
        let resampled = Set(
            changes.filter { $0.isOtherSample || !$0.isCompared }.flatMap {
                [$0.name, $0.newName ?? $0.name]
            })
        let leaves = Set(tables.filter { resampled.contains($0.name) }.flatMap(\.leaves))
        return { $0.kind != .tableSettings || !leaves.contains($0.table) }
    }

    /// Whether something got worse: later a size, a risk or a rule, after a load anything that did not arrive.
    ///
    /// Other times, seeds or more rows alone are not worse: what rests on samples is tested, and with probability
    /// 1 - ``level`` nothing of unchanged tables is reported. That an old limit cuts a value that was read now is
    /// reported always, whether the value is new or was missed.
    public var isWorse: Bool { tables.contains { !$0.worsenings.isEmpty } }

    /// The tables that differ in anything, and those that were not compared.
    public var changedTables: [TableChange] { tables.filter(\.isChanged) }

    /// The tables of both profiles that one of them did not measure, so that nothing is said of their sizes.
    public var notCompared: [TableChange] { tables.filter { !$0.isCompared } }
}

extension TablePairing.Pair {
    /// The side that does not have the table; nil where both do.
    fileprivate var sideWithout: OutOfScope.Side? {
        switch self {
        case .both: nil
        case .gone: .new
        case .added: .old
        }
    }
}

extension Comparison.Side {
    fileprivate init(_ profile: Profile) {
        self.init(
            database: profile.database, startedAt: profile.startedAt, isComplete: profile.isComplete,
            lobscopeVersion: profile.lobscopeVersion)
    }
}
