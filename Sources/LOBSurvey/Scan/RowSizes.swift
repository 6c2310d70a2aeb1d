import LOBProfile
import PostgreSQLClient
import SizeStatistics

/// The sizes of some rows, a row of the answer for each: of tables with so many columns that planning to pack their sizes
/// takes longer than sending them.
struct RowSizes: Sendable {
    private let columnCount: Int
    private let hasHashes: Bool
    private let asksForLZ4: Bool
    private var places: [(block: UInt32, offset: UInt16)] = []
    private var hashes: [Int64] = []
    /// Row by row, -1 for NULL.
    private var sizes: [Int32] = []
    private var usesLZ4 = false

    init(columnCount: Int, hasHashes: Bool, asksForLZ4: Bool) {
        self.columnCount = columnCount
        self.hasHashes = hasHashes
        self.asksForLZ4 = asksForLZ4
    }

    /// Bytes that are to be counted.
    var byteCount: Int { sizes.count * 4 }

    /// Takes a row: its place, its hash where asked for, the size of each column, then whether one is compressed by lz4.
    mutating func add(_ row: borrowing Row) throws(PostgreSQLError) {
        let place = try TIDRange.place(of: try row.bytes(0))
        places.append((UInt32(truncatingIfNeeded: place.block), UInt16(truncatingIfNeeded: place.offset)))
        if hasHashes { hashes.append(try row.int64(1)) }
        let first = hasHashes ? 2 : 1
        for column in first..<first + columnCount {
            sizes.append(row.isNull(column) ? -1 : try row.int32(column))
        }
        guard asksForLZ4, !row.isNull(first + columnCount), try row.bool(first + columnCount) else { return }
        usesLZ4 = true
    }

    /// Counts the sizes.
    func counted() -> CountedResult {
        let lanes = (0..<columnCount).map { column in
            LaneCounts(
                stride(from: column, to: sizes.count, by: columnCount).lazy.map { Int(sizes[$0]) + 1 },
                rows: places.count, isWhole: true)
        }
        return CountedResult(
            rows: places.count, usesLZ4: asksForLZ4 ? usesLZ4 : nil, lanes: lanes, places: .rows(self))
    }

    /// Hands out the places of one column's sizes above one.
    func forEachPlace(of column: Int, above threshold: Int32, _ body: (LocatedSize, Int64) -> Void) {
        for (row, place) in places.enumerated() {
            let size = sizes[row * columnCount + column]
            guard size > threshold, size >= 0 else { continue }
            body(
                LocatedSize(size: ByteCount(Int64(size)), block: place.block, offset: place.offset),
                hasHashes ? hashes[row] : 0)
        }
    }
}

/// The answer to a ``PackedScan`` while it comes in: one row, or a row for each row.
struct ScanAnswer {
    private let scan: PackedScan
    private let wanted: WantedRows
    private var packed: PackedResult?
    private var rows: RowSizes?

    init(_ scan: PackedScan, wanted: WantedRows) {
        self.scan = scan
        self.wanted = wanted
        guard scan.isRowwise else { return }
        rows = RowSizes(
            columnCount: scan.source.columns.count, hasHashes: wanted.hasHashes,
            asksForLZ4: scan.source.usesLZ4 != nil)
    }

    /// Takes a row.
    mutating func add(_ row: borrowing Row) throws(PostgreSQLError) {
        guard rows == nil else {
            try rows?.add(row)
            return
        }
        packed =
            try scan.detail != .sizes
            ? PackedResult(
                tailOf: row, columnCount: scan.source.columns.count, isCount: scan.detail == .tailCount)
            : PackedResult(
                row, groups: scan.groups, hasHashes: wanted.hasHashes, asksForLZ4: scan.source.usesLZ4 != nil)
    }

    /// Whether there are rows of the tail of which only the number is known.
    var missesTail: Bool { packed?.missesTail ?? false }

    /// Bytes that are to be counted.
    var byteCount: Int { packed?.byteCount ?? rows?.byteCount ?? 0 }

    /// Counts the sizes.
    ///
    /// - Throws: `PostgreSQLError` where the answer has no row, or contradicts itself.
    func counted() throws(PostgreSQLError) -> CountedResult {
        if let rows { return rows.counted() }
        guard let packed else { throw .protocolViolation("no row from an aggregate") }
        return try packed.counted()
    }
}
