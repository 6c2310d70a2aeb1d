/// A few values that make a table unlimited: all others fit a limit.
public struct Outliers: Sendable, Equatable {
    /// The limit that the others fit.
    public let limit: Kibibytes
    /// Values above it: counted, or estimated with an interval that holds with 95 %.
    public let above: CutCurve.Rows
    /// Values of the LOB columns, NULLs left out.
    public let values: Figure

    /// The largest share of the values that are a few.
    private static let fewest = 0.01

    /// The outliers of an unlimited table; nil where there are none, or most values are, or it is not known.
    ///
    /// - Parameter recommender: that of the table.
    public init?(_ table: TableRecommendation, by recommender: Recommender) {
        let limit = recommender.policy(of: table.name).limitedUpTo
        guard table.mode == .unlimited, let above = recommender.answer(for: table, at: limit)?.cut else {
            return nil
        }
        let values = ModeAlternatives(table, by: recommender).values
        guard let count = values.value, above.expected >= 1,
            above.interval.upperBound <= Double(count) * Self.fewest
        else { return nil }
        (self.limit, self.above, self.values) = (limit, above, values)
    }
}

extension Recommender {
    /// How many present values the rules of some tables cut; nil where that is not known of one of them.
    public func valuesCut(_ tables: [TableRecommendation]) -> CutCurve.Rows? {
        var sum = CutCurve.Rows.exact(0)
        for table in tables where table.isSelected && table.mode == .limited {
            guard let cut = answer(for: table, at: table.bulkMaxSize)?.cut else { return nil }
            sum = sum + cut
        }
        return sum
    }
}
