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

    public let distribution: SizeDistribution
    public let design: Design

    /// Creates a side.
    public init(_ distribution: SizeDistribution, design: Design) {
        self.distribution = distribution
        self.design = design
    }

    /// By how much clustering in blocks raises the variance of the share of values up to a size, at least 1; where
    /// it is not known, as if the values of a block were all alike.
    func designEffect(upTo size: ByteCount) -> Double {
        guard case .blocks(let blocks) = design else { return 1 }
        let perBlock = Double(distribution.count) / Double(max(blocks.blocks, 1))
        return blocks.designEffect(upTo: size, in: distribution.histogram) ?? max(1, perBlock)
    }
}
