/// A column of a leaf or table with what its sizes ask for.
public struct ColumnRecommendation: Sendable, Equatable {
    /// The relation that holds the column: the leaf where the table is partitioned.
    public let relation: RelationName
    public let profile: ColumnProfile
    public let rows: TableProfile.RowCount
    public let estimate: ColumnEstimate
    /// KiB that DMS needs for ``ColumnEstimate/limit`` under the sizing policy; nil where that is nil, and
    /// for columns that are no LOB to DMS.
    public let limit: Kibibytes?
    /// The risk at the table's setting; see ``TableRecommendation/risk``.
    public let risk: Double?
    /// When the rows were counted, in seconds since 1970 (UTC).
    public let countedAt: Int64

    /// Creates a recommendation.
    public init(
        relation: RelationName, profile: ColumnProfile, rows: TableProfile.RowCount, estimate: ColumnEstimate,
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
