import LOBProfile
import PostgreSQLClient
import SizeStatistics

/// Collects the sampled rows of one table, block by block as a sample scan returns them.
struct SampleAccumulator: Sendable, Codable {
    private(set) var columns: [ColumnAccumulator] = []
    private(set) var rows = 0
    /// Blocks that held at least one row.
    private(set) var blocks = 0
    private var summaries: [BlockSummary] = []
    private var current: UInt32?
    private var open: [OpenBlock] = []

    /// What one column held in the block that is being read.
    private struct OpenBlock: Codable {
        var nulls = 0
        var sizes: [ByteCount] = []
    }

    /// An accumulator that nothing was read into.
    init() {}

    /// An accumulator for so many columns.
    init(columnCount: Int) {
        columns = Array(repeating: ColumnAccumulator(), count: columnCount)
        summaries = Array(repeating: BlockSummary(), count: columnCount)
        open = Array(repeating: OpenBlock(), count: columnCount)
    }

    /// Counts one row; `place` is nil where the role may not read ctid.
    mutating func add(_ sizes: [Int32?], place: (block: UInt32, offset: UInt16)?) {
        if let place, place.block != current {
            closeBlock()
            current = place.block
            blocks += 1
        }
        rows += 1
        for (index, size) in sizes.enumerated() {
            columns[index].add(size)
            guard let size else {
                open[index].nulls += 1
                continue
            }
            let bytes = ByteCount(Int64(size))
            open[index].sizes.append(bytes)
            guard let place else { continue }
            columns[index].locate(LocatedSize(size: bytes, block: place.block, offset: place.offset))
        }
    }

    /// Counts the rows of one block that was read by its place.
    mutating func add(_ block: PackedResult) throws(PostgreSQLError) {
        blocks += 1
        rows += block.rows
        for index in columns.indices {
            let (sizes, nulls) = try block.values(of: index)
            columns[index].addNulls(nulls)
            for size in sizes { columns[index].add(size) }
            block.forEachPlace(of: index) { place, _ in columns[index].locate(place) }
            summaries[index].add(sizes: sizes.map { ByteCount(Int64($0)) }, nulls: nulls)
        }
    }

    /// Ends the last block.
    mutating func finish() {
        closeBlock()
        current = nil
    }

    private mutating func closeBlock() {
        guard current != nil else { return }
        for index in open.indices {
            summaries[index].add(sizes: open[index].sizes, nulls: open[index].nulls)
            open[index] = OpenBlock()
        }
    }

    /// What was found of one column.
    func measurement(of index: Int, unreadBlocks: Int = 0) -> ColumnMeasurement {
        ColumnMeasurement(
            method: .sample, distribution: columns[index].distribution, largest: columns[index].largest,
            unreadBlocks: unreadBlocks, blocks: blocks > 0 ? summaries[index] : nil)
    }
}
