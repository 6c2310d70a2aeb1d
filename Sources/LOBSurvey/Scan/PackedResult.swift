import LOBProfile
import PostgreSQLClient
import SizeStatistics

/// The answer to a `PackedScan`, kept until its transaction has ended well.
struct PackedResult {
    /// Rows that were read.
    let rows: Int
    /// Whether a json value of which the stored size was read is compressed by lz4; nil where that was not asked.
    let usesLZ4: Bool?
    private let groups: [PackedGroup]
    /// Whether only the number of rows and the tail were read.
    private var isTailOnly: Bool { groups.isEmpty }
    private let packed: [[UInt8]]
    private let tail: PackedTail

    /// Takes a row of the statement.
    ///
    /// - Parameters:
    ///   - first: the column of the first integer.
    ///   - asksForLZ4: whether the last column tells of compression.
    init(
        _ row: borrowing Row, from first: Int = 0, groups: [PackedGroup], hasHashes: Bool,
        asksForLZ4: Bool = false
    ) throws(PostgreSQLError) {
        self.groups = groups
        var packed: [[UInt8]] = []
        for index in groups.indices {
            packed.append(row.isNull(first + index) ? [] : try row.bytes(first + index))
        }
        self.packed = packed
        rows = groups.first.map { packed[0].count / $0.width } ?? 0
        let column = first + groups.count
        tail = try PackedTail(
            bytes: row.isNull(column) ? [] : try row.bytes(column),
            columnCount: groups.last?.columns.upperBound ?? 0, hasHashes: hasHashes)
        // Without a row there is no value.
        let isSeen = asksForLZ4 && !row.isNull(column + 1) ? try row.bool(column + 1) : false
        usesLZ4 = asksForLZ4 ? isSeen : nil
        for (group, bytes) in zip(groups, packed) where bytes.count != rows * group.width {
            throw .decoding(column: first, expected: "\(group.width) bytes for each of \(rows) rows")
        }
    }

    /// Takes a row of a statement that reads the tail only.
    init(tailOf row: borrowing Row, columnCount: Int) throws(PostgreSQLError) {
        (groups, packed, usesLZ4) = ([], [], nil)
        rows = Int(try row.int64(0))
        tail = try PackedTail(
            bytes: row.isNull(1) ? [] : try row.bytes(1), columnCount: columnCount, hasHashes: false)
    }

    /// Counts everything into the accumulators of the columns.
    ///
    /// - Throws: `PostgreSQLError.decoding` where tail and integers contradict each other; then nothing was counted.
    func add(to columns: inout [PackedAccumulator]) throws(PostgreSQLError) {
        guard !isTailOnly else {
            for index in columns.indices {
                tail.forEachPlace(of: index) { columns[index].consider($0, hash: $1) }
            }
            return
        }
        var counted: [LaneCounts] = []
        for index in columns.indices {
            let counts = LaneCounts(lanes: lanes(of: index), rows: rows)
            guard counts.full == tail.overflowing(index).count else { throw Self.tailIsIncomplete }
            counted.append(counts)
        }
        for index in columns.indices {
            columns[index].addNulls(counted[index].nulls)
            counted[index].addSizes(to: &columns[index])
            for size in tail.overflowing(index) { columns[index].add(size) }
            tail.forEachPlace(of: index) { columns[index].consider($0, hash: $1) }
        }
    }

    /// The sizes of one column, in any order, and how many rows were NULL.
    func values(of index: Int) throws(PostgreSQLError) -> (sizes: [Int32], nulls: Int) {
        var sizes = tail.overflowing(index)
        let fitting = rows - sizes.count
        var nulls = 0
        var full = 0
        for lane in lanes(of: index) {
            switch lane {
            case 0: nulls += 1
            case PackedGroup.full: full += 1
            default: sizes.append(Int32(lane - 1))
            }
        }
        guard full == rows - fitting else { throw Self.tailIsIncomplete }
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

/// The lanes of one column: numbers of 16 bits, big-endian, one in each integer.
struct PackedLanes: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private let step: Int
    private var offset: Int

    init(bytes: [UInt8], group: PackedGroup, column: Int) {
        self.bytes = bytes
        step = group.width
        offset = group.width - 2 * (group.columns.upperBound - column)
    }

    mutating func next() -> Int? {
        guard offset < bytes.count else { return nil }
        defer { offset += step }
        return Int(bytes[offset]) << 8 | Int(bytes[offset + 1])
    }
}

/// How often each lane was seen.
struct LaneCounts {
    private var counts: [UInt32]
    private let rows: Int

    /// Counts; many rows in a table, few in one as long as their largest.
    init(lanes: PackedLanes, rows: Int) {
        self.rows = rows
        let largest = rows < 4096 ? lanes.reduce(0) { Swift.max($0, $1) } : PackedGroup.full
        counts = Array(repeating: 0, count: largest + 1)
        for lane in lanes { counts[lane] &+= 1 }
    }

    var nulls: Int { Int(counts[0]) }
    /// Sizes that did not fit.
    var full: Int { counts.count > PackedGroup.full ? Int(counts[PackedGroup.full]) : 0 }

    /// Adds the sizes that fit.
    func addSizes(to column: inout PackedAccumulator) {
        column.addShortSizes(counts[1...].prefix(PackedGroup.full - 1), total: rows)
    }
}
