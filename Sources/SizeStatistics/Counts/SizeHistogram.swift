/// Counts of sizes in buckets whose width grows with the size: at most 1/32 of the size, exact up to 64 bytes.
///
/// Every histogram has the same edges, so histograms merge without loss. Every power of two and every multiple
/// of 1 KiB up to 64 KiB (2 KiB up to 128 KiB, and so on) is an upper edge: the count above a DMS limit
/// there is exact.
public struct SizeHistogram: Sendable, Equatable {
    /// The values of one bucket.
    public struct Bucket: Hashable, Sendable {
        /// All sizes in the bucket are larger; -1 for the bucket of size 0.
        public let lower: ByteCount
        /// The largest size in the bucket.
        public let upper: ByteCount
        /// The number of values, over zero.
        public let count: Int
    }

    /// Counts by bucket number, without empty buckets at the end, so that equal contents are equal.
    private(set) var counts: [Int] = []
    /// The number of values.
    public private(set) var count = 0

    /// Creates an empty histogram.
    public init() {}

    /// Counts `count` values of a size; nothing where `count` is not over zero.
    ///
    /// A negative size counts as 0.
    public mutating func add(_ size: ByteCount, count: Int = 1) {
        add(count, toBucket: BucketScale.index(of: size.bytes))
    }

    /// Counts values in a bucket given by its number.
    mutating func add(_ added: Int, toBucket index: Int) {
        guard added > 0 else { return }
        if index >= counts.count {
            counts.append(contentsOf: repeatElement(0, count: index + 1 - counts.count))
        }
        counts[index] = counts[index].saturatingSum(added)
        count = count.saturatingSum(added)
    }

    /// Counts everything that the other histogram counted.
    public mutating func merge(_ other: SizeHistogram) {
        for (index, added) in other.counts.enumerated() {
            add(added, toBucket: index)
        }
    }

    /// The buckets that are not empty, from small to large.
    public var buckets: [Bucket] {
        counts.enumerated().compactMap { index, count in
            guard count > 0 else { return nil }
            let (lower, upper) = (BucketScale.lower(index), BucketScale.upper(index))
            return Bucket(lower: ByteCount(lower), upper: ByteCount(upper), count: count)
        }
    }

    /// The number of values larger than `limit`: from those surely larger to those possibly larger.
    ///
    /// Exact, a range of one number, where `limit` is an upper edge.
    public func countAbove(_ limit: ByteCount) -> ClosedRange<Int> {
        guard limit.bytes >= 0 else { return count...count }
        let index = BucketScale.index(of: limit.bytes)
        guard index < counts.count else { return 0...0 }
        let above = counts[(index + 1)...].reduce(0) { $0.saturatingSum($1) }
        let isEdge = BucketScale.upper(index) == limit.bytes
        return above...(isEdge ? above : above.saturatingSum(counts[index]))
    }

    /// The upper edge of the bucket that holds the nearest-rank quantile, the smallest size that at least
    /// a share `q` (0 to 1) of the values does not exceed; nil where there are no values.
    public func quantile(_ q: Double) -> ByteCount? {
        guard let rank = QuantileRank.rank(of: q, count: count) else { return nil }
        var seen = 0
        for (index, count) in counts.enumerated() {
            seen = seen.saturatingSum(count)
            if seen >= rank { return ByteCount(BucketScale.upper(index)) }
        }
        return nil
    }
}

/// Nearest rank: the definition of a quantile that is always one of the values.
enum QuantileRank {
    /// The rank, 1 to `count`, of the quantile `q`; nil where there are no values or `q` is not a number.
    static func rank(of q: Double, count: Int) -> Int? {
        guard count > 0, !q.isNaN else { return nil }
        // 0.07 x 100 is 7.000000000000001 in binary; the rank meant is 7.
        let product = min(max(q, 0), 1) * Double(count) * (1 - 4 * Double.ulpOfOne)
        let rank = Int(exactly: product.rounded(.up)) ?? count
        return min(max(rank, 1), count)
    }
}
