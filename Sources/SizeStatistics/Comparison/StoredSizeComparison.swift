/// Whether two two-phase measurements of a column differ by more than chance.
///
/// Two questions, each at half the level: did the stored sizes, which every row has told, move more than rows of the
/// same kind would move them; and do the rows that were read at random compress differently (Kolmogorov-Smirnov in
/// each stratum, Bonferroni over the strata; a stratum of which one side does not know what is compressed has no counterpart). The same table measured twice has the same stored sizes, so that only
/// the second can be wrong about it.
public struct StoredSizeComparison: Sendable, Equatable {
    /// The probability, by chance, of stored sizes so different.
    public let storedProbability: Double
    /// The probability, by chance, of ratios of true to stored size so different; 1 where too few were read.
    public let ratioProbability: Double

    /// Fewer rows at random than this, on either side, say nothing of a stratum.
    private static let fewestRows = 8

    /// Compares.
    public init(before: StoredSizeStrata, after: StoredSizeStrata) {
        let stored = DistributionComparison(before: Self.side(before), after: Self.side(after))
        storedProbability = stored.probability
        let found = Self.ratios(before).compactMap { index, first -> Double? in
            guard let second = Self.ratios(after)[index], min(first.count, second.count) >= Self.fewestRows
            else { return nil }
            return KolmogorovSmirnov.probability(
                of: KolmogorovSmirnov.distance(first, second), Double(first.count), Double(second.count))
        }
        ratioProbability = min(1, (found.min() ?? 1) * Double(max(found.count, 1)))
    }

    /// Whether the sides differ, by a test at the given level.
    public func isDifferent(level: Double = 0.05) -> Bool {
        min(storedProbability, ratioProbability) < level / 2
    }

    private static func side(_ strata: StoredSizeStrata) -> MeasuredSide {
        var sizes = SizeDistribution()
        for bucket in strata.strata.flatMap(\.stored.buckets) { sizes.add(bucket.upper, count: bucket.count) }
        return MeasuredSide(sizes, design: .rows)
    }

    /// The ratios read at random, by stratum.
    private static func ratios(_ strata: StoredSizeStrata) -> [Stratum.Kind: [Double]] {
        Dictionary(grouping: strata.strata, by: \.kind).mapValues { $0.flatMap(\.random).map(\.ratio) }
    }
}
