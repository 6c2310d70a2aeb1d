extension BlockSummary {
    /// The design effect of the share of values not larger than a size: by how much the variance under block
    /// sampling exceeds that of independent rows.
    ///
    /// At least 1; nil where only totals of blocks are known.
    ///
    /// B/(B-1) x sum over blocks of (y - p n)^2 / (N p (1 - p)), n the values of a block, y those up to the
    /// bucket of the size, p the overall share (ratio estimator; Kish 1965).
    ///
    /// - Parameters:
    ///   - size: any size; its whole bucket is counted.
    ///   - histogram: of the same rows.
    public func designEffect(upTo size: ByteCount, in histogram: SizeHistogram) -> Double? {
        guard clustering.blocks == blocks else { return nil }
        guard blocks > 1, histogram.count > 0 else { return 1 }
        let edge = BucketScale.index(of: size.bytes) + 1
        let total = Double(histogram.count)
        let share = Double(histogram.counts.prefix(edge).reduce(0) { $0.saturatingSum($1) }) / total
        guard share > 0, share < 1 else { return 1 }
        let squares = clustering.squares.prefix(edge).reduce(0, +)
        let products = clustering.products.prefix(edge).reduce(0, +)
        let spread = squares - 2 * share * products + share * share * clustering.sumOfSquares
        let count = Double(blocks)
        return max(1, count / (count - 1) * spread / (total * share * (1 - share)))
    }

    /// How many rows exceed a size near the top for each block that does: turns expected blocks into expected
    /// rows.
    ///
    /// The size is the 26th largest block maximum; at least 1.
    ///
    /// - Parameter rows: the distribution of the same rows.
    public func rowsPerExceedingBlock(_ rows: SizeDistribution) -> Double {
        guard let size = tellingSize else { return 1 }
        let blocksAbove = maxima.countAbove(size) ?? 0
        let rowsAbove = rows.countAbove(size).upperBound
        return max(1, Double(rowsAbove) / Double(max(blocksAbove, 1)))
    }

    /// The 26th largest block maximum, or the smallest; nil without blocks.
    var tellingSize: ByteCount? {
        var seen = 0
        for entry in maxima.entries {
            seen += entry.count
            if seen >= 26 { return entry.size }
        }
        return maxima.entries.last?.size
    }
}
