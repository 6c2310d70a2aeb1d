import LOBProfile
import PostgreSQLClient
import SizeStatistics

/// Reads one piece of a table in one transaction and hands it to the table once that has ended well.
struct PieceReader {
    let preamble: Preamble
    /// Time that a chunk should take.
    let target: Duration

    /// The whole of a table or sample cannot be halved by time: only the client's patience bounds it.
    static let wholeTableTimeout: Duration = .seconds(6 * 3600)

    /// Reads a piece.
    ///
    /// - Returns: what was read where counting it takes so long that the server should not wait for it; else nil.
    /// - Throws: `PostgreSQLError`; then nothing of the piece was counted.
    func read(
        _ piece: TableScan.Piece, of scan: TableScan, over connection: inout Connection
    ) throws(PostgreSQLError) -> ReadChunk? {
        switch piece {
        case .chunk(let range): return try readChunk(range, of: scan, over: &connection)
        case .wholeTable where scan.plan.relation.kind == .foreignTable:
            try readForeign(scan, over: &connection)
        case .wholeTable: try readRows(of: scan, columns: scan.fullColumns, sample: nil, over: &connection)
        case .fetch(let batch): try fetch(batch, of: scan, over: &connection)
        case .blocks(let blocks): try readBlocks(blocks, of: scan, over: &connection)
        case .storage(let blocks): try readStorage(blocks, of: scan, over: &connection)
        case .sample:
            try readRows(
                of: scan, columns: scan.sampledColumns, sample: scan.design, over: &connection)
        }
        return nil
    }

    /// The statements that read a table: that of its first chunk, or of its rows, and that of its sample.
    static func statements(of scan: TableScan) throws(PostgreSQLError) -> [SQL] {
        var statements: [SQL] = []
        let hasPlaces = scan.plan.relation.isSelectable && scan.plan.relation.hasPlaces
        let drawn = scan.firstDrawn
        if scan.isChunked, let blocks = TableScan.storageBlocks(of: scan.plan) {
            statements.append(try storage(of: scan).statement(for: blocks))
        }
        if !drawn.isEmpty {
            let source = try TableSource(scan.plan.relation, columns: scan.sampledColumns)
            statements.append(
                PackedScan(source: source).statement(blocks: drawn, wanted: scan.wantedOfSample))
        }
        if !scan.storedColumns.isEmpty || !scan.fullColumns.isEmpty && scan.isChunked {
            statements.append(
                try packedScan(of: scan).statement(
                    where: scan.firstRange.condition, wanted: scan.wanted))
        } else if !scan.fullColumns.isEmpty {
            let source = try TableSource(scan.plan.relation, columns: scan.fullColumns)
            let isForeign = scan.plan.relation.kind == .foreignTable
            statements.append(
                isForeign
                    ? ForeignScan(source: source).statement
                    : RowScan(source: source, sample: nil, hasPlaces: hasPlaces).statement)
        }
        for column in scan.storedColumns {
            let example = LocatedSize(size: ByteCount(0), block: 0, offset: 1)
            statements.append(
                try FetchStatement(relation: scan.plan.relation, column: column).statement(for: [example]))
        }
        if !scan.sampledColumns.isEmpty, drawn.isEmpty {
            let source = try TableSource(scan.plan.relation, columns: scan.sampledColumns)
            statements.append(
                RowScan(source: source, sample: scan.design, hasPlaces: hasPlaces).statement)
        }
        return statements
    }

    /// An unanalysed table could be read in full for each chunk otherwise.
    static let byPlaces = Statement("SELECT pg_catalog.set_config('enable_seqscan', 'off', true)")

    static func packedScan(of scan: TableScan) throws(PostgreSQLError) -> PackedScan {
        PackedScan(
            source: try TableSource(
                scan.plan.relation, columns: scan.fullColumns, storedColumns: scan.storedColumns),
            isTailOnly: scan.isTailOnly)
    }

    private func readBlocks(
        _ blocks: [UInt32], of scan: TableScan, over connection: inout Connection
    ) throws(PostgreSQLError) {
        let source = try TableSource(scan.plan.relation, columns: scan.sampledColumns)
        let packed = PackedScan(source: source)
        let clock = ContinuousClock()
        let start = clock.now
        var results: [PackedResult] = []
        let isSame = try read(
            packed.statement(blocks: blocks, wanted: scan.wantedOfSample), of: source.columns, scan,
            over: &connection
        ) { (row: borrowing Row) throws(PostgreSQLError) in
            results.append(try PackedResult(row, groups: packed.groups, hasHashes: false))
        }
        guard isSame else { return try giveUpChanged(scan, over: &connection) }
        guard results.count == blocks.count else {
            throw .protocolViolation("\(results.count) rows for \(blocks.count) blocks")
        }
        try scan.add(results, took: clock.now - start, target: target)
    }

    private func readChunk(
        _ range: TIDRange, of scan: TableScan, over connection: inout Connection
    ) throws(PostgreSQLError) -> ReadChunk? {
        let clock = ContinuousClock()
        let start = clock.now
        let result = try read(
            try Self.packedScan(of: scan), range, of: scan, wanted: scan.wanted, over: &connection)
        guard let result else {
            try giveUpChanged(scan, over: &connection)
            return nil
        }
        let chunk = ReadChunk(scan: scan, range: range, result: result)
        // The first chunks are small, and the next ones ask for less once they are counted.
        let isSmall = result.byteCount < Self.worthwhile
        if isSmall { try chunk.count() }
        scan.steer(after: range, took: clock.now - start, target: target)
        return isSmall ? nil : chunk
    }

    /// Bytes that take about a millisecond to count.
    private static let worthwhile = 1 << 18

    /// Reads a single row column by column, so that one bad value does not cost the others.
    ///
    /// - Throws: `PostgreSQLError` for what is not the row's fault; then nothing of it was counted.
    func readRow(
        _ range: TIDRange, of scan: TableScan, over connection: inout Connection
    ) throws(PostgreSQLError) {
        let wanted = scan.wanted
        let row = try RowOutcome(
            columns: scan.fullColumns, storedColumns: scan.storedColumns
        ) { (indices) throws(PostgreSQLError) in
            let packed = PackedScan(
                source: try TableSource(
                    scan.plan.relation,
                    columns: indices.filter { $0 < scan.fullColumns.count }.map { scan.fullColumns[$0] },
                    storedColumns: indices.filter { $0 >= scan.fullColumns.count }.map {
                        scan.storedColumns[$0 - scan.fullColumns.count]
                    }))
            return try read(packed, range, of: scan, wanted: wanted.selecting(indices), over: &connection)
        }
        guard let row else { return try giveUpChanged(scan, over: &connection) }
        try scan.add(row, of: range)
    }

    /// The packed sizes of a range; nil where the table is no longer the planned one.
    private func read(
        _ packed: PackedScan, _ range: TIDRange, of scan: TableScan, wanted: WantedRows,
        over connection: inout Connection
    ) throws(PostgreSQLError) -> PackedResult? {
        var result: PackedResult?
        let columns = packed.source.columns
        let isSame = try read(
            packed.statement(where: range.condition, wanted: wanted), of: columns, scan, over: &connection
        ) { (row: borrowing Row) throws(PostgreSQLError) in
            result = try packed.result(row, wanted: wanted)
        }
        guard isSame else { return nil }
        guard let result else { throw .protocolViolation("no row from an aggregate") }
        return result
    }

    /// Runs a statement that reads by places; false where the table is no longer the planned one.
    func read(
        _ statement: SQL, of columns: [Column], _ scan: TableScan, over connection: inout Connection,
        _ body: (borrowing Row) throws(PostgreSQLError) -> Void
    ) throws(PostgreSQLError) -> Bool {
        let identity = IdentityCheck(
            relation: scan.plan.relation, columns: columns, seesOldCatalog: preamble.snapshot != nil)
        let statements =
            preamble.statements() + [
                Self.byPlaces, try identity.assertion(), Statement(statement), try identity.isStillNamed(),
                Statement("COMMIT"),
            ]
        var isSame = false
        do throws(PostgreSQLError) {
            try connection.batch(statements, deadline: preamble.statementTimeout + .seconds(5)) {
                (index: Int, row: borrowing Row) throws(PostgreSQLError) in
                switch index - preamble.count {
                case 2: try body(row)
                case 3: isSame = try row.bool(0)
                default: break
                }
            }
        } catch {
            guard IdentityCheck.hasFailed(error, at: preamble.count + 1) else { throw error }
            return false
        }
        return isSame
    }

    /// Gives a table up that is no longer the planned one: dropped where nothing has its name any more.
    ///
    /// A change is noticed in several ways, depending on the moment; the reason does not depend on which was first.
    func giveUpChanged(_ scan: TableScan, over connection: inout Connection) throws(PostgreSQLError) {
        let query = IdentityCheck(relation: scan.plan.relation, columns: []).nameIsTaken
        var isTaken = false
        // An old snapshot does not know that a table was dropped.
        var current = preamble
        current.snapshot = nil
        try connection.batch(
            current.statements() + [query, Statement("COMMIT")],
            deadline: preamble.statementTimeout + .seconds(5)
        ) { (index: Int, row: borrowing Row) throws(PostgreSQLError) in
            if index == current.count { isTaken = try row.bool(0) }
        }
        scan.giveUp(isTaken ? .changed : .dropped, detail: nil)
    }

    private func fetch(
        _ batch: FetchBatch, of scan: TableScan, over connection: inout Connection
    ) throws(PostgreSQLError) {
        let column = scan.storedColumns[batch.column]
        let fetch = try FetchStatement(relation: scan.plan.relation, column: column).statement(
            for: batch.rows)
        let identity = IdentityCheck(
            relation: scan.plan.relation, columns: [column], seesOldCatalog: preamble.snapshot != nil)
        let statements =
            preamble.statements() + [
                try identity.assertion(), Statement(fetch), try identity.isStillNamed(), Statement("COMMIT"),
            ]
        var sizes: [Place: (stored: Int32, size: Int32)] = [:]
        var isSame = false
        let clock = ContinuousClock()
        let start = clock.now
        do throws(PostgreSQLError) {
            try connection.batch(statements, deadline: preamble.statementTimeout + .seconds(5)) {
                (index: Int, row: borrowing Row) throws(PostgreSQLError) in
                switch index - preamble.count {
                case 1 where !row.isNull(1):
                    sizes[try Self.place(row)] = (try row.int32(1), try row.int32(2))
                case 2: isSame = try row.bool(0)
                default: break
                }
            }
        } catch {
            guard IdentityCheck.hasFailed(error, at: preamble.count) else { throw error }
            isSame = false
        }
        guard isSame else { return try giveUpChanged(scan, over: &connection) }
        let found = batch.rows.map { row -> Int32? in
            let entry = sizes[Place(block: row.block, offset: row.offset)]
            // Another row stands at a place that was freed: its size says nothing about the one that was.
            return entry.flatMap { Int64($0.stored) == row.size.bytes ? $0.size : nil }
        }
        scan.add(found, of: batch, took: clock.now - start)
    }

    private struct Place: Hashable {
        let block: UInt32
        let offset: UInt16
    }

    /// A ctid in the binary form of the protocol: a block of 4 bytes and a line pointer of 2.
    private static func place(_ row: borrowing Row) throws(PostgreSQLError) -> Place {
        let tid = try row.bytes(0)
        guard tid.count == 6 else { throw .decoding(column: 0, expected: "a tid of six bytes") }
        let block = tid[0..<4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return Place(block: block, offset: UInt16(tid[4]) << 8 | UInt16(tid[5]))
    }

    /// Whether the rows of a range can be reached at all, whatever their values are.
    ///
    /// - Throws: `PostgreSQLError` for anything but damage.
    func canCount(
        _ range: TIDRange, of scan: TableScan, over connection: inout Connection
    ) throws(PostgreSQLError) -> Bool {
        let relation = scan.plan.relation
        let name = try SQL.name(schema: relation.name.schema.bytes, name: relation.name.name.bytes)
        let identity = IdentityCheck(
            relation: relation, columns: scan.fullColumns + scan.storedColumns,
            seesOldCatalog: preamble.snapshot != nil)
        let statements =
            preamble.statements() + [
                Self.byPlaces, try identity.assertion(),
                Statement("SELECT pg_catalog.count(*) FROM ONLY \(name) WHERE \(range.condition)"),
                Statement("COMMIT"),
            ]
        do throws(PostgreSQLError) {
            try connection.batch(statements, deadline: preamble.statementTimeout + .seconds(5)) { _, _ in }
            return true
        } catch {
            // Reading the rows finds the change again, and gives the table up.
            if IdentityCheck.hasFailed(error, at: preamble.count + 1) { return true }
            guard case .halve(.damaged) = ScanFault(error) else { throw error }
            return false
        }
    }

    private func readRows(
        of scan: TableScan, columns: [Column], sample: SampleDesign?, over connection: inout Connection
    ) throws(PostgreSQLError) {
        let hasPlaces = scan.plan.relation.isSelectable && scan.plan.relation.hasPlaces
        let rows = RowScan(
            source: try TableSource(scan.plan.relation, columns: columns), sample: sample,
            hasPlaces: hasPlaces)
        var patient = preamble
        patient.statementTimeout = Self.wholeTableTimeout
        var collected = SampleAccumulator(columnCount: columns.count)
        let clock = ContinuousClock()
        let start = clock.now
        let identity = IdentityCheck(
            relation: scan.plan.relation, columns: columns, seesOldCatalog: preamble.snapshot != nil)
        let opening = patient.statements() + [try identity.assertion()]
        do throws(PostgreSQLError) {
            try Self.begin(opening, over: &connection)
        } catch {
            guard IdentityCheck.hasFailed(error, at: preamble.count) else { throw error }
            return try giveUpChanged(scan, over: &connection)
        }
        do throws(PostgreSQLError) {
            try connection.copyOut(rows.statement, deadline: Self.wholeTableTimeout) {
                (row: borrowing CopyRow) throws(PostgreSQLError) in
                try Self.add(row, hasPlace: hasPlaces, columnCount: columns.count, to: &collected)
            }
            guard try isSame(scan, columns, over: &connection) else {
                return try giveUpChanged(scan, over: &connection)
            }
        } catch {
            if connection.isAlive { try connection.rollback() }
            throw error
        }
        collected.finish()
        if sample == nil {
            scan.add(rows: collected.rows, columns: collected.columns, took: clock.now - start)
        } else {
            scan.add(sample: collected, took: clock.now - start)
        }
    }

    private static func begin(
        _ opening: [Statement], over connection: inout Connection
    ) throws(PostgreSQLError) {
        try connection.batch(opening, deadline: .seconds(30)) { _, _ in }
    }

    private func isSame(
        _ scan: TableScan, _ columns: [Column], over connection: inout Connection
    ) throws(PostgreSQLError) -> Bool {
        var isSame = false
        let check = try IdentityCheck(relation: scan.plan.relation, columns: columns).isStillNamed()
        try connection.batch([check, Statement("COMMIT")], deadline: .seconds(30)) {
            (index: Int, row: borrowing Row) throws(PostgreSQLError) in
            if index == 0 { isSame = try row.bool(0) }
        }
        return isSame
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
        let place = try Self.place(row)
        collected.add(sizes, place: (place.block, place.offset))
    }
}

extension Relation {
    /// Whether rows have a meaningful ctid: heap tables and materialized views do.
    var hasPlaces: Bool {
        kind != .foreignTable && (accessMethod.map { $0 == Identifier("heap") } ?? true)
    }
}
