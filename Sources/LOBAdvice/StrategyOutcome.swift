/// What a strategy would give for the tables of a profile.
public struct StrategyOutcome: Sendable, Equatable {
    public let strategy: Policy.Strategy
    /// Tables with LOBs that it limits, and that it leaves unlimited.
    public let limited: Int, unlimited: Int
    /// The largest limit of a rule; nil where no table is limited.
    public let largestLimit: Kibibytes?
    /// Values of unlimited tables: CDC looks each of them up when it changes.
    public let lookUps: Figure
    /// P(a value of any limited table is cut whose values must not be); nil where it is not known.
    public let risk: Double?

    /// The outcome of tables that were recommended by it.
    init(_ strategy: Policy.Strategy, _ tables: [TableRecommendation], by recommender: Recommender) {
        let tables = tables.filter { $0.hasLOBs && $0.isSelected }
        let unlimited = tables.filter { $0.mode == .unlimited }
        self.strategy = strategy
        limited = tables.count { $0.mode == .limited }
        self.unlimited = unlimited.count
        largestLimit = tables.filter { $0.mode == .limited }.map(\.bulkMaxSize).max()
        lookUps =
            unlimited.isEmpty
            ? .exact(0) : Figure.sum(of: unlimited.map { ModeAlternatives($0, by: recommender).values })
        risk = recommender.jointRisk(of: tables)
    }
}

extension Recommender {
    /// Columns up to which every strategy is tried: each asks for all estimates again.
    public static let fewColumns = 1000

    /// What each strategy would give for all tables for which the policy file names none; that of the policy is the
    /// recommendation itself.
    ///
    /// - Returns: nil for more columns than ``fewColumns``.
    public func strategies(beside recommended: [TableRecommendation]) -> [StrategyOutcome]? {
        guard recommended.reduce(0, { $0 + $1.columns.count }) <= Self.fewColumns else { return nil }
        return Policy.Strategy.allCases.map { strategy in
            guard strategy != policy.strategy else {
                return StrategyOutcome(strategy, recommended, by: self)
            }
            var other = policy
            other.strategy = strategy
            let recommender = Recommender(profile, policy: other)
            return StrategyOutcome(strategy, recommender.tables(), by: recommender)
        }
    }
}
