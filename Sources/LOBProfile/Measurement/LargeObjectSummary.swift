public import SizeStatistics

/// The large objects of a database (`pg_largeobject`): DMS migrates none of them.
public struct LargeObjectSummary: Sendable, Codable, Equatable {
    /// Large objects in `pg_largeobject_metadata`, empty ones included.
    public let count: Int
    /// Sizes of those that could be read, as `lo_lseek` to the end tells them: a sparse object counts in full.
    public let sizes: SizeDistribution
    /// The OID of the largest.
    public let largestOID: UInt32?
    /// Those whose size the role may not read.
    public let unreadable: Int

    /// Creates a summary.
    public init(count: Int, sizes: SizeDistribution, largestOID: UInt32?, unreadable: Int) {
        self.count = count
        self.sizes = sizes
        self.largestOID = largestOID
        self.unreadable = unreadable
    }
}
