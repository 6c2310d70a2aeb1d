public import SizeStatistics

/// How large the values of a table can be at most, from its TOAST relation and the size of a block alone: no row was read.
///
/// It is of all columns together, because nothing outside the rows says which column a value outside belongs to.
public struct SizeBound: Sendable, Codable, Equatable {
    /// How large a value can be that is stored in its row: a block holds it, compressed.
    ///
    /// So is the default of a column that was added with one, which no row holds: it is in a row of `pg_attribute`, which has no
    /// TOAST relation.
    public let inRows: ByteCount
    /// What is stored outside of the rows; nil where the table has no TOAST relation.
    public let outside: Outside?

    /// What the TOAST relation says.
    public struct Outside: Sendable, Codable, Equatable {
        /// How large the largest value in it can be; 0 where there is none.
        public let largest: ByteCount
        /// Values in it, of all columns; nil where the role may not read it.
        public let values: Int?
        /// Chunks that the values are stored in; nil where the role may not read it.
        public let chunks: Int?
        /// Bytes of the relation on disk, which are all that is known where the role may not read it.
        public let storedBytes: Int64

        /// Creates what is known.
        public init(largest: ByteCount, values: Int?, chunks: Int?, storedBytes: Int64) {
            self.largest = largest
            self.values = values
            self.chunks = chunks
            self.storedBytes = storedBytes
        }

        /// Whether its values were looked at one by one.
        public var isRead: Bool { values != nil }
    }

    /// Creates a bound.
    public init(inRows: ByteCount, outside: Outside?) {
        self.inRows = inRows
        self.outside = outside
    }

    /// No value of the table is larger.
    public var size: ByteCount { min(max(inRows, outside?.largest ?? inRows), .largestValue) }

    /// How much larger than its stored form a value can be: lz4 writes one byte for up to 255, pglz three for up to 273.
    public static let expansion = Int64(TwoPhaseEstimate.lz4Expansion)

    /// How large a value in a row can be: it is stored in one block.
    ///
    /// - Parameter blockSize: bytes of a block.
    public static func inRow(blockSize: Int) -> ByteCount {
        min(ByteCount(Int64(blockSize) * expansion), .largestValue)
    }
}
