import LOBProfile
import PostgreSQLClient

/// Reads tables with columns that may refer to large objects, one after the other, a part at a time.
struct ReferencePass {
    let tables: [ReferenceTable]
    private let session: ServerSession
    private let target: Duration
    private var next = 0
    private var scan: ReferenceScan?
    private var pace = ReferencePass.firstPace
    private var lockedSince: ContinuousClock.Instant?

    /// Blocks that one transaction reads, of each table anew.
    private static let firstPace = Pace(first: 64, limits: 1...2048)
    /// How long a locked table is tried.
    private static let lockPatience: Duration = .seconds(5)

    /// Finds the columns.
    init(
        _ kind: ReferenceCatalog.Kind, session: ServerSession, target: Duration,
        over connection: inout Connection
    ) throws(PostgreSQLError) {
        self.session = session
        self.target = target
        let catalog = ReferenceCatalog(serverVersion: session.serverVersion, kind: kind)
        var rows: [ReferenceCatalog.Row] = []
        try ReadTransaction(session.preamble).run(Statement(catalog.query), over: &connection) {
            (row: borrowing Row) throws(PostgreSQLError) in rows.append(try ReferenceCatalog.Row(row))
        }
        tables = catalog.tables(rows).map { $0.refused(session.preamble.code?.refusal(of: $0.relation.oid)) }
    }

    /// Whether every table was read.
    var isFinished: Bool { next >= tables.count }

    /// Goes back to the first table.
    mutating func rewind() { next = 0 }

    /// Reads a part of a table.
    ///
    /// - Returns: a table that is done with it.
    mutating func step(
        _ window: LargeObjectWindow, among oids: ClosedRange<UInt32>, over connection: inout Connection
    ) throws(PostgreSQLError) -> ReferenceScan? {
        guard next < tables.count else { return nil }
        guard scan != nil else {
            try begin(tables[next], over: &connection)
            return nil
        }
        try readPart(window, among: oids, over: &connection)
        guard let scan, scan.isFinished else { return nil }
        lockedSince = nil
        self.scan = nil
        next += 1
        return scan
    }

    private mutating func begin(
        _ table: ReferenceTable, over connection: inout Connection
    ) throws(PostgreSQLError) {
        guard !table.columns.isEmpty else {
            next += 1
            return
        }
        guard ReferenceScan.isChunked(table.relation, serverVersion: session.serverVersion) else {
            scan = ReferenceScan(table, blocks: nil)
            return
        }
        var blocks = 1
        let query: SQL = """
            SELECT pg_catalog.pg_relation_size($1::pg_catalog.oid) \
            / pg_catalog.current_setting('block_size')::pg_catalog.int8
            """
        do throws(PostgreSQLError) {
            try ReadTransaction(session.preamble).run(
                Statement(query, [.int8(Int64(table.relation.oid))]), over: &connection
            ) { (row: borrowing Row) throws(PostgreSQLError) in
                // NULL where it was dropped: reading it finds that.
                blocks = Int(try row.optionalInt64(0) ?? 1)
            }
        } catch {
            guard case .waitForLock = ScanFault(error) else { throw error }
            // One more locked table: reading it has more patience.
        }
        scan = ReferenceScan(table, blocks: max(1, blocks))
        pace = Self.firstPace
    }

    private mutating func readPart(
        _ window: LargeObjectWindow, among oids: ClosedRange<UInt32>, over connection: inout Connection
    ) throws(PostgreSQLError) {
        guard var scan else { return }
        self.scan = nil
        defer { self.scan = scan }
        let (start, blocks) = (ContinuousClock.now, pace.size)
        let range = scan.take(blocks)
        do throws(PostgreSQLError) {
            guard
                try scan.read(range, into: window, among: oids, over: &connection, session.preamble)
            else {
                let reason = session.preamble.code?.refusal(of: scan.table.relation.oid)
                return scan.fail(reason == nil ? .changed : .foreignCode, detail: reason)
            }
            lockedSince = nil
            pace.note(blocks, took: start.duration(to: .now), target: target)
        } catch {
            try settle(error, range, of: &scan, over: &connection)
        }
    }

    /// Deals with an error of a part; throws where only another connection can help.
    private mutating func settle(
        _ error: PostgreSQLError, _ range: TIDRange?, of scan: inout ReferenceScan,
        over connection: inout Connection
    ) throws(PostgreSQLError) {
        switch ScanFault(error) {
        case .reconnect, .stop:
            pace.shrink(below: pace.size)
            scan.putBack(range)
            throw error
        case .waitForLock:
            let since = lockedSince ?? .now
            lockedSince = since
            if since.duration(to: .now) > Self.lockPatience { return scan.fail(.lockTimeout) }
            scan.putBack(range)
        case .again:
            scan.putBack(range)
            throw error
        case .halve(let reason):
            pace.shrink(below: pace.size)
            if !scan.putBackHalves(of: range) { scan.fail(reason) }
        case .changed: scan.fail(.changed)
        case .giveUp(.permissionDenied):
            scan.putBack(range)
            scan.fail(try Refusal(of: scan.table.relation, session.preamble, over: &connection).reason)
        case .giveUp(let reason): scan.fail(reason)
        }
    }
}
