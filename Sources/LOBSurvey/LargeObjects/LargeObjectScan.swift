import LOBProfile
import PostgreSQLClient

/// The large objects while they are measured: what is known, and what the next step is.
struct LargeObjectScan {
    private let session: ServerSession
    private let target: Duration
    private var phase = Phase.begin
    private var tally = LargeObjectTally()
    private var method = LargeObjectSQL.Method.opening
    private var storedBytes: Int64?
    private var lastOID: Int64 = 0
    private var batch = LargeObjectScan.firstBatch
    private var window = LargeObjectWindow()
    private var pages: LargeObjectPages?
    private var hasAllObjects = false
    private var references: ReferenceSearch?
    private var storedOf: [UInt32: Int64] = [:]
    private var roles: [UInt32: Identifier] = [:]

    /// What the next step does.
    private enum Phase {
        case begin, objects, pages, references, largest, owners, end
    }

    private static let firstBatch = 1000
    /// Objects that one transaction looks at.
    private static let largestBatch = 100_000

    init(session: ServerSession, target: Duration) {
        self.session = session
        self.target = target
    }

    /// Whether all is done.
    var isFinished: Bool { phase == .end }

    /// The result so far.
    var summary: LargeObjectSummary {
        tally.summary(
            storedBytes: storedBytes, storedOf: storedOf, roles: roles, references: references?.result)
    }

    /// Takes the next step.
    ///
    /// - Throws: `PostgreSQLError`; then the step was not taken, and can be tried again.
    mutating func step(over connection: inout Connection) throws(PostgreSQLError) {
        switch phase {
        case .begin: try begin(over: &connection)
        case .objects: try readObjects(over: &connection)
        case .pages: try readPages(over: &connection)
        case .references: try readReferences(over: &connection)
        case .largest: try readLargest(over: &connection)
        case .owners: try readOwners(over: &connection)
        case .end: break
        }
    }

    private mutating func begin(over connection: inout Connection) throws(PostgreSQLError) {
        var facts: (mayRead: Bool, bytes: Int64, blockSize: Int64, objects: Double, pages: Double)?
        try run(LargeObjectSQL.facts, over: &connection) { (row) throws(PostgreSQLError) in
            facts = (
                try row.bool(0), try row.int64(1), try row.int64(2), try row.float8(3), try row.float8(4)
            )
        }
        guard let facts else { throw .protocolViolation("no row about large objects") }
        storedBytes = facts.bytes
        phase = .objects
        guard facts.mayRead else { return }
        let hasFewPages = facts.objects > 0 && facts.pages < facts.objects * LargeObjectSQL.fewPages
        // Pages are read once for each window.
        let isOneWindow = facts.objects < Double(LargeObjectWindow.capacity)
        method = hasFewPages && isOneWindow && session.serverVersion >= 140_000 ? .allPages : .lastPage
        pages = LargeObjectPages(blocks: Int(facts.bytes / max(1, facts.blockSize)))
    }

    private mutating func readObjects(over connection: inout Connection) throws(PostgreSQLError) {
        let start = ContinuousClock.now
        do throws(PostgreSQLError) {
            try readObjects(by: LargeObjectSQL.objects(by: method), over: &connection)
        } catch {
            guard case .halve = ScanFault(error) else { throw error }
            if batch > 1 {
                batch /= 2
            } else {
                try readObjects(by: LargeObjectSQL.unmeasuredObjects, over: &connection)
            }
            return
        }
        let factor = min(4, max(0.25, target.inSeconds / max(start.duration(to: .now).inSeconds, 0.000_1)))
        batch = min(Self.largestBatch, max(1, Int(Double(batch) * factor)))
    }

    private mutating func readObjects(
        by query: SQL, over connection: inout Connection
    ) throws(PostgreSQLError) {
        let binds: [Bind] = [.int8(lastOID), .int8(Int64(batch))]
        // All pages would be read for each batch otherwise.
        let settings: SQL = "SELECT pg_catalog.set_config('enable_seqscan', 'off', true)"
        var objects: [(oid: UInt32, owner: UInt32, size: Int64?)] = []
        try run(query, binds, settings: settings, over: &connection) { (row) throws(PostgreSQLError) in
            objects.append((try row.uint32(0), try row.uint32(1), try row.optionalInt64(2)))
        }
        for object in objects { window.add(oid: object.oid, owner: object.owner, size: object.size) }
        lastOID = objects.last.map { Int64($0.oid) } ?? lastOID
        hasAllObjects = objects.count < batch
        guard hasAllObjects || window.isFull else { return }
        if method == .allPages { return phase = .pages }
        countWindow()
    }

    private mutating func readPages(over connection: inout Connection) throws(PostgreSQLError) {
        let (preamble, target) = (session.preamble, target)
        let isDone: Bool
        do throws(PostgreSQLError) {
            isDone = try pages?.step(&window, preamble, target: target, over: &connection) ?? true
        } catch {
            guard case .halve = ScanFault(error) else { throw error }
            // A page cannot be read: object by object it costs only the one that it belongs to.
            method = .lastPage
            lastOID = Int64(window.oids.first ?? 1) - 1
            window = LargeObjectWindow()
            return phase = .objects
        }
        guard isDone else { return }
        pages?.rewind()
        countWindow()
    }

    /// Goes on with the references to the objects whose sizes are known now.
    private mutating func countWindow() {
        window.forEach { tally.add(oid: $0, owner: $1, size: $2) }
        phase = tally.count == 0 ? .end : .references
    }

    private mutating func readReferences(over connection: inout Connection) throws(PostgreSQLError) {
        guard var search = references else {
            references = try ReferenceSearch(session: session, target: target, over: &connection)
            return
        }
        references = nil
        defer { references = search }
        try search.step(&window, over: &connection)
        guard search.isFinished else { return }
        search.endWindow(window)
        window = LargeObjectWindow()
        phase = hasAllObjects ? .largest : .objects
    }

    /// Adds up what the largest objects take on disk.
    private mutating func readLargest(over connection: inout Connection) throws(PostgreSQLError) {
        var stored: [UInt32: Int64] = [:]
        let binds: [Bind] = [.oidArray(tally.largest.map(\.oid))]
        do throws(PostgreSQLError) {
            // The right to read pg_largeobject is checked even where nothing of it is read.
            guard method != .opening else { return phase = .owners }
            try run(LargeObjectSQL.stored, binds, over: &connection) { (row) throws(PostgreSQLError) in
                guard try row.int64(1) < LargeObjectSQL.mostPages else { return }
                stored[try row.uint32(0)] = try row.int64(2)
            }
        } catch {
            guard case .halve = ScanFault(error) else { throw error }
        }
        storedOf = stored
        phase = .owners
    }

    private mutating func readOwners(over connection: inout Connection) throws(PostgreSQLError) {
        var names: [UInt32: Identifier] = [:]
        try run(LargeObjectSQL.owners, [.oidArray(tally.ownerOIDs)], over: &connection) {
            (row) throws(PostgreSQLError) in
            names[try row.uint32(0)] = Identifier(bytes: try row.bytes(1))
        }
        roles = names
        phase = .end
    }

    private func run(
        _ query: SQL, _ binds: [Bind] = [], settings: SQL? = nil, over connection: inout Connection,
        _ body: (borrowing Row) throws(PostgreSQLError) -> Void
    ) throws(PostgreSQLError) {
        let before = session.preamble.statements() + (settings.map { [Statement($0)] } ?? [])
        let asked = before.count
        try connection.batch(
            before + [Statement(query, binds), Statement("COMMIT")],
            deadline: session.preamble.statementTimeout + .seconds(5)
        ) { (index: Int, row: borrowing Row) throws(PostgreSQLError) in
            if index == asked { try body(row) }
        }
    }
}
