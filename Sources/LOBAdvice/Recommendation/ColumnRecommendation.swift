/// A column of a leaf or table with what its sizes ask for.
///
/// A copy is cheap: a table has up to 1,600 of them, and reports look at all for each figure.
public struct ColumnRecommendation: Sendable, Equatable {
    private let content: Content

    private final class Content: Sendable {
        let relation: RelationName
        let profile: ColumnProfile
        let rows: Figure
        let estimate: ColumnEstimate
        let limit: Kibibytes?
        let risk: Double?
        let countedAt: Int64

        init(
            _ relation: RelationName, _ profile: ColumnProfile, rows: Figure, _ estimate: ColumnEstimate,
            limit: Kibibytes?, risk: Double?, countedAt: Int64
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

    /// The relation that holds the column: the leaf where the table is partitioned.
    public var relation: RelationName { _read { yield content.relation } }
    /// The column with what was measured of it.
    public var profile: ColumnProfile { _read { yield content.profile } }
    /// The rows of the relation.
    public var rows: Figure { content.rows }
    /// What the measurement says about all rows.
    public var estimate: ColumnEstimate { _read { yield content.estimate } }
    /// KiB that DMS needs for ``ColumnEstimate/limit`` under the sizing policy; nil where that is nil, and
    /// for columns that are no LOB to DMS.
    public var limit: Kibibytes? { content.limit }
    /// The risk of the table's rule; see ``TableRecommendation/risk``.
    public var risk: Double? { content.risk }
    /// When the rows were counted, in seconds since 1970 (UTC).
    public var countedAt: Int64 { content.countedAt }

    /// Creates a recommendation.
    public init(
        relation: RelationName, profile: ColumnProfile, rows: Figure, estimate: ColumnEstimate,
        limit: Kibibytes?, risk: Double?, countedAt: Int64 = 0
    ) {
        content = Content(
            relation, profile, rows: rows, estimate, limit: limit, risk: risk, countedAt: countedAt)
    }

    /// Whether both say the same.
    public static func == (left: ColumnRecommendation, right: ColumnRecommendation) -> Bool {
        left.content === right.content
            || left.relation == right.relation && left.profile == right.profile && left.rows == right.rows
                && left.estimate == right.estimate && left.limit == right.limit && left.risk == right.risk
                && left.countedAt == right.countedAt
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
