import LOBProfile
import PostgreSQLClient

/// The large objects while they are measured: what is known, and what the next step is.
///
/// All steps are taken on the server of the first one: another has other objects, or has them at another time.
struct LargeObjectScan {
    private let session: ServerSession
    private let target: Duration
    private var moments: LargeObjectMoments
    private var phase = Phase.begin
    private var tally = LargeObjectTally()
    private var method = LargeObjectSQL.Method.opening
    private var storedBytes: Int64?
    private var lastOID: Int64 = 0
    /// Objects that one transaction looks at.
    private var pace = Pace(first: 1000, limits: 1...100_000)
    private var window = LargeObjectWindow()
    private var pages: LargeObjectPages?
    private var hasAllObjects = false
    private var references: ReferenceSearch?
    private var storedOf: [UInt32: Int64] = [:]
    private var roles: [UInt32: Identifier] = [:]
    private var securityLabels: Int?
    /// How many objects the server failed to read, by what that means; others the role may not read.
    private(set) var failed: [Unmeasured.Reason: Int] = [:]

    /// What the next step does.
    private enum Phase {
        case begin, objects, pages, references, largest, owners, end
    }

    init(session: ServerSession, target: Duration, moments: Moments) {
        self.session = session
        self.target = target
        self.moments = LargeObjectMoments(moments)
    }

    /// Whether all is done.
    var isFinished: Bool { phase == .end }

    /// Whether all objects were read that can be: what is left is who refers to them.
    var hasAllSizes: Bool {
        switch phase {
        case .begin, .objects, .pages: false
        case .references, .largest, .owners, .end: hasAllObjects
        }
    }

    /// Lets go of what is held for it.
    mutating func leave() { moments.leave() }

    /// The result so far; references only where all were looked for.
    var summary: LargeObjectSummary {
        tally.summary(
            storedBytes: storedBytes, storedOf: storedOf, roles: roles,
            references: isFinished ? references?.result : nil, securityLabels: securityLabels,
            reading: moments.reading)
    }

    /// Takes the next step.
    ///
    /// - Throws: `PostgreSQLError`; then the step was not taken, and can be tried again, on another connection where it is
    ///   `PostgreSQLError.elsewhere`.
    mutating func step(over connection: inout Connection) throws(PostgreSQLError) {
        switch phase {
        case .begin: try begin(over: &connection)
        case .references: try readReferences(over: &connection)
        case .objects, .pages, .largest, .owners: try stepInMoment(over: &connection)
        case .end: break
        }
        if isFinished || (hasAllSizes && phase == .references) { moments.leave() }
    }

    /// Takes a step that sizes depend on.
    private mutating func stepInMoment(over connection: inout Connection) throws(PostgreSQLError) {
        var preamble = session.preamble
        preamble.snapshot = try moments.snapshot(over: &connection)
        do throws(PostgreSQLError) {
            switch phase {
            case .objects: try readObjects(preamble, over: &connection)
            case .pages: try readPages(preamble, over: &connection)
            case .largest: try readLargest(preamble, over: &connection)
            default: try readOwners(preamble, over: &connection)
            }
        } catch {
            guard preamble.hasLostSnapshot(error) else { throw error }
            // The next step takes another one.
            moments.drop()
        }
    }

    private mutating func begin(over connection: inout Connection) throws(PostgreSQLError) {
        let facts = try LargeObjectFacts(session.preamble, over: &connection)
        storedBytes = facts.storedBytes
        method = facts.method
        pages = LargeObjectPages(blocks: facts.blocks)
        phase = .objects
    }

    private mutating func readObjects(
        _ preamble: Preamble, over connection: inout Connection
    ) throws(PostgreSQLError) {
        let (start, batch) = (ContinuousClock.now, pace.size)
        do throws(PostgreSQLError) {
            try readObjects(by: LargeObjectSQL.objects(by: method), preamble, over: &connection)
        } catch {
            guard !preamble.hasLostSnapshot(error) else { throw error }
            // Also where the connection was lost: what is shorter may get through.
            pace.shrink(below: batch)
            guard case .halve(let reason) = ScanFault(error) else { throw error }
            guard batch == 1 else { return }
            try readObjects(by: LargeObjectSQL.unmeasuredObjects, preamble, over: &connection)
            failed[reason, default: 0] += 1
            return
        }
        pace.note(batch, took: start.duration(to: .now), target: target)
    }

    private mutating func readObjects(
        by query: SQL, _ preamble: Preamble, over connection: inout Connection
    ) throws(PostgreSQLError) {
        let next = Statement(query, [.int8(lastOID), .int8(Int64(pace.size))])
        var objects = LargeObjectWindow.Listed()
        // All pages would be read for each batch otherwise.
        try ReadTransaction(preamble, settings: [ReadTransaction.byPlaces]).run(
            next, over: &connection
        ) { (row) throws(PostgreSQLError) in objects = try LargeObjectWindow.Listed(row) }
        guard window.add(objects) else {
            throw .protocolViolation("large objects are not in the order of their OIDs")
        }
        lastOID = window.oids.last.map(Int64.init) ?? lastOID
        hasAllObjects = objects.count < pace.size
        guard hasAllObjects || window.isFull else { return }
        if method == .allPages { return phase = .pages }
        countWindow()
    }

    private mutating func readPages(
        _ preamble: Preamble, over connection: inout Connection
    ) throws(PostgreSQLError) {
        let target = target
        let isDone: Bool
        do throws(PostgreSQLError) {
            isDone = try pages?.step(&window, preamble, target: target, over: &connection) ?? true
        } catch {
            guard !preamble.hasLostSnapshot(error), case .halve = ScanFault(error) else { throw error }
            // A page cannot be read: object by object it costs only the one that it belongs to.
            method = .lastPage
            lastOID = Int64(window.oids.first ?? 1) - 1
            window = LargeObjectWindow(from: window.start)
            return phase = .objects
        }
        guard isDone else { return }
        pages?.rewind()
        countWindow()
    }

    /// Counts the objects whose sizes are known now; the last ones before the search for references, which may take long.
    private mutating func countWindow() {
        window.forEach { tally.add($0) }
        // Where there is no object at all, what refers to one is still to be found: those that are gone.
        phase = hasAllObjects && tally.count > 0 ? .largest : .references
    }

    private mutating func readReferences(over connection: inout Connection) throws(PostgreSQLError) {
        guard var search = references else {
            references = try ReferenceSearch(session: session, target: target, over: &connection)
            return
        }
        references = nil
        defer { references = search }
        try search.step(&window, isLast: hasAllObjects, over: &connection)
        guard search.isFinished else { return }
        search.endWindow(window)
        window = LargeObjectWindow(from: UInt32(clamping: lastOID + 1))
        phase = hasAllObjects ? .end : .objects
    }

    /// Adds up what the largest objects take on disk.
    private mutating func readLargest(
        _ preamble: Preamble, over connection: inout Connection
    ) throws(PostgreSQLError) {
        var stored: [UInt32: Int64] = [:]
        let query = Statement(LargeObjectSQL.stored(), [.oidArray(tally.largest.map(\.oid))])
        do throws(PostgreSQLError) {
            // The right to read pg_largeobject is checked even where nothing of it is read.
            guard method != .opening else { return phase = .owners }
            try ReadTransaction(preamble).run(query, over: &connection) { (row) throws(PostgreSQLError) in
                guard try row.int64(1) < LargeObjectSQL.mostPages else { return }
                stored[try row.uint32(0)] = try row.int64(2)
            }
        } catch {
            guard !preamble.hasLostSnapshot(error), case .halve = ScanFault(error) else { throw error }
        }
        storedOf = stored
        phase = .owners
    }

    private mutating func readOwners(
        _ preamble: Preamble, over connection: inout Connection
    ) throws(PostgreSQLError) {
        var (names, labels): ([UInt32: Identifier], Int64) = ([:], 0)
        let owners = Statement(LargeObjectSQL.owners(), [.oidArray(tally.ownerOIDs)])
        try ReadTransaction(preamble).run(
            [owners, Statement(LargeObjectSQL.securityLabels)], over: &connection
        ) {
            (statement, row) throws(PostgreSQLError) in
            if statement == 0 {
                names[try row.uint32(0)] = Identifier(bytes: try row.bytes(1))
            } else {
                labels = try row.int64(0)
            }
        }
        (roles, securityLabels) = (names, Int(labels))
        phase = .references
    }
}
