public import SizeStatistics

/// The sizes above some size, of every row, where the sizes below come from a sample of blocks.
public struct ExactTail: Sendable, Codable, Equatable {
    /// Every larger size is counted.
    public let floor: ByteCount
    /// The sizes above it.
    public let sizes: SizeDistribution

    /// Creates a tail.
    public init(floor: ByteCount, sizes: SizeDistribution) {
        self.floor = floor
        self.sizes = sizes
    }
}
