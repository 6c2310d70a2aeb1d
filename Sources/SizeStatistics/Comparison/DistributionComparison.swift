/// Whether two measurements of a column differ by more than chance.
///
/// Two tests at half the level each: Kolmogorov-Smirnov for the body, and exact conditional tests of the numbers
/// above three high quantiles for a heavier tail (Holm 1979 over the three). Two full scans have no
/// sampling error: any difference is real.
public struct DistributionComparison: Sendable, Equatable {
    /// A quantile on both sides.
    public struct QuantileChange: Sendable, Equatable {
        /// 0 to 1; 1 is the largest size observed.
        public let quantile: Double
        public let before: ByteCount?
        public let after: ByteCount?
    }

    /// Whether both sides hold all rows, so that there is nothing to test.
    public let isDirect: Bool
    /// The largest distance between the shares of values up to a size, 0 to 1.
    public let distance: Double
    /// The size at which it is.
    public let distanceAt: ByteCount
    /// The probability of such a distance by chance; nil for two full scans.
    public let bodyProbability: Double?
    /// The probability, by chance, of a tail so much heavier after than before; nil for two full scans.
    public let tailProbability: Double?
    /// Median, 99 %, 99.9 % and largest observed.
    public let quantiles: [QuantileChange]

    /// Compares.
    public init(before: MeasuredSide, after: MeasuredSide) {
        isDirect = before.design == .full && after.design == .full
        let gap = KolmogorovSmirnov.distance(before.distribution.histogram, after.distribution.histogram)
        (distance, distanceAt) = gap
        let isTested = !isDirect && before.distribution.count > 0 && after.distribution.count > 0
        bodyProbability = isTested ? Self.body(before, after, gap.distance, gap.size) : nil
        tailProbability = isTested ? Self.tail(before, after) : nil
        quantiles = [0.5, 0.99, 0.999, 1].map { q in
            QuantileChange(
                quantile: q, before: before.distribution.quantile(q), after: after.distribution.quantile(q))
        }
    }

    /// Whether the sides differ: for samples by a test at the given level, for two full scans at all.
    ///
    /// Empty samples never do.
    public func isDifferent(level: Double = 0.05) -> Bool {
        guard !isDirect else { return distance > 0 || quantiles.contains { $0.before != $0.after } }
        return probability < level
    }

    /// The probability, by chance, of one of the two differences; 1 where nothing was tested.
    var probability: Double { min(1, 2 * min(bodyProbability ?? 1, tailProbability ?? 1)) }

    private static func body(
        _ before: MeasuredSide, _ after: MeasuredSide, _ distance: Double, _ size: ByteCount
    ) -> Double {
        KolmogorovSmirnov.probability(
            of: distance,
            Double(before.distribution.count) / before.designEffect(upTo: size, beside: after),
            Double(after.distribution.count) / after.designEffect(upTo: size, beside: before))
    }

    /// The smallest Holm-adjusted probability over the pooled 90, 99 and 99.9 % quantiles with at least 5 values
    /// in their bucket or above; 1 where there is none.
    private static func tail(_ before: MeasuredSide, _ after: MeasuredSide) -> Double {
        var pooled = before.distribution.histogram
        pooled.merge(after.distribution.histogram)
        // The few values of the highest quantile show less of how values lie in blocks than the many of the lowest.
        var effects = (before: 1.0, after: 1.0)
        let found = [0.9, 0.99, 0.999].compactMap { q -> Double? in
            guard let quantile = pooled.quantile(q) else { return nil }
            let size = ByteCount(BucketScale.lower(BucketScale.index(of: quantile.bytes)))
            effects.before = max(effects.before, before.designEffect(upTo: size, beside: after))
            effects.after = max(effects.after, after.designEffect(upTo: size, beside: before))
            return exceedanceProbability(
                Exceedances(before, above: size, effect: effects.before),
                Exceedances(after, above: size, effect: effects.after))
        }.sorted()
        let adjusted = found.enumerated().map { $1 * Double(found.count - $0) }
        return min(1, adjusted.min() ?? 1)
    }

    /// The probability of so many values above a size after, given how many there are on both sides.
    private static func exceedanceProbability(_ before: Exceedances, _ after: Exceedances) -> Double? {
        guard before.above + after.above >= 5 else { return nil }
        return HypergeometricTail.atLeast(
            after.above, drawn: after.count, marked: before.above + after.above,
            population: before.count + after.count)
    }

    /// Numbers of independent values, in all and above a size.
    private struct Exceedances {
        let count: Int
        let above: Int

        init(_ side: MeasuredSide, above size: ByteCount, effect: Double) {
            count = Int(clamping: Double(side.distribution.count) / effect)
            let above = Double(side.distribution.histogram.countAbove(size).lowerBound) / effect
            self.above = min(Int(clamping: above.rounded()), count)
        }
    }
}
