extension SizeDistribution {
    /// How many of the largest distinct sizes a complete count keeps exactly.
    ///
    /// Limits need only the largest; the others keep counts near the top exact.
    public static let exactSizes = 128

    /// The same counts with no more than ``exactSizes`` of the largest sizes.
    public var condensed: SizeDistribution { keeping(Self.exactSizes) }

    /// The same counts of a sample of blocks: with no more than ``exactSizes`` of the largest sizes, or as many as
    /// ``BlockSummary/rowsPerExceedingBlock(_:)`` counts.
    ///
    /// The tail is anchored at the largest sizes of the blocks instead.
    ///
    /// - Parameter blocks: of the same rows.
    public func condensed(beside blocks: BlockSummary) -> SizeDistribution {
        let telling = blocks.tellingSize ?? ByteCount(0)
        return keeping(max(Self.exactSizes, largestSizes.entries.prefix { $0.size >= telling }.count))
    }

    private func keeping(_ count: Int) -> SizeDistribution {
        var sizes = largestSizes
        sizes.keep(count)
        return SizeDistribution(histogram: histogram, largestSizes: sizes, nulls: nulls, sum: sum)
    }

    /// The largest sizes, more than a condensed distribution has: below the smallest
    /// that is known exactly, the values of each bucket evenly spread over it.
    var tailSizes: LargestSizes {
        guard !largestSizes.isComplete, largestSizes.entries.count < LargestSizes.capacity else {
            return largestSizes
        }
        var tail = LargestSizes()
        var exact = SizeHistogram()
        for entry in largestSizes.entries {
            tail.add(entry.size, count: entry.count)
            exact.add(entry.size, count: entry.count)
        }
        let floor = largestSizes.floor.bytes
        for index in (0...min(BucketScale.index(of: floor), histogram.counts.count - 1)).reversed() {
            let known = index < exact.counts.count ? exact.counts[index] : 0
            let upper = min(BucketScale.upper(index), floor - 1)
            let width = upper - BucketScale.lower(index)
            Self.spread(histogram.counts[index] - known, over: width, below: upper, into: &tail)
            if tail.entries.count >= LargestSizes.capacity { break }
        }
        return tail
    }

    /// Adds values at equal distances over a bucket, as many at each as it takes for not too many sizes.
    private static func spread(
        _ count: Int, over width: Int64, below upper: Int64, into tail: inout LargestSizes
    ) {
        guard count > 0, width > 0 else { return }
        let places = Int(min(Int64(min(count, 64)), width))
        for place in 0..<places {
            let share = (Double(place) + 0.5) / Double(places)
            // Shares of the count that differ by one at most.
            let values = count / places + (place < count % places ? 1 : 0)
            tail.add(ByteCount(upper - Int64(share * Double(width))), count: values)
        }
    }
}
