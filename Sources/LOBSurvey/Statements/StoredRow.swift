import LOBProfile
import PostgreSQLClient
import SizeStatistics

/// What a scan says of a stored value in one number, which orders by the size: twice its stored bytes, and one more where it is
/// compressed.
///
/// A value has less than 2^30 bytes, so the number is an int4.
enum StoredCode {
    /// The least code of a stored size.
    static func least(of stored: Int64) -> Int64 { 2 * stored }

    /// The stored bytes.
    static func stored(_ code: Int64) -> ByteCount { ByteCount(code >> 1) }

    /// Whether the value is compressed.
    static func isCompressed(_ code: Int64) -> Bool { code & 1 == 1 }

    /// The same in SQL.
    static func isCompressed(_ code: SQL) -> SQL { "((\(code) & 1) = 1)" }
}

/// A row that the second of two phases may read.
struct StoredRow: Hashable, Sendable, Codable {
    /// Where it is, with its stored size.
    let place: LocatedSize
    /// Whether the value is compressed.
    let isCompressed: Bool

    /// Creates a row.
    init(_ place: LocatedSize, isCompressed: Bool = false) {
        self.place = place
        self.isCompressed = isCompressed
    }

    /// Takes a place that came with a code instead of a size.
    init(coded: LocatedSize) {
        let code = coded.size.bytes
        self.init(
            LocatedSize(size: StoredCode.stored(code), block: coded.block, offset: coded.offset),
            isCompressed: StoredCode.isCompressed(code))
    }

    /// The code that it came with.
    var code: Int64 { StoredCode.least(of: place.size.bytes) + (isCompressed ? 1 : 0) }
}

extension StoredSizeStrata {
    /// Counts values of one code.
    mutating func add(code: Int64, count: Int = 1) {
        add(stored: StoredCode.stored(code), isCompressed: StoredCode.isCompressed(code), count: count)
    }

    /// Adds a row that was read in full.
    mutating func add(_ row: StoredRow, size: ByteCount, isRandom: Bool) {
        if isRandom {
            addRandom(stored: row.place.size, isCompressed: row.isCompressed, size: size)
        } else {
            addLargest(stored: row.place.size, isCompressed: row.isCompressed, size: size)
        }
    }
}
