import LOBProfile
import PostgreSQLClient
import SizeStatistics

/// The rows that a packed scan returns with their places: for each its ctid (4 and 2 bytes), its hash (8 bytes, where
/// asked for) and a size of 4 bytes for each column, -1 for NULL.
struct PackedTail: Sendable {
    private let bytes: [UInt8]
    private let columnCount: Int
    private let hasHashes: Bool

    init(bytes: [UInt8], columnCount: Int, hasHashes: Bool) throws(PostgreSQLError) {
        self.bytes = bytes
        self.columnCount = columnCount
        self.hasHashes = hasHashes
        guard bytes.count.isMultiple(of: width) else {
            throw .decoding(column: 0, expected: "a multiple of \(width) bytes")
        }
    }

    /// Whether there is no row.
    var isEmpty: Bool { bytes.isEmpty }

    private var header: Int { hasHashes ? 14 : 6 }
    private var width: Int { header + 4 * columnCount }

    /// The sizes of one column that do not fit a ``PackedGroup``.
    func overflowing(_ index: Int) -> [Int32] {
        stride(from: header + 4 * index, to: bytes.count, by: width).map(int32).filter {
            $0 >= PackedGroup.overflow
        }
    }

    /// Hands out the places and hashes of one column's sizes.
    func forEachPlace(of index: Int, _ body: (LocatedSize, Int64) -> Void) {
        for start in stride(from: 0, to: bytes.count, by: width) {
            let size = int32(at: start + header + 4 * index)
            guard size >= 0 else { continue }
            let place = LocatedSize(
                size: ByteCount(Int64(size)), block: UInt32(bitPattern: int32(at: start)),
                offset: UInt16(bytes[start + 4]) << 8 | UInt16(bytes[start + 5]))
            body(place, hasHashes ? int64(at: start + 6) : 0)
        }
    }

    private func int64(at index: Int) -> Int64 {
        Int64(int32(at: index)) << 32 | Int64(UInt32(bitPattern: int32(at: index + 4)))
    }

    private func int32(at index: Int) -> Int32 {
        var value: UInt32 = 0
        for byte in bytes[index..<index + 4] { value = value << 8 | UInt32(byte) }
        return Int32(bitPattern: value)
    }
}
