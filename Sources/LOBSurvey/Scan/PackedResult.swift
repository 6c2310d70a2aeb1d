import LOBProfile
import PostgreSQLClient
import SizeStatistics

/// The answer to a `PackedScan`, kept until its transaction has ended well.
struct PackedResult {
    private(set) var rows = 0
    private var groups: [[UInt8]] = []
    private var tail: [UInt8] = []
    private let hasHashes: Bool

    /// Takes the one row of the statement.
    init(_ row: borrowing Row, groups count: Int, hasHashes: Bool) throws(PostgreSQLError) {
        self.hasHashes = hasHashes
        rows = Int(try row.int64(0))
        for group in 0..<count { groups.append(row.isNull(1 + group) ? [] : try row.bytes(1 + group)) }
        tail = row.isNull(1 + count) ? [] : try row.bytes(1 + count)
        guard groups.allSatisfy({ $0.count == rows * 8 }) else {
            throw .decoding(column: 1, expected: "eight bytes for each of \(rows) rows")
        }
    }

    /// Counts everything into the accumulators of the columns.
    func add(to columns: inout [PackedAccumulator]) throws(PostgreSQLError) {
        let tailCounts = try addTail(to: &columns)
        for index in columns.indices {
            guard rows >= Self.denseFrom else {
                try addSingly(index, to: &columns[index], overflowingInTail: tailCounts[index])
                continue
            }
            var counts = [UInt32](repeating: 0, count: 65_536)
            count(group: index / 4, slot: index % 4, into: &counts)
            let overflowing = Int(counts[65_535])
            guard overflowing >= tailCounts[index] else { throw Self.tailIsIncomplete }
            columns[index].addNulls(overflowing - tailCounts[index])
            counts[65_535] = 0
            columns[index].addShortSizes(counts, total: rows)
        }
    }

    /// Rows from which a dense array of counters is worth clearing and reading.
    private static let denseFrom = 4096

    private func addSingly(
        _ index: Int, to column: inout PackedAccumulator, overflowingInTail: Int
    ) throws(PostgreSQLError) {
        let bytes = groups[index / 4]
        let flip: UInt16 = index % 4 == 0 ? 0x8000 : 0
        var overflowing = 0
        for offset in stride(from: index % 4 * 2, to: bytes.count, by: 8) {
            let size = (UInt16(bytes[offset]) << 8 | UInt16(bytes[offset + 1])) ^ flip
            if Int32(size) == PackedScan.overflow { overflowing += 1 } else { column.add(Int32(size)) }
        }
        guard overflowing >= overflowingInTail else { throw Self.tailIsIncomplete }
        column.addNulls(overflowing - overflowingInTail)
    }

    private static let tailIsIncomplete = PostgreSQLError.decoding(
        column: 1, expected: "every size of 65,535 or more in the tail too")

    /// Counts the 16-bit sizes of one slot of a group: big-endian, the first slot with 32,768 taken off.
    private func count(group: Int, slot: Int, into counts: inout [UInt32]) {
        let flip: UInt16 = slot == 0 ? 0x8000 : 0
        let bytes = groups[group]
        var offset = slot * 2
        while offset + 1 < bytes.count {
            let packed = UInt16(bytes[offset]) << 8 | UInt16(bytes[offset + 1])
            counts[Int(packed ^ flip)] &+= 1
            offset += 8
        }
    }

    /// Reads the tail: for each row its ctid (4 and 2 bytes), its hash (8 bytes, where asked for) and a size
    /// of 4 bytes for each column, -1 for NULL.
    ///
    /// Returns how many sizes of each column do not fit in 16 bits: those are counted here.
    private func addTail(to columns: inout [PackedAccumulator]) throws(PostgreSQLError) -> [Int] {
        let header = hasHashes ? 14 : 6
        let width = header + 4 * columns.count
        guard tail.count.isMultiple(of: width) else {
            throw .decoding(column: 1 + groups.count, expected: "a multiple of \(width) bytes")
        }
        var overflowing = [Int](repeating: 0, count: columns.count)
        for start in stride(from: 0, to: tail.count, by: width) {
            let block = UInt32(bitPattern: int32(at: start))
            let offset = UInt16(tail[start + 4]) << 8 | UInt16(tail[start + 5])
            let hash = hasHashes ? int64(at: start + 6) : 0
            for index in columns.indices {
                let size = int32(at: start + header + 4 * index)
                guard size >= 0 else { continue }
                columns[index].consider(
                    LocatedSize(size: ByteCount(Int64(size)), block: block, offset: offset), hash: hash)
                guard size >= PackedScan.overflow else { continue }
                overflowing[index] += 1
                columns[index].add(size)
            }
        }
        return overflowing
    }

    private func int64(at index: Int) -> Int64 {
        Int64(int32(at: index)) << 32 | Int64(UInt32(bitPattern: int32(at: index + 4)))
    }

    private func int32(at index: Int) -> Int32 {
        var value: UInt32 = 0
        for byte in tail[index..<index + 4] { value = value << 8 | UInt32(byte) }
        return Int32(bitPattern: value)
    }
}
