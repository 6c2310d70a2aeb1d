import LOBProfile
import SizeStatistics

/// Collects the sampled rows of one table, block by block as a sample scan returns them.
struct SampleAccumulator {
    private(set) var columns: [ColumnAccumulator] = []
    private(set) var rows = 0
    /// Blocks that held at least one row.
    private(set) var blocks = 0
    private var summaries: [BlockSummary] = []
    private var current: UInt32?
    private var open: [OpenBlock] = []

    /// What one column held in the block that is being read.
    private struct OpenBlock {
        var rows = 0
        var values = 0
        var sum: Int64 = 0
        var largest: Int32?
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
            open[index].rows += 1
            guard let size else { continue }
            open[index].values += 1
            open[index].sum += Int64(size)
            open[index].largest = max(open[index].largest ?? 0, size)
            guard let place else { continue }
            columns[index].locate(
                LocatedSize(size: ByteCount(Int64(size)), block: place.block, offset: place.offset))
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
            summaries[index].add(
                rows: open[index].rows, values: open[index].values, sum: ByteCount(open[index].sum),
                largest: open[index].largest.map { ByteCount(Int64($0)) })
            open[index] = OpenBlock()
        }
    }

    /// What was found of one column.
    func measurement(of index: Int) -> ColumnMeasurement {
        ColumnMeasurement(
            method: .sample, distribution: columns[index].distribution, largest: columns[index].largest,
            blocks: blocks > 0 ? summaries[index] : nil)
    }
}
