/// All that is kept of the sizes of one column: counts in buckets, the largest sizes exactly, NULLs, the sum.
///
/// Merging is associative and commutative, so parts may be measured in any order.
public struct SizeDistribution: Sendable, Equatable {
    /// Counts of all values in buckets.
    public private(set) var histogram = SizeHistogram()
    /// The largest distinct sizes with exact counts.
    public private(set) var largestSizes = LargestSizes()
    /// The number of NULLs.
    public private(set) var nulls = 0
    /// The sum of all sizes; the largest `Int64` (8 EiB) where it does not fit.
    public private(set) var sum = ByteCount(0)

    /// Creates an empty distribution.
    public init() {}

    init(histogram: SizeHistogram, largestSizes: LargestSizes, nulls: Int, sum: ByteCount) {
        self.histogram = histogram
        self.largestSizes = largestSizes
        self.nulls = nulls
        self.sum = sum
    }

    /// The number of values, NULLs not among them.
    public var count: Int { histogram.count }
    /// The number of rows: values and NULLs.
    public var rows: Int { count.saturatingSum(nulls) }
    /// The number of values of size 0.
    public var zeros: Int { histogram.counts.first ?? 0 }
    /// The largest size; nil where there are no values.
    public var largest: ByteCount? { largestSizes.largest }
    /// The mean size in bytes; nil where there are no values.
    public var mean: Double? { count == 0 ? nil : Double(sum.bytes) / Double(count) }

    /// Counts `count` values of a size; nothing where `count` is not over zero.
    ///
    /// A negative size counts as 0.
    public mutating func add(_ size: ByteCount, count: Int = 1) {
        guard count > 0 else { return }
        let bytes = max(size.bytes, 0)
        histogram.add(size, count: count)
        largestSizes.add(size, count: count)
        sum.bytes = sum.bytes.saturatingSum(bytes.saturatingProduct(Int64(count)))
    }

    /// Counts NULLs; nothing where `count` is not over zero.
    public mutating func addNulls(_ count: Int) {
        nulls = nulls.saturatingSum(max(count, 0))
    }

    /// Counts everything that the other distribution counted.
    public mutating func merge(_ other: SizeDistribution) {
        histogram.merge(other.histogram)
        largestSizes.merge(other.largestSizes)
        nulls = nulls.saturatingSum(other.nulls)
        sum.bytes = sum.bytes.saturatingSum(other.sum.bytes)
    }

    /// The nearest-rank quantile, the smallest size that at least a share `q` (0 to 1) of the values does not
    /// exceed: exact among the largest sizes, else the upper edge of its bucket.
    ///
    /// nil without values.
    public func quantile(_ q: Double) -> ByteCount? {
        guard let rank = QuantileRank.rank(of: q, count: count) else { return nil }
        var above = 0
        for entry in largestSizes.entries {
            above = above.saturatingSum(entry.count)
            if above > count - rank { return entry.size }
        }
        return histogram.quantile(q).map { min($0, largestSizes.floor) }
    }

    /// The number of values larger than `limit`, from those surely larger to those possibly larger: one number
    /// where `limit` is an upper edge of a bucket or not below ``LargestSizes/floor``.
    public func countAbove(_ limit: ByteCount) -> ClosedRange<Int> {
        if let exact = largestSizes.countAbove(limit) { return exact...exact }
        let counted = histogram.countAbove(limit)
        return max(counted.lowerBound, min(largestSizes.count, counted.upperBound))...counted.upperBound
    }
}
