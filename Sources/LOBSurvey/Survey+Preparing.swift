import LOBProfile
import PostgreSQLClient

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a survey does before it reads a row.
extension Survey {
    /// What is known before a row is read.
    struct Prepared {
        var session: ServerSession
        let catalog: Catalog
        let plan: Plan
        /// What some blocks told before it was made.
        let probes: [UInt32: TextProbe]
        let rates: InsertRates
        let wal: WALMeter
        /// The moment before the catalog was read.
        let begin: SeenMoment
        /// The servers that rows are read from, one or more.
        let readers: [Reader]
        /// What `pg_inherits` held, in short.
        let inheritance: Int64
        /// The logical table that each relation of the whole database belonged to, both by OID.
        let known: [UInt32: UInt32]
        /// Logical tables of which a part is not measured, by their OID.
        let partial: Set<UInt32>

        /// Seconds for which a snapshot may be held, where there are several readers at that with the shortest limit.
        var snapshotLimit: Double { readers.map(\.snapshotLimit.inSeconds).min() ?? 0 }
    }

    func prepare() throws(SurveyError) -> Prepared {
        guard !options.isConsistent || options.readers.isEmpty else { throw .readersOfOneMoment }
        var connection = try connect(to: conninfo)
        var session = try ServerSession(
            conninfo, statementTimeout: options.statementTimeout, assumedVersion: assumedServerVersion,
            over: &connection)
        session.preamble.showsShards = isOfShards
        // Before the catalog: what comes after it is seen by that it is newer.
        let (begin, limit, inheritance) = try beginning(&connection, session)
        let catalog: Catalog
        do throws(PostgreSQLError) { catalog = try readCatalog(&connection, of: &session) } catch {
            throw .postgreSQL(error)
        }
        session.preamble.code = CodeWatch(
            catalog.codeOfOthers, since: begin.horizon, serverVersion: session.serverVersion,
            options: options.plan)
        let rates = try insertRates(&connection, session, catalog.server)
        var scoped = try options.scope.apply(to: catalog)
        try session.learnSettings(scoped, over: &connection)
        try Scope.check(options.policy.truncationOK, of: "--truncation-ok", in: scoped)
        try resumption?.check(options, scoped)
        let readers = try readers(session, scoped, begin, limit: limit, over: &connection)
        if readers.contains(where: \.isLinkUnverified) { scoped.server.isLinkUnverified = true }
        let guess = plan(scoped, rates, readers)
        let probes = try probes(of: guess, session, over: &connection)
        let plan = probes.isEmpty ? guess : plan(scoped, rates, readers, probes)
        let wal = WALMeter(session, isReplica: catalog.server.isReplica, over: &connection)
        session.spare.keep(connection)
        return Prepared(
            session: session, catalog: scoped, plan: plan, probes: probes, rates: rates, wal: wal,
            begin: begin, readers: readers, inheritance: inheritance,
            known: Dictionary(catalog.relations.map { ($0.oid, $0.treeOID) }) { first, _ in first },
            partial: Self.partial(catalog, plan))
    }

    /// Logical tables of a catalog of which a part is not planned, by their OID.
    static func partial(_ catalog: Catalog, _ plan: Plan) -> Set<UInt32> {
        let planned = Set(plan.tables.map(\.relation.oid))
        return Set(catalog.relations.filter { !planned.contains($0.oid) }.map(\.treeOID))
    }

    /// The plan for the relations of a catalog.
    func plan(
        _ catalog: Catalog, _ rates: InsertRates, _ readers: [Reader], _ probes: [UInt32: TextProbe] = [:]
    ) -> Plan {
        Planner(
            options: options.plan, connections: options.connections,
            readsReplica: readers.contains(where: \.isReplica)
        )
        .plan(catalog, expecting: expected(catalog, rates), probes: probes)
    }

    /// The moment in which all begins, for how long a snapshot may be held, and what `pg_inherits` holds.
    func beginning(
        _ connection: inout Connection, _ session: ServerSession
    ) throws(SurveyError) -> (SeenMoment, Duration, Int64) {
        var (answer, delay, inheritance): (MomentQuery.Answer?, Int64, Int64) = (nil, -1, 0)
        do throws(PostgreSQLError) {
            try ReadTransaction(session.preamble).run(
                [
                    MomentQuery(serverVersion: session.serverVersion).statement,
                    Statement(CatalogSQL.standbyDelay), Statement(CatalogSQL.inheritanceDigest),
                ], over: &connection
            ) { (statement: Int, row: borrowing Row) throws(PostgreSQLError) in
                switch statement {
                case 0: answer = try MomentQuery.Answer(row)
                case 1: delay = try row.int64(0)
                default: inheritance = try row.int64(0)
                }
            }
        } catch {
            throw .postgreSQL(error)
        }
        guard let answer else { throw .postgreSQL(.protocolViolation("no row about the server")) }
        let isBound = answer.replica.map { !$0.isPaused } ?? false
        let limit =
            isBound && delay >= 0
            ? min(options.snapshotLimit, max(.seconds(1), .milliseconds(delay))) : options.snapshotLimit
        return (SeenMoment(id: 0, answer, after: answer.position), limit, inheritance)
    }

    /// What is needed for a forecast by days; nothing where none is asked for.
    private func insertRates(
        _ connection: inout Connection, _ session: ServerSession, _ server: ServerFacts
    ) throws(SurveyError) -> InsertRates {
        var rates = InsertRates(earlier: options.earlier)
        guard options.policy.needsRates, options.earlier == nil else { return rates }
        do throws(PostgreSQLError) {
            try rates.read(&connection, preamble: session.preamble, isReplica: server.isReplica)
        } catch {
            throw .postgreSQL(error)
        }
        return rates
    }

    /// The rows that are expected in each relation, before it is measured, by OID.
    private func expected(_ catalog: Catalog, _ rates: InsertRates) -> [UInt32: Int] {
        guard options.policy.expectsGrowth else { return [:] }
        let known = catalog.relations.compactMap { relation -> (UInt32, Int)? in
            guard let growth = options.policy.applied(to: relation).growth else { return nil }
            let rows = Int(min(relation.estimatedRows ?? 0, 1e15))
            let rate = rates.rate(of: relation, rows: rows, at: Self.now())
            return growth.expected(rows, of: rows, rate: rate).map { (relation.oid, $0.rows) }
        }
        return Dictionary(known) { first, _ in first }
    }

    /// The table with the rate at which rows arrive in it.
    func growing(_ table: TableProfile, _ rates: InsertRates) -> TableProfile {
        guard case .days? = options.policy.applied(to: table.relation).growth else { return table }
        return table.growing(
            at: rates.rate(of: table.relation, rows: table.rows.count, at: Self.now()))
    }

    /// Retries when the connection is lost while the catalog is read.
    func prepareAgainWhenLost() async throws(SurveyError) -> Prepared {
        for attempt in 1...Self.attempts {
            do throws(SurveyError) {
                return try prepare()
            } catch {
                guard case .postgreSQL(let cause) = error,
                    cause.isConnectionLost || cause.sqlState == .adminShutdown
                        || cause.sqlState == .serializationFailure || cause.sqlState == .tooManyConnections
                        || attempt > 1 && cause.isRefusedConnection
                else { throw error }
                guard await waited(cause, attempt) else { throw error }
            }
        }
        return try prepare()
    }

    private static let attempts = 5

    /// Waits before a lost connection is opened again; false where the task was cancelled.
    private func waited(_ error: PostgreSQLError, _ attempt: Int) async -> Bool {
        let pause = 0.1 * Double(1 << attempt)
        listener(.reconnecting(reason: error.description, after: pause))
        return (try? await Task.sleep(for: .seconds(pause))) != nil
    }

    func connect(to conninfo: Conninfo) throws(SurveyError) -> Connection {
        do throws(PostgreSQLError) {
            return try ServerSession.connect(conninfo)
        } catch {
            throw .postgreSQL(error)
        }
    }

    /// Reads the catalog; where a name has no form in Unicode, all names as the server stores them.
    func readCatalog(
        _ connection: inout Connection, of session: inout ServerSession
    ) throws(PostgreSQLError) -> Catalog {
        do throws(PostgreSQLError) {
            return try session.readCatalog(&connection)
        } catch {
            let isUntranslatable =
                error.sqlState == .untranslatableCharacter || error.sqlState == .characterNotInRepertoire
            guard isUntranslatable, !session.preamble.isEncodingUnknown else { throw error }
            session.preamble.isEncodingUnknown = true
            return try session.readCatalog(&connection)
        }
    }

    /// Seconds since 1970.
    static func now() -> Int64 {
        Int64(Date().timeIntervalSince1970)
    }
}
