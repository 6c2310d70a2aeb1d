extension StoredSizeStrata {
    /// The sizes that the rows not read are expected to have: in each stratum those of the rows read at random, as
    /// many times as there are rows for each of them.
    ///
    /// Together with the sizes that were read, an estimate of the whole column for quantiles and shares; the
    /// largest sizes are what ``TwoPhaseEstimate`` is for.
    public func expectedUnreadSizes() -> SizeDistribution {
        var sizes = SizeDistribution()
        for stratum in strata where !stratum.random.isEmpty {
            let unread = stratum.unmeasured.reduce(0) { $0.saturatingSum($1.count) }
            let read = stratum.random.count
            for (index, row) in stratum.random.enumerated() {
                // Shares that differ by one at most and sum to the number of rows.
                let count = unread / read + (index < unread % read ? 1 : 0)
                if count > 0 { sizes.add(row.size, count: count) }
            }
        }
        return sizes
    }

    /// The sizes that the rows not read of a part of the same table are expected to have: their stored sizes times the
    /// ratios of the rows of the whole that were read at random in the same stratum, none larger than the
    /// largest size read.
    public func expectedUnreadSizes(of part: StoredSizeStrata) -> SizeDistribution {
        let ratios = Dictionary(grouping: strata, by: \.kind).mapValues {
            $0.flatMap(\.random).map(\.ratio).sorted()
        }
        var sizes = SizeDistribution()
        for stratum in part.strata {
            guard let known = ratios[stratum.kind], !known.isEmpty else { continue }
            for bucket in stratum.unmeasured {
                for (size, count) in Self.spread(bucket, over: known) {
                    sizes.add(min(size, largest ?? size), count: count)
                }
            }
        }
        return sizes
    }

    /// As many rows at each ratio, and what is left over at ratios at equal distances.
    private static func spread(
        _ bucket: SizeHistogram.Bucket, over ratios: [Double]
    ) -> [(size: ByteCount, count: Int)] {
        let (each, rest) = bucket.count.quotientAndRemainder(dividingBy: ratios.count)
        var counts = [Int](repeating: each, count: ratios.count)
        for place in 0..<rest { counts[(2 * place + 1) * ratios.count / (2 * rest)] += 1 }
        return zip(ratios, counts).filter { $0.1 > 0 }.map { ratio, count in
            (ByteCount(roundingUp: Double(bucket.upper.bytes) * ratio), count)
        }
    }
}
