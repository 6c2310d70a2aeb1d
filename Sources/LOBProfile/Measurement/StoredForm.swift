/// How the values of a column are stored, in blocks that were looked at for it: what they take, by which method they
/// are compressed, how many are outside of their rows.
public struct StoredForm: Sendable, Codable, Equatable {
    /// Blocks that were looked at.
    public let blocksRead: Int
    /// Blocks of the table; as many as were read where the figures are of all rows.
    public let blocksTotal: Int
    /// Values in them, without NULLs.
    public let values: Int
    /// Bytes that they take, in their rows and outside.
    public let storedBytes: Int64
    /// Bytes of the values themselves; nil where only making their text would tell.
    public let sizeBytes: Int64?
    /// Values that are compressed by pglz.
    public let pglz: Int
    /// Values that are compressed by lz4.
    public let lz4: Int
    /// Values that are stored outside of their rows (TOAST).
    public let external: Int
    /// Whether more may be: before 17 a server does not tell where a compressed value is.
    public let externalIsLowerBound: Bool

    /// Whether the figures are those of random blocks.
    public var isSampled: Bool { blocksRead < blocksTotal }

    /// Creates a form.
    public init(
        blocksRead: Int, blocksTotal: Int, values: Int, storedBytes: Int64, sizeBytes: Int64?, pglz: Int,
        lz4: Int, external: Int, externalIsLowerBound: Bool
    ) {
        self.blocksRead = blocksRead
        self.blocksTotal = blocksTotal
        self.values = values
        self.storedBytes = storedBytes
        self.sizeBytes = sizeBytes
        self.pglz = pglz
        self.lz4 = lz4
        self.external = external
        self.externalIsLowerBound = externalIsLowerBound
    }
}
