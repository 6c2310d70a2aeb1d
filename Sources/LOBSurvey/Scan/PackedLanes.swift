/// The lanes of one column, in the order of the rows: 0 for NULL, else the size + 1.
struct PackedLanes: Sequence, IteratorProtocol {
    /// Whether every size has a lane: none means that it did not fit.
    let isWhole: Bool
    private let bytes: [UInt8]
    private let step: Int
    private var offset: Int

    init(bytes: [UInt8], group: PackedGroup, column: Int) {
        self.bytes = bytes
        isWhole = group.isWhole
        step = group.width
        offset = isWhole ? 0 : group.width - 2 * (group.columns.upperBound - column)
    }

    mutating func next() -> Int? {
        guard offset < bytes.count else { return nil }
        defer { offset += step }
        guard isWhole else { return Int(bytes[offset]) << 8 | Int(bytes[offset + 1]) }
        let (upper, lower) = (Int(bytes[offset]) << 8 | Int(bytes[offset + 1]), offset + 2)
        return Int(Int32(truncatingIfNeeded: upper << 16 | Int(bytes[lower]) << 8 | Int(bytes[lower + 1])))
            + 1
    }
}

/// How often each lane was seen.
struct LaneCounts: Sendable {
    private var counts: [UInt32]
    /// Sizes of whole lanes that are too large to have a counter each.
    private var large: [Int32] = []
    private let rows: Int
    private let isWhole: Bool

    /// Counts; many rows in a table, few in one as long as their largest.
    ///
    /// - Parameters:
    ///   - lanes: 0 for NULL, else the size + 1.
    ///   - isWhole: whether every size has a lane.
    init(_ lanes: some Sequence<Int>, rows: Int, isWhole: Bool) {
        self.rows = rows
        self.isWhole = isWhole
        let largest = rows < 4096 ? lanes.reduce(0) { Swift.max($0, $1) } : PackedGroup.full
        counts = Array(repeating: 0, count: Swift.min(largest, PackedGroup.full) + 1)
        for lane in lanes {
            if lane < PackedGroup.full || !isWhole {
                counts[lane] &+= 1
            } else {
                large.append(Int32(lane - 1))
            }
        }
    }

    private var nulls: Int { Int(counts[0]) }
    /// Sizes that have no lane.
    var full: Int { counts.count > PackedGroup.full ? Int(counts[PackedGroup.full]) : 0 }

    /// Adds the sizes, those that have no lane too.
    func add(to column: inout PackedAccumulator, overflowing: [Int32]) {
        column.addNulls(nulls)
        column.addShortSizes(counts[1...].prefix(PackedGroup.full - 1), total: rows)
        for size in isWhole ? large : overflowing { column.add(size) }
    }
}
