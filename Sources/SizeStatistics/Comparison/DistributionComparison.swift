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
        return (bodyProbability ?? 1) < level / 2 || (tailProbability ?? 1) < level / 2
    }

    private static func body(
        _ before: MeasuredSide, _ after: MeasuredSide, _ distance: Double, _ size: ByteCount
    ) -> Double {
        KolmogorovSmirnov.probability(
            of: distance, Double(before.distribution.count) / before.designEffect(upTo: size),
            Double(after.distribution.count) / after.designEffect(upTo: size))
    }

    /// The smallest Holm-adjusted probability over the pooled 90, 99 and 99.9 % quantiles with at least 5 values
    /// above; 1 where there is none.
    private static func tail(_ before: MeasuredSide, _ after: MeasuredSide) -> Double {
        var pooled = before.distribution.histogram
        pooled.merge(after.distribution.histogram)
        let found = [0.9, 0.99, 0.999].compactMap { q in
            pooled.quantile(q).flatMap { exceedanceProbability(before, after, above: $0) }
        }.sorted()
        let adjusted = found.enumerated().map { $1 * Double(found.count - $0) }
        return min(1, adjusted.min() ?? 1)
    }

    /// The probability of so many values above a size after, given how many there are on both sides.
    private static func exceedanceProbability(
        _ before: MeasuredSide, _ after: MeasuredSide, above size: ByteCount
    ) -> Double? {
        let (first, second) = (Exceedances(before, above: size), Exceedances(after, above: size))
        guard first.above + second.above >= 5 else { return nil }
        return HypergeometricTail.atLeast(
            second.above, drawn: second.count, marked: first.above + second.above,
            population: first.count + second.count)
    }

    /// Numbers of independent values, in all and above a size.
    private struct Exceedances {
        let count: Int
        let above: Int

        init(_ side: MeasuredSide, above size: ByteCount) {
            let effect = side.designEffect(upTo: size)
            count = Int(clamping: Double(side.distribution.count) / effect)
            above = min(Int(clamping: Double(side.distribution.countAbove(size).lowerBound) / effect), count)
        }
    }
}
