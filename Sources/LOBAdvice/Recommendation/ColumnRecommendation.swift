/// A column of a leaf or table with what its sizes ask for.
public struct ColumnRecommendation: Sendable, Equatable {
    /// The relation that holds the column: the leaf where the table is partitioned.
    public let relation: RelationName
    public let profile: ColumnProfile
    /// The rows of the relation.
    public let rows: Figure
    public let estimate: ColumnEstimate
    /// KiB that DMS needs for ``ColumnEstimate/limit`` under the sizing policy; nil where that is nil, and
    /// for columns that are no LOB to DMS.
    public let limit: Kibibytes?
    /// The risk of the table's rule; see ``TableRecommendation/risk``.
    public let risk: Double?
    /// When the rows were counted, in seconds since 1970 (UTC).
    public let countedAt: Int64

    /// Creates a recommendation.
    public init(
        relation: RelationName, profile: ColumnProfile, rows: Figure, estimate: ColumnEstimate,
        limit: Kibibytes?, risk: Double?, countedAt: Int64 = 0
    ) {
        self.relation = relation
        self.profile = profile
        self.rows = rows
        self.estimate = estimate
        self.limit = limit
        self.risk = risk
        self.countedAt = countedAt
    }
}

extension ColumnRecommendation {
    /// A count over the rows of the column, such as that of its values, with what is certain of it.
    ///
    /// - Parameter count: counted among the rows that were read, or estimated from them for all rows.
    public func figure(of count: Int) -> Figure {
        guard let measurement = profile.measurement else { return .notKnown }
        let count = Int64(count)
        if measurement.unreadBlocks + measurement.unreadRows > 0 { return .atLeast(count) }
        guard measurement.method == .full, measurement.tail == nil else { return .estimated(count) }
        switch rows.provenance {
        case .exact: return .exact(count)
        case .atMost: return .atMost(count)
        case .atLeast, .estimated, .notKnown: return .estimated(count)
        }
    }

    /// The sum of all sizes in bytes; "at least" where only some were read.
    public var sum: Figure {
        guard let measurement = profile.measurement else { return .notKnown }
        let sum = measurement.distribution.sum.bytes
        let isOfAll = measurement.method == .full && measurement.tail == nil
        return isOfAll ? figure(of: Int(sum)) : .atLeast(sum)
    }
}
