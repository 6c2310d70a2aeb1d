/// One of two distributions to compare, and how its rows were drawn.
public struct MeasuredSide: Sendable {
    /// How the rows were drawn.
    public enum Design: Sendable, Equatable {
        /// All rows.
        case full
        /// Independent rows.
        case rows
        /// Whole blocks.
        case blocks(BlockSummary)
    }

    /// Fewer blocks do not show how much they differ: on real data the level was missed (`FalseAlarmTests`).
    private static let fewestBlocks = 20

    public let distribution: SizeDistribution
    public let design: Design

    /// Creates a side.
    public init(_ distribution: SizeDistribution, design: Design) {
        self.distribution = distribution
        self.design = design
    }

    /// By how much clustering in blocks raises the variance of the share of values up to a size, at least 1.
    ///
    /// Where these blocks do not show it, as those of the other side do; else as if the values of a block were all
    /// alike.
    ///
    /// - Parameter other: a measurement of the same column.
    func designEffect(upTo size: ByteCount, beside other: MeasuredSide? = nil) -> Double {
        guard case .blocks(let blocks) = design else { return 1 }
        return seenEffect(upTo: size) ?? other?.seenEffect(upTo: size)
            ?? max(1, Double(distribution.count) / Double(max(blocks.blocks, 1)))
    }

    /// The design effect as far as blocks show it: not with totals of blocks only, nor with fewer than
    /// ``fewestBlocks``, nor where none or all values are above the size.
    private func seenEffect(upTo size: ByteCount) -> Double? {
        guard case .blocks(let blocks) = design, blocks.blocks >= Self.fewestBlocks else { return nil }
        let edge = BucketScale.upper(BucketScale.index(of: size.bytes))
        let above = distribution.histogram.countAbove(ByteCount(edge)).lowerBound
        guard above > 0, above < distribution.count,
            let effect = blocks.designEffect(upTo: size, in: distribution.histogram)
        else { return nil }
        let telling = min(blocks.maxima.countAbove(ByteCount(edge)) ?? blocks.blocks, blocks.blocks)
        let perBlock = Double(distribution.count) / Double(blocks.blocks)
        return min(effect * Self.uncertainty(ofBlocks: telling), max(effect, perBlock))
    }

    /// By how much a variance that was estimated from so many blocks counts for more than a known one: the square of
    /// Student's quantile over the normal one (Korn and Graubard 1998), at 3 standard deviations; Student's
    /// by the expansion of Cornish and Fisher.
    private static func uncertainty(ofBlocks blocks: Int) -> Double {
        let freedom = Double(max(blocks - 1, 1))
        let quantile = 3 + 7.5 / freedom + 17.25 / (freedom * freedom) + 30.19 / (freedom * freedom * freedom)
        return quantile * quantile / 9
    }
}
