/// How many tables get which kind of rule.
public struct RuleCounts: Sendable, Equatable {
    /// Tables with a rule, by its mode.
    public let tables: [LOBMode: Int]
    /// Tables that the rules leave out.
    public let leftOut: Int

    /// Counts tables.
    public init(_ recommended: [TableRecommendation]) {
        tables = Dictionary(grouping: recommended.filter(\.isSelected), by: \.mode).mapValues(\.count)
        leftOut = recommended.count { !$0.isSelected }
    }
}

extension Recommendation {
    /// The tables of the LOB table, in the order of names: those with a LOB that DMS can migrate.
    public var lobTable: [TableRecommendation] { tables.filter { $0.hasLOBs && $0.isMigrated } }

    /// `LobMaxSize` of the task with all tables; nil in full LOB mode, and where there is nothing to migrate.
    public var lobMaxSize: Kibibytes? {
        guard mapping.hasSelection, case .limited(let size) = task.lobs else { return nil }
        return size
    }
}
