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
    }

    /// A range of whole blocks.
    static func blocks(_ range: Range<Int>, isOpenEnded: Bool) -> TIDRange {
        TIDRange(
            start: Place(block: range.lowerBound, offset: 0), end: Place(block: range.upperBound, offset: 0),
            isOpenEnded: isOpenEnded)
    }

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

    /// The range for people.
    var description: String {
        if start.offset == 0, blockCount != 1 || end.offset == 0 {
            return blockCount > 1 ? "blocks \(start.block) to \(end.block - 1)" : "block \(start.block)"
        }
        return "block \(start.block), line pointer \(start.offset)"
    }
}
