import PostgreSQLClient

/// Reads all pages of large objects by their places, chunk by chunk.
struct LargeObjectPages {
    private let blocks: Int
    private var ranges: [TIDRange] = []
    /// Blocks that one transaction reads.
    private var pace = Pace(first: 128, limits: 1...8192)
    /// The file that the pages are in.
    private var file: Int64?

    /// Begins with the first of so many blocks.
    init(blocks: Int) {
        self.blocks = max(1, blocks)
        rewind()
    }

    /// Goes back to the first block.
    mutating func rewind() {
        ranges = [.blocks(0..<blocks, isOpenEnded: true)]
        file = nil
    }

    /// Reads the next chunk into a window; true when there is none left.
    ///
    /// - Throws: `PostgreSQLError`; then the chunk is left to be read.
    mutating func step(
        _ window: inout LargeObjectWindow, _ preamble: Preamble, target: Duration,
        over connection: inout Connection
    ) throws(PostgreSQLError) -> Bool {
        if file == nil { window.clearSizes() }
        guard let range = ranges.popLast() else { return true }
        let (start, chunk) = (ContinuousClock.now, pace.size)
        let part = range.first(chunk)
        do throws(PostgreSQLError) {
            try read(part.range, into: &window, preamble, over: &connection)
        } catch {
            ranges.append(range)
            pace.shrink(below: chunk)
            guard !preamble.hasLostSnapshot(error), case .halve = ScanFault(error), chunk > 1 else {
                throw error
            }
            return false
        }
        if let rest = part.rest, file != nil { ranges.append(rest) }
        pace.note(chunk, took: start.duration(to: .now), target: target)
        return ranges.isEmpty
    }

    private mutating func read(
        _ range: TIDRange, into window: inout LargeObjectWindow, _ preamble: Preamble,
        over connection: inout Connection
    ) throws(PostgreSQLError) {
        var answer: (objects: [UInt8], ends: [UInt8], file: Int64) = ([], [], 0)
        try ReadTransaction(preamble, settings: [ReadTransaction.byPlaces]).run(
            Statement(LargeObjectSQL.pages(in: range)), over: &connection
        ) { (row: borrowing Row) throws(PostgreSQLError) in
            answer = (
                try row.optionalBytes(0) ?? [], try row.optionalBytes(1) ?? [],
                try row.optionalInt64(2) ?? 0
            )
        }
        guard file == nil || file == answer.file else {
            // It was rewritten, as by VACUUM FULL: every page may be at another place.
            rewind()
            return
        }
        file = answer.file
        window.add(pagesOf: answer.objects, endingAt: answer.ends)
    }
}

extension TIDRange {
    /// Its first blocks, and what is left.
    func first(_ blocks: Int) -> (range: TIDRange, rest: TIDRange?) {
        guard start.offset == 0, blockCount > blocks else { return (self, nil) }
        let middle = Place(block: start.block + blocks, offset: 0)
        return (
            TIDRange(start: start, end: middle), TIDRange(start: middle, end: end, isOpenEnded: isOpenEnded)
        )
    }
}
