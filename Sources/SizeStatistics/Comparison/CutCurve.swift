/// How many rows would be cut at each of several limits.
public struct CutCurve: Sendable, Equatable {
    /// The number of rows above a limit, as well as it is known.
    public enum Rows: Sendable, Equatable {
        /// Counted.
        case exact(Int)
        /// Counted in buckets: at least and at most.
        case between(ClosedRange<Int>)
        /// Estimated from a sample, with an interval of the confidence asked for.
        case estimated(expected: Double, interval: ClosedRange<Double>)

        /// The sum of two columns or parts of a table; the interval of a sum is cautious.
        public static func + (left: Rows, right: Rows) -> Rows {
            switch (left, right) {
            case (.exact(let first), .exact(let second)): return .exact(first + second)
            case (.estimated, _), (_, .estimated):
                let interval =
                    left.interval.lowerBound + right.interval.lowerBound...left.interval.upperBound
                    + right.interval.upperBound
                return .estimated(expected: left.expected + right.expected, interval: interval)
            default:
                let (first, second) = (left.interval, right.interval)
                return .between(
                    Int(first.lowerBound + second.lowerBound)...Int(first.upperBound + second.upperBound))
            }
        }

        /// The number, the middle of a range, or the estimate.
        public var expected: Double {
            switch self {
            case .exact(let rows): Double(rows)
            case .between(let range): (Double(range.lowerBound) + Double(range.upperBound)) / 2
            case .estimated(let expected, _): expected
            }
        }

        /// From the fewest to the most.
        public var interval: ClosedRange<Double> {
            switch self {
            case .exact(let rows): Double(rows)...Double(rows)
            case .between(let range): Double(range.lowerBound)...Double(range.upperBound)
            case .estimated(_, let interval): interval
            }
        }
    }

    /// One limit.
    public struct Point: Sendable, Equatable {
        public let limit: ByteCount
        public let rows: Rows
    }

    /// In the order of the limits given.
    public let points: [Point]

    /// Counts from a full scan.
    public init(counted: SizeDistribution, limits: [ByteCount]) {
        points = limits.map { limit in
            let above = counted.countAbove(limit)
            return Point(
                limit: limit, rows: above.count == 1 ? .exact(above.lowerBound) : .between(above))
        }
    }

    /// Counts of which some are of values that are there no more: at most so many.
    public init(atMost counted: SizeDistribution, limits: [ByteCount]) {
        points = limits.map { limit in
            let most = counted.countAbove(limit).upperBound
            return Point(limit: limit, rows: most == 0 ? .exact(0) : .between(0...most))
        }
    }

    /// Counts of the rows read in full, with an estimate of those of which only the stored size is known.
    ///
    /// - Parameters:
    ///   - estimate: what the stored sizes say.
    ///   - measured: the sizes read in full.
    ///   - limits: in bytes.
    ///   - confidence: of the intervals, over 0 and under 1.
    public init(
        twoPhase estimate: TwoPhaseEstimate, measured: SizeDistribution, limits: [ByteCount],
        confidence: Double = 0.95
    ) {
        points = limits.map { limit in
            let above = measured.countAbove(limit)
            let most = estimate.unreadAbove(limit, confidence: confidence)
            guard most > 0 else {
                return Point(
                    limit: limit, rows: above.count == 1 ? .exact(above.lowerBound) : .between(above))
            }
            let (low, high) = (Double(above.lowerBound), Double(above.upperBound) + most)
            let unread = min(estimate.expectedAbove(limit), Double(estimate.unmeasuredRows))
            let expected = min(max((low + Double(above.upperBound)) / 2 + unread, low), high)
            return Point(limit: limit, rows: .estimated(expected: expected, interval: low...high))
        }
    }

    /// Estimates from a sample: below the largest size seen from the share of rows above, with the exact binomial
    /// interval; from there on from the anchored tail, with the interval of "none seen".
    ///
    /// - Parameters:
    ///   - sample: the rows read and how they were drawn.
    ///   - population: the number of rows that exist, NULLs included.
    ///   - tail: the tail of the same sample; rows to come are left out.
    ///   - limits: in bytes.
    ///   - confidence: of the intervals, over 0 and under 1.
    public init(
        sampled sample: MeasuredSide, population: Int, tail: AnchoredTail, limits: [ByteCount],
        confidence: Double = 0.95
    ) {
        let present = tail.expecting(future: 0)
        let unread = max(Double(population) - Double(sample.distribution.rows), 0)
        points = limits.map { limit in
            let unseen =
                limit >= sample.distribution.largest ?? ByteCount(0)
                ? present.expectedAbove(limit) ?? unread : nil
            return Self.estimated(limit, sample, population, unseen: unseen, confidence)
        }
    }

    /// Exact counts above a size, and below it estimates from the share of sampled rows above a limit.
    ///
    /// - Parameters:
    ///   - tail: every size above `floor`, of every row.
    ///   - floor: in bytes.
    ///   - sample: rows drawn at random, and how they were drawn.
    ///   - population: the number of rows that exist, NULLs included.
    ///   - limits: in bytes.
    ///   - confidence: of the intervals, over 0 and under 1.
    public init(
        tail: SizeDistribution, above floor: ByteCount, sampled sample: MeasuredSide, population: Int,
        limits: [ByteCount], confidence: Double = 0.95
    ) {
        points = limits.map { limit in
            guard limit < floor else { return CutCurve(counted: tail, limits: [limit]).points[0] }
            let point = Self.estimated(limit, sample, population, unseen: nil, confidence)
            let known = Double(tail.count)
            let interval =
                max(point.rows.interval.lowerBound, known)...max(point.rows.interval.upperBound, known)
            return Point(
                limit: limit,
                rows: .estimated(expected: max(point.rows.expected, known), interval: interval))
        }
    }

    /// An estimate from the share of sampled rows above a limit, with the exact binomial interval.
    ///
    /// - Parameter unseen: how many of the rows not read are above; nil for the same share as of those read.
    private static func estimated(
        _ limit: ByteCount, _ sample: MeasuredSide, _ population: Int, unseen: Double?, _ confidence: Double
    ) -> Point {
        let rows = Double(sample.distribution.rows)
        let unread = max(Double(population) - rows, 0)
        let above = sample.distribution.countAbove(limit)
        let (least, most) = (Double(above.lowerBound), Double(above.upperBound))
        let expected =
            (least + most) / 2
            + (unseen.map { min($0, unread) } ?? unread * (least + most) / 2 / max(rows, 1))
        let effect = sample.designEffect(upTo: limit)
        let low = BinomialInterval.exact(hits: least / effect, trials: rows / effect, confidence: confidence)
        let high = BinomialInterval.exact(hits: most / effect, trials: rows / effect, confidence: confidence)
        let lower = min(max(least, low.lowerBound * (rows + unread)), expected)
        let upper = max(min(most + unread, high.upperBound * (rows + unread)), expected)
        return Point(limit: limit, rows: .estimated(expected: expected, interval: lower...upper))
    }
}
