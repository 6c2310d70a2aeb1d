public import SizeStatistics

/// A large value and where its row was when it was read.
public struct LocatedSize: Hashable, Sendable, Codable {
    /// The value's size.
    public let size: ByteCount
    /// The row's `ctid`: block, counted from 0.
    public let block: UInt32
    /// The row's `ctid`: line pointer in the block, counted from 1.
    public let offset: UInt16

    /// Creates a located size.
    public init(size: ByteCount, block: UInt32, offset: UInt16) {
        self.size = size
        self.block = block
        self.offset = offset
    }

    /// `(block,offset)`, as PostgreSQL writes a ctid.
    public var ctid: String { "(\(block),\(offset))" }

    /// How many are kept for each column.
    public static let kept = 10

    /// Whether `left` is listed before `right`: larger first, then by place.
    public static func precedes(_ left: LocatedSize, _ right: LocatedSize) -> Bool {
        if left.size != right.size { return left.size > right.size }
        return (left.block, left.offset) < (right.block, right.offset)
    }
}
