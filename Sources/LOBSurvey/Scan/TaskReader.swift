import LOBProfile
import PostgreSQLClient
import SizeStatistics

/// Reads one task in one transaction and hands it to its table once that has ended well.
struct TaskReader {
    /// With the snapshot to read in.
    var preamble: Preamble
    /// Time that a chunk should take.
    let target: Duration
    /// Every transaction before this one had ended when the first snapshot of the table was taken.
    var horizon: UInt64 = 0

    /// Reads a task.
    ///
    /// - Returns: what was read where counting it takes so long that the server should not wait for it; else nil.
    /// - Throws: `PostgreSQLError`; then nothing of the task was counted.
    func read(_ work: ScanQueue.Work, over connection: inout Connection) throws(PostgreSQLError) -> ReadChunk?
    {
        let scan = work.scan
        switch work.taken.task {
        case .chunk, .changes: return try readChunk(work, over: &connection)
        case .wholeTable where scan.plan.relation.kind == .foreignTable:
            try readForeign(work, over: &connection)
        case .wholeTable: try readRows(work, columns: scan.scannedColumns, sample: nil, over: &connection)
        case .sample:
            try readRows(work, columns: scan.sampledColumns, sample: scan.design, over: &connection)
        case .blocks(let blocks): try readBlocks(blocks, work, over: &connection)
        case .fetch(let batch): try fetch(batch, work, over: &connection)
        case .storage(let blocks): try readStorage(blocks, work, over: &connection)
        case .emptiness: try readEmptiness(work, over: &connection)
        case .toastFacts: try readToastFacts(work, over: &connection)
        case .toast(let window): try readToast(window, work, over: &connection)
        }
        return nil
    }

    /// The check that the table of a scan is the planned one.
    func identity(of scan: TableScan, _ columns: [Column]) -> IdentityCheck {
        IdentityCheck(
            relation: scan.plan.relation, columns: columns, seesOldCatalog: preamble.snapshot != nil)
    }

    /// The statement of a chunk, or of what changed in it.
    static func packedScan(of scan: TableScan) throws(PostgreSQLError) -> PackedScan {
        PackedScan(
            source: try TableSource(
                scan.plan.relation, columns: Array(scan.scannedColumns.prefix(scan.fullCount)),
                storedColumns: Array(scan.scannedColumns.dropFirst(scan.fullCount))),
            detail: scan.detail, hasFewRows: scan.isChunked && scan.plan.relation.blocks <= 1)
    }

    /// Which rows of its range a task is about.
    func condition(_ task: ScanTask, _ range: TIDRange) -> SQL {
        if case .changes = task { range.changes(since: horizon) } else { range.condition }
    }

    private func readChunk(
        _ work: ScanQueue.Work, over connection: inout Connection
    ) throws(PostgreSQLError) -> ReadChunk? {
        guard let range = work.taken.task.range else { throw .protocolViolation("a task without a range") }
        let (scan, start) = (work.scan, ContinuousClock.now)
        let (packed, wanted) = (try Self.packedScan(of: scan), scan.wanted(from: range.start))
        var answer = ScanAnswer(packed, wanted: wanted)
        let isSame = try byPlaces(
            packed.statement(where: condition(work.taken.task, range), wanted: wanted),
            of: identity(of: scan, packed.source.columns), over: &connection
        ) { (row: borrowing Row) throws(PostgreSQLError) in try answer.add(row) }
        guard isSame else {
            try giveUpChanged(work, over: &connection)
            return nil
        }
        if answer.missesTail {
            // Again at once: a chunk is told as read when it was counted, and only once.
            scan.listTail()
            return try readChunk(work, over: &connection)
        }
        let chunk = ReadChunk(work: work, answer: answer)
        // The first chunks are small, and the next ones ask for less once they are counted.
        let isSmall = answer.byteCount < Self.worthwhile
        if isSmall { try chunk.count() }
        scan.steer(after: work.taken, took: start.duration(to: .now), target: target)
        return isSmall ? nil : chunk
    }

    /// Bytes that take about a millisecond to count.
    private static let worthwhile = 1 << 18

    /// Runs a statement that reads by places; false where the table is not the planned one.
    func byPlaces(
        _ statement: SQL, of identity: IdentityCheck, over connection: inout Connection,
        _ body: (borrowing Row) throws(PostgreSQLError) -> Void
    ) throws(PostgreSQLError) -> Bool {
        try ReadTransaction(preamble, settings: [ReadTransaction.byPlaces]).read(
            .init(statement, of: identity), over: &connection, body)
    }

    private func readBlocks(
        _ blocks: [UInt32], _ work: ScanQueue.Work, over connection: inout Connection
    ) throws(PostgreSQLError) {
        let scan = work.scan
        let packed = PackedScan(source: try TableSource(scan.plan.relation, columns: scan.sampledColumns))
        let start = ContinuousClock.now
        var results: [PackedResult] = []
        let isSame = try byPlaces(
            packed.statement(blocks: blocks, wanted: scan.wanted(in: blocks)),
            of: identity(of: scan, scan.sampledColumns), over: &connection
        ) { (row: borrowing Row) throws(PostgreSQLError) in
            results.append(try PackedResult(row, groups: packed.groups, hasHashes: false))
        }
        guard isSame else { return try giveUpChanged(work, over: &connection) }
        guard results.count == blocks.count else {
            throw .protocolViolation("\(results.count) rows for \(blocks.count) blocks")
        }
        try scan.add(results, of: work.taken, took: start.duration(to: .now), target: target)
    }

    private func fetch(
        _ batch: FetchBatch, _ work: ScanQueue.Work, over connection: inout Connection
    ) throws(PostgreSQLError) {
        let column = work.scan.scannedColumns[batch.column]
        let statement = try FetchStatement(relation: work.scan.plan.relation, column: column).statement(
            for: batch.rows)
        var sizes: [TIDRange.Place: (code: Int32, size: Int32)] = [:]
        let start = ContinuousClock.now
        let isSame = try ReadTransaction(preamble).read(
            .init(statement, of: identity(of: work.scan, [column])), over: &connection
        ) { (row: borrowing Row) throws(PostgreSQLError) in
            guard !row.isNull(1) else { return }
            sizes[try TIDRange.place(of: try row.bytes(0))] = (try row.int32(1), try row.int32(2))
        }
        guard isSame else { return try giveUpChanged(work, over: &connection) }
        let found = batch.rows.map { row -> Int32? in
            let entry = sizes[TIDRange.Place(block: Int(row.place.block), offset: Int(row.place.offset))]
            // Another row stands at a place that was freed: its size says nothing about the one that was.
            return entry.flatMap { Int64($0.code) == row.code ? $0.size : nil }
        }
        work.scan.add(found, of: batch, work.taken, took: start.duration(to: .now))
    }

    /// Whether there is a row for those who ask without ONLY, as DMS does, and none of the table itself: descendants that are
    /// measured by themselves do not count, and a sample may have missed what is there.
    private func readEmptiness(
        _ work: ScanQueue.Work, over connection: inout Connection
    ) throws(PostgreSQLError) {
        let relation = work.scan.plan.relation
        let name = try SQL.name(schema: relation.name.schema.bytes, name: relation.name.name.bytes)
        let statement: SQL = """
            SELECT EXISTS (SELECT FROM \(name) AS r WHERE r.tableoid <> ALL ($1::pg_catalog.oid[]))
               AND NOT EXISTS (SELECT FROM ONLY \(name))
            """
        var isHidden = false
        let isSame = try ReadTransaction(preamble).read(
            .init(
                statement, [.oidArray(work.tree.otherOIDs(than: relation.oid))],
                of: identity(of: work.scan, []),
                with: .known(relation.descendants ?? [])),
            over: &connection
        ) { (row: borrowing Row) throws(PostgreSQLError) in isHidden = try row.bool(0) }
        guard isSame else { return try giveUpChanged(work, over: &connection) }
        work.scan.note(isHidden: isHidden, work.taken)
    }

    private func readRows(
        _ work: ScanQueue.Work, columns: [Column], sample: SampleDesign?, over connection: inout Connection
    ) throws(PostgreSQLError) {
        let scan = work.scan
        let hasPlaces = scan.plan.relation.isSelectable && scan.plan.relation.hasPlaces
        let rows = RowScan(
            source: try TableSource(scan.plan.relation, columns: columns), sample: sample,
            hasPlaces: hasPlaces)
        var collected = SampleAccumulator(columnCount: columns.count)
        let start = ContinuousClock.now
        let isSame = try ReadTransaction(preamble.patient).copy(
            rows.statement, of: identity(of: scan, columns), over: &connection
        ) { (row: borrowing CopyRow) throws(PostgreSQLError) in
            try Self.add(row, hasPlace: hasPlaces, columnCount: columns.count, to: &collected)
        }
        guard isSame else { return try giveUpChanged(work, over: &connection) }
        collected.finish()
        let time = start.duration(to: .now)
        if sample == nil {
            scan.add(rows: collected.rows, columns: collected.columns, of: work.taken, took: time)
        } else {
            scan.add(sample: collected, of: work.taken, took: time)
        }
    }

    private static func add(
        _ row: borrowing CopyRow, hasPlace: Bool, columnCount: Int, to collected: inout SampleAccumulator
    ) throws(PostgreSQLError) {
        let first = hasPlace ? 1 : 0
        var sizes: [Int32?] = []
        sizes.reserveCapacity(columnCount)
        for index in first..<first + columnCount {
            sizes.append(row.isNull(index) ? nil : try row.int32(index))
        }
        guard hasPlace else { return collected.add(sizes, place: nil) }
        let place = try TIDRange.place(of: try row.bytes(0))
        collected.add(
            sizes, place: (UInt32(truncatingIfNeeded: place.block), UInt16(truncatingIfNeeded: place.offset)))
    }
}
