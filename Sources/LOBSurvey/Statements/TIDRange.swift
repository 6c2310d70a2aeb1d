import LOBProfile
import PostgreSQLClient

/// A range of rows by place: from one line pointer up to, not including, another.
struct TIDRange: Hashable, Sendable, Codable {
    /// The first place.
    let start: Place
    /// The place after the last.
    let end: Place
    /// Whether everything behind `end` belongs to it too: blocks that were added since the plan.
    var isOpenEnded = false

    /// A block, counted from 0, and a line pointer in it, counted from 1 (0 stands before the first).
    struct Place: Hashable, Sendable, Codable {
        let block: Int
        let offset: Int

        /// The first of a table.
        static let first = Place(block: 0, offset: 0)
    }

    /// A range of whole blocks.
    static func blocks(_ range: Range<Int>, isOpenEnded: Bool) -> TIDRange {
        TIDRange(
            start: Place(block: range.lowerBound, offset: 0), end: Place(block: range.upperBound, offset: 0),
            isOpenEnded: isOpenEnded)
    }

    /// Whether it holds no place.
    var isEmpty: Bool { !isOpenEnded && (end.block, end.offset) <= (start.block, start.offset) }

    /// How many blocks of the plan it touches; 0 behind the planned end.
    var blockCount: Int {
        end.offset > 0 ? end.block - start.block + 1 : max(0, end.block - start.block)
    }

    /// Whether it is exactly one block of the plan.
    var isWholeBlock: Bool {
        start.offset == 0 && end.offset == 0 && end.block - start.block == 1 && !isOpenEnded
    }

    /// Its two halves, or nil for a single row.
    ///
    /// Within one block line pointers are halved; a block holds fewer than 2,048 of them at the largest
    /// block size.
    var halves: (TIDRange, TIDRange)? {
        guard let middle else { return nil }
        return (
            TIDRange(start: start, end: middle), TIDRange(start: middle, end: end, isOpenEnded: isOpenEnded)
        )
    }

    private var middle: Place? {
        let whole = end.block - start.block
        if whole > 1 { return Place(block: start.block + whole / 2, offset: 0) }
        // The last planned block is told apart from what was added behind it.
        if isOpenEnded { return whole == 1 ? end : Place(block: start.block + 1, offset: 0) }
        let last = whole == 0 ? end.offset : Self.linePointersPerBlock
        guard last - start.offset > 1 else { return nil }
        return Place(block: start.block, offset: start.offset + (last - start.offset) / 2)
    }

    private static let linePointersPerBlock = 2048

    /// The condition on `ctid`.
    var condition: SQL {
        let from: SQL = "ctid >= '(\(start.block),\(start.offset))'::pg_catalog.tid"
        return isOpenEnded ? from : "\(from) AND ctid < '(\(end.block),\(end.offset))'::pg_catalog.tid"
    }

    /// The rows of the range that a snapshot did not see because they were made by a transaction that had not ended when it was
    /// taken, or by a later one; an id that is older than two billion transactions may be taken for one of them.
    ///
    /// `age` counts back from the same id for both; the xmin of a frozen row can still be read.
    ///
    /// - Parameter horizon: ``HeldSnapshot/horizon`` of the snapshot.
    func changes(since horizon: UInt64) -> SQL {
        "\(condition) AND \(Self.isNew("xmin", since: horizon))"
    }

    /// Whether a row version was made by a transaction that had not ended for sure when a snapshot was taken; whatever the
    /// search path is.
    static func isNew(_ xmin: SQL, since horizon: UInt64) -> SQL {
        """
        pg_catalog.age(\(xmin)) \
        OPERATOR(pg_catalog.<=) pg_catalog.age('\(Int64(truncatingIfNeeded: horizon & 0xFFFF_FFFF))'::pg_catalog.xid)
        """
    }

    /// A ctid in the binary form of the protocol: a block of 4 bytes and a line pointer of 2.
    static func place(of tid: [UInt8]) throws(PostgreSQLError) -> Place {
        guard tid.count == 6 else { throw .decoding(column: 0, expected: "a tid of six bytes") }
        let block = tid[0..<4].reduce(0) { $0 << 8 | Int($1) }
        return Place(block: block, offset: Int(tid[4]) << 8 | Int(tid[5]))
    }

    /// The range before a row, the row, and the range behind it; the first or the last may be empty.
    func around(_ row: Place) -> [TIDRange] {
        let next = Place(block: row.block, offset: row.offset + 1)
        return [
            TIDRange(start: start, end: row), TIDRange(start: row, end: next),
            TIDRange(start: next, end: end, isOpenEnded: isOpenEnded),
        ]
    }

    /// The range for people.
    var description: String {
        if start.offset == 0, blockCount != 1 || end.offset == 0 {
            return blockCount > 1 ? "blocks \(start.block) to \(end.block - 1)" : "block \(start.block)"
        }
        return "block \(start.block), line pointer \(start.offset)"
    }
}

extension LocatedSize {
    /// Whether it is before a place.
    func isBefore(_ place: TIDRange.Place) -> Bool {
        (Int(block), Int(offset)) < (place.block, place.offset)
    }
}
