import LOBProfile
import PostgreSQLClient

/// Looks for what refers to large objects in all tables with a column of type oid, a window of objects at a time.
struct ReferenceSearch {
    private let session: ServerSession
    private let target: Duration
    private let tables: [ReferenceTable]
    private var next = 0
    private var scan: ReferenceScan?
    private var blocks = ReferenceSearch.firstBlocks
    private var lockedSince: ContinuousClock.Instant?
    private var counted: [RelationName: [Int16: LargeObjectReferences.Column]] = [:]
    private var unchecked: [Unmeasured] = []
    private var orphans = LargeObjectReferences.Orphans(objects: 0, bytes: 0)

    private static let firstBlocks = 64
    private static let largestChunk = 2048
    /// How long a locked table is tried.
    private static let lockPatience: Duration = .seconds(5)

    /// Finds the columns.
    init(
        session: ServerSession, target: Duration, over connection: inout Connection
    ) throws(PostgreSQLError) {
        self.session = session
        self.target = target
        let query = ReferenceCatalog(serverVersion: session.serverVersion).query
        var rows: [ReferenceCatalog.Row] = []
        let preamble = session.preamble
        try connection.batch(
            preamble.statements() + [Statement(query), Statement("COMMIT")],
            deadline: preamble.statementTimeout + .seconds(5)
        ) { (index: Int, row: borrowing Row) throws(PostgreSQLError) in
            if index == preamble.count { rows.append(try ReferenceCatalog.Row(row)) }
        }
        tables = ReferenceCatalog.tables(rows)
        unchecked = tables.flatMap(\.unchecked)
    }

    /// Whether every table was looked at for the window.
    var isFinished: Bool { next >= tables.count }

    /// What was found in all windows so far.
    var result: LargeObjectReferences {
        let open = Set(unchecked.map { Place(relation: $0.relation, column: $0.column) })
        let columns = counted.values.flatMap(\.values).filter {
            !open.contains(Place(relation: $0.relation, column: $0.name))
        }
        return LargeObjectReferences(
            columns: columns.sorted { ($0.relation, $0.name) < ($1.relation, $1.name) }, unchecked: unchecked,
            orphans: unchecked.isEmpty ? orphans : nil)
    }

    private struct Place: Hashable {
        let relation: RelationName?
        let column: Identifier?
    }

    /// Counts what nothing in the window refers to, and goes back to the first table.
    mutating func endWindow(_ window: LargeObjectWindow) {
        let more = window.orphans
        orphans = .init(objects: orphans.objects + more.objects, bytes: orphans.bytes + more.bytes)
        next = 0
    }

    /// Takes the next step: a part of a table.
    mutating func step(
        _ window: inout LargeObjectWindow, over connection: inout Connection
    ) throws(PostgreSQLError) {
        guard next < tables.count else { return }
        guard scan != nil else { return try begin(tables[next], over: &connection) }
        try readPart(window, over: &connection)
        guard let scan, scan.isFinished else { return }
        settle(scan, in: &window)
        self.scan = nil
        next += 1
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
        let preamble = session.preamble
        let query: SQL = """
            SELECT pg_catalog.pg_relation_size($1::pg_catalog.oid) \
            / pg_catalog.current_setting('block_size')::pg_catalog.int8
            """
        do throws(PostgreSQLError) {
            try connection.batch(
                preamble.statements() + [
                    Statement(query, [.int8(Int64(table.relation.oid))]), Statement("COMMIT"),
                ], deadline: preamble.statementTimeout + .seconds(5)
            ) { (index: Int, row: borrowing Row) throws(PostgreSQLError) in
                // NULL where it was dropped: reading it finds that.
                if index == preamble.count { blocks = Int(try row.optionalInt64(0) ?? 1) }
            }
        } catch {
            guard case .waitForLock = ScanFault(error) else { throw error }
            // One more locked table: reading it has more patience.
        }
        scan = ReferenceScan(table, blocks: max(1, blocks))
        self.blocks = Self.firstBlocks
    }

    private mutating func readPart(
        _ window: LargeObjectWindow, over connection: inout Connection
    ) throws(PostgreSQLError) {
        guard var scan else { return }
        self.scan = nil
        defer { self.scan = scan }
        let range = scan.take(blocks)
        let start = ContinuousClock.now
        do throws(PostgreSQLError) {
            guard try scan.read(range, into: window, over: &connection, session.preamble) else {
                return scan.fail(.changed)
            }
            lockedSince = nil
            let taken = start.duration(to: .now).inSeconds
            let factor = min(4, max(0.25, target.inSeconds / max(taken, 0.000_1)))
            blocks = min(Self.largestChunk, max(1, Int(Double(blocks) * factor)))
        } catch {
            try settle(error, range, of: &scan)
        }
    }

    /// Deals with an error of a part; throws where only another connection can help.
    private mutating func settle(
        _ error: PostgreSQLError, _ range: TIDRange?, of scan: inout ReferenceScan
    ) throws(PostgreSQLError) {
        switch ScanFault(error) {
        case .reconnect, .stop:
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
            blocks = max(1, blocks / 2)
            if !scan.putBackHalves(of: range) { scan.fail(reason) }
        case .changed: scan.fail(.changed)
        case .giveUp(let reason): scan.fail(reason)
        }
    }

    /// Counts what the columns of a table refer to in the window.
    private mutating func settle(_ scan: ReferenceScan, in window: inout LargeObjectWindow) {
        lockedSince = nil
        let name = scan.table.relation.name
        for (column, found) in zip(scan.table.columns, scan.found) {
            let part = window.settle(found)
            let before = counted[name]?[column.number]
            counted[name, default: [:]][column.number] = .init(
                relation: name, name: column.name, objects: (before?.objects ?? 0) + part.objects,
                bytes: (before?.bytes ?? 0) + part.bytes)
            guard let failure = scan.failure else { continue }
            let entry = Unmeasured(relation: name, column: column.name, reason: failure)
            if !unchecked.contains(entry) { unchecked.append(entry) }
        }
    }
}
