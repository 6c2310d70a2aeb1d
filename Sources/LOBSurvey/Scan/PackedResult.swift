import LOBProfile
import PostgreSQLClient
import SizeStatistics

/// The answer to a `PackedScan` in one row, kept until its transaction has ended well.
struct PackedResult {
    /// Rows that were read.
    let rows: Int
    /// Whether a json value of which the stored size was read is compressed by lz4; nil where that was not asked.
    let usesLZ4: Bool?
    private let groups: [PackedGroup]
    private let columnCount: Int
    /// Whether only the number of rows and the tail were read.
    private var isTailOnly: Bool { groups.isEmpty }
    private let packed: [[UInt8]]
    private let tail: PackedTail
    /// Whether there are rows of the tail of which only the number was read.
    private(set) var missesTail = false

    /// Takes a row of the statement.
    ///
    /// - Parameter asksForLZ4: whether the last column tells of compression.
    init(
        _ row: borrowing Row, groups: [PackedGroup], hasHashes: Bool, asksForLZ4: Bool = false
    ) throws(PostgreSQLError) {
        self.groups = groups
        var packed: [[UInt8]] = []
        for index in groups.indices {
            packed.append(row.isNull(index) ? [] : try row.bytes(index))
        }
        self.packed = packed
        rows = groups.first.map { packed[0].count / $0.width } ?? 0
        let column = groups.count
        columnCount = groups.last?.columns.upperBound ?? 0
        tail = try PackedTail(
            bytes: row.isNull(column) ? [] : try row.bytes(column), columnCount: columnCount,
            hasHashes: hasHashes)
        // Without a row there is no value.
        let isSeen = asksForLZ4 && !row.isNull(column + 1) ? try row.bool(column + 1) : false
        usesLZ4 = asksForLZ4 ? isSeen : nil
        for (group, bytes) in zip(groups, packed) where bytes.count != rows * group.width {
            throw .decoding(column: 0, expected: "\(group.width) bytes for each of \(rows) rows")
        }
    }

    /// Takes a row of a statement that reads the tail only.
    ///
    /// - Parameter isCount: whether it only counts the rows of the tail.
    init(tailOf row: borrowing Row, columnCount: Int, isCount: Bool) throws(PostgreSQLError) {
        (groups, packed, usesLZ4) = ([], [], nil)
        self.columnCount = columnCount
        rows = Int(try row.int64(0))
        if isCount { missesTail = try row.int64(1) > 0 }
        tail = try PackedTail(
            bytes: isCount || row.isNull(1) ? [] : try row.bytes(1), columnCount: columnCount,
            hasHashes: false)
    }

    /// Counts the sizes, which takes longer than adding the counts to those of other results.
    ///
    /// - Throws: `PostgreSQLError.decoding` where tail and integers contradict each other.
    func counted() throws(PostgreSQLError) -> CountedResult {
        guard !missesTail else { throw .protocolViolation("rows of the tail without their places") }
        var lanes: [LaneCounts] = []
        for index in isTailOnly ? 0..<0 : 0..<columnCount {
            let counts = LaneCounts(
                self.lanes(of: index), rows: rows, isWhole: groups[index / PackedGroup.capacity].isWhole)
            guard counts.full == overflowing(index).count else { throw Self.tailIsIncomplete }
            lanes.append(counts)
        }
        return CountedResult(rows: rows, usesLZ4: usesLZ4, lanes: lanes, places: .tail(tail))
    }

    /// Bytes that are to be counted.
    var byteCount: Int { packed.reduce(0) { $0 + $1.count } }

    /// The sizes of a column that have no lane.
    private func overflowing(_ index: Int) -> [Int32] {
        groups[index / PackedGroup.capacity].isWhole ? [] : tail.overflowing(index)
    }

    /// The sizes of one column, in any order, and how many rows were NULL.
    func values(of index: Int) throws(PostgreSQLError) -> (sizes: [Int32], nulls: Int) {
        let isWhole = groups[index / PackedGroup.capacity].isWhole
        var sizes = overflowing(index)
        var (nulls, full) = (0, -sizes.count)
        for lane in lanes(of: index) {
            switch lane {
            case 0: nulls += 1
            case PackedGroup.full where !isWhole: full += 1
            default: sizes.append(Int32(lane - 1))
            }
        }
        guard full == 0 else { throw Self.tailIsIncomplete }
        return (sizes, nulls)
    }

    /// Hands out the places of one column's sizes in the tail.
    func forEachPlace(of index: Int, _ body: (LocatedSize, Int64) -> Void) {
        tail.forEachPlace(of: index, body)
    }

    private static let tailIsIncomplete = PostgreSQLError.decoding(
        column: 0, expected: "every size of \(PackedGroup.overflow) or more in the tail too")

    private func lanes(of index: Int) -> PackedLanes {
        let group = index / PackedGroup.capacity
        return PackedLanes(bytes: packed[group], group: groups[group], column: index)
    }
}

/// The counts of an answer.
struct CountedResult: Sendable {
    /// Rows that were read.
    let rows: Int
    /// As in the result.
    let usesLZ4: Bool?
    /// For each column; empty where only the tail was read.
    private let lanes: [LaneCounts]
    private let places: Places

    /// The rows that came with their places.
    enum Places: Sendable {
        case tail(PackedTail)
        case rows(RowSizes)
    }

    init(rows: Int, usesLZ4: Bool?, lanes: [LaneCounts], places: Places) {
        self.rows = rows
        self.usesLZ4 = usesLZ4
        self.lanes = lanes
        self.places = places
    }

    /// Whether a row came with its place.
    var hasPlaces: Bool {
        switch places {
        case .tail(let tail): !tail.isEmpty
        case .rows: rows > 0
        }
    }

    /// Adds everything to what was counted of the columns.
    ///
    /// - Parameter positions: of the columns of the result among all; nil where they are all.
    func add(
        to columns: inout [ColumnScan], _ path: WritableKeyPath<ColumnScan, PackedAccumulator>,
        at positions: [Int]? = nil
    ) {
        for (index, position) in (positions ?? Array(columns.indices)).enumerated() {
            add(column: index, to: &columns[position][keyPath: path])
        }
    }

    /// Adds everything to what is counted of a part of the last blocks of the table.
    func addRecent(to columns: inout [ColumnScan], part: Int) {
        for index in columns.indices where part < columns[index].recent.count {
            add(column: index, to: &columns[index].recent[part])
        }
    }

    private func add(column index: Int, to column: inout PackedAccumulator) {
        switch places {
        case .tail(let tail):
            if index < lanes.count { lanes[index].add(to: &column, overflowing: tail.overflowing(index)) }
            tail.forEachPlace(of: index) { column.consider($0, hash: $1) }
        case .rows(let rows):
            lanes[index].add(to: &column, overflowing: [])
            let threshold = column.hashLimits == nil ? column.threshold(from: .first) : -1
            rows.forEachPlace(of: index, above: threshold) { column.consider($0, hash: $1) }
        }
    }
}
