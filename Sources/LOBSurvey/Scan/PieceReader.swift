import LOBProfile
import PostgreSQLClient

/// Reads one piece of a table in one transaction and hands it to the table once that has ended well.
struct PieceReader {
    let preamble: Preamble
    /// Time that a chunk should take.
    let target: Duration

    /// The whole of a table or sample cannot be halved by time: only the client's patience bounds it.
    private static let wholeTableTimeout: Duration = .seconds(6 * 3600)

    /// Reads a piece.
    ///
    /// - Throws: `PostgreSQLError`; then nothing of the piece was counted.
    func read(
        _ piece: TableScan.Piece, of scan: TableScan, over connection: inout Connection
    ) throws(PostgreSQLError) {
        switch piece {
        case .chunk(let range): try readChunk(range, of: scan, over: &connection)
        case .wholeTable: try readRows(of: scan, columns: scan.fullColumns, sample: nil, over: &connection)
        case .sample:
            try readRows(
                of: scan, columns: scan.sampledColumns, sample: scan.plan.sample, over: &connection)
        }
    }

    /// The statements that read a table: that of its first chunk, or of its rows, and that of its sample.
    static func statements(of scan: TableScan) throws(PostgreSQLError) -> [SQL] {
        var statements: [SQL] = []
        let hasPlaces = scan.plan.relation.isSelectable && scan.plan.relation.hasPlaces
        if !scan.fullColumns.isEmpty {
            let source = try TableSource(scan.plan.relation, columns: scan.fullColumns)
            statements.append(
                scan.isChunked
                    ? PackedScan(source: source).statement(
                        range: .blocks(
                            0..<min(TableScan.firstChunk, scan.plan.relation.blocks), isOpenEnded: false),
                        thresholds: scan.thresholds)
                    : RowScan(source: source, sample: nil, hasPlaces: hasPlaces).statement)
        }
        if !scan.sampledColumns.isEmpty {
            let source = try TableSource(scan.plan.relation, columns: scan.sampledColumns)
            statements.append(
                RowScan(source: source, sample: scan.plan.sample, hasPlaces: hasPlaces).statement)
        }
        return statements
    }

    private func readChunk(
        _ range: TIDRange, of scan: TableScan, over connection: inout Connection
    ) throws(PostgreSQLError) {
        let packed = PackedScan(source: try TableSource(scan.plan.relation, columns: scan.fullColumns))
        let identity = IdentityCheck(relation: scan.plan.relation, columns: scan.fullColumns)
        let statements =
            preamble.statements() + [
                // An unanalysed table could be read in full for each chunk otherwise.
                Statement("SELECT pg_catalog.set_config('enable_seqscan', 'off', true)"),
                Statement(packed.statement(range: range, thresholds: scan.thresholds)), identity.statement,
                Statement("COMMIT"),
            ]
        var result: PackedResult?
        var isSame = false
        let clock = ContinuousClock()
        let start = clock.now
        try connection.batch(statements, deadline: preamble.statementTimeout + .seconds(5)) {
            (index: Int, row: borrowing Row) throws(PostgreSQLError) in
            switch index {
            case 3: result = try PackedResult(row, groups: packed.groups)
            case 4: isSame = try row.bool(0)
            default: break
            }
        }
        guard isSame else { return scan.giveUp(.changed, detail: nil) }
        guard let result else { throw .protocolViolation("no row from an aggregate") }
        try scan.add(result, of: range, took: clock.now - start, target: target)
    }

    /// Whether the rows of a range can be reached at all, whatever their values are.
    ///
    /// - Throws: `PostgreSQLError` for anything but damage.
    func canCount(
        _ range: TIDRange, of scan: TableScan, over connection: inout Connection
    ) throws(PostgreSQLError) -> Bool {
        let relation = scan.plan.relation.name
        let name = try SQL.name(schema: relation.schema.bytes, name: relation.name.bytes)
        let statements =
            preamble.statements() + [
                Statement("SELECT pg_catalog.set_config('enable_seqscan', 'off', true)"),
                Statement("SELECT pg_catalog.count(*) FROM ONLY \(name) WHERE \(range.condition)"),
                Statement("COMMIT"),
            ]
        do throws(PostgreSQLError) {
            try connection.batch(statements, deadline: preamble.statementTimeout + .seconds(5)) { _, _ in }
            return true
        } catch {
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
        try connection.batch(patient.statements(), deadline: .seconds(30)) { _, _ in }
        do throws(PostgreSQLError) {
            try connection.copyOut(rows.statement, deadline: Self.wholeTableTimeout) {
                (row: borrowing CopyRow) throws(PostgreSQLError) in
                try Self.add(row, hasPlace: hasPlaces, columnCount: columns.count, to: &collected)
            }
            guard try isSame(scan, columns, over: &connection) else {
                return scan.giveUp(.changed, detail: nil)
            }
        } catch {
            if !error.isConnectionLost { try connection.execute("ROLLBACK", deadline: .seconds(30)) }
            throw error
        }
        collected.finish()
        if sample == nil {
            scan.add(rows: collected.rows, columns: collected.columns, took: clock.now - start)
        } else {
            scan.add(sample: collected, took: clock.now - start)
        }
    }

    private func isSame(
        _ scan: TableScan, _ columns: [Column], over connection: inout Connection
    ) throws(PostgreSQLError) -> Bool {
        var isSame = false
        let check = IdentityCheck(relation: scan.plan.relation, columns: columns).statement
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
        let tid = try row.bytes(0)
        guard tid.count == 6 else { throw .decoding(column: 0, expected: "a tid of six bytes") }
        let block = tid[0..<4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        collected.add(sizes, place: (block, UInt16(tid[4]) << 8 | UInt16(tid[5])))
    }
}

extension Relation {
    /// Whether rows have a meaningful ctid: heap tables and materialized views do.
    var hasPlaces: Bool {
        kind != .foreignTable && (accessMethod.map { $0 == Identifier("heap") } ?? true)
    }
}
