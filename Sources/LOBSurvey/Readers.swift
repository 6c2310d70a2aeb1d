import LOBProfile
import PostgreSQLClient

/// A server that rows are read from: that of the survey itself, or one of ``SurveyOptions/readers``.
///
/// Each has its own snapshots and its own gate: what makes one of them pause, or ends it, is no reason for the others.
struct Reader: Sendable {
    /// Host and port; nil where it is the server of the survey itself.
    let place: String?
    let session: ServerSession
    /// The moment before anything was read of it.
    let begin: SeenMoment
    /// How long a snapshot may be held there.
    let snapshotLimit: Duration
    /// Whether somebody on the way could pose as the server.
    let isLinkUnverified: Bool
    let moments: Moments
    let gate: Gate

    var isReplica: Bool { begin.moment.replica != nil }

    /// What the certificate says of it; nil where it is the server of the survey itself.
    var certified: CertifiedReader? {
        place.map {
            CertifiedReader(
                place: $0, serverStartedAt: begin.server.startedAt, replica: begin.moment.replica, lost: lost)
        }
    }

    /// Why it did not read to the end; nil where it did, or the survey as a whole did not.
    private var lost: Unmeasured.Reason? {
        gate.stop.flatMap { [.timeBudget, .crashed].contains($0.reason) ? nil : $0.reason }
    }
}

/// Opening readers.
extension Survey {
    /// What tables are read from: the servers that were named, or that of the survey itself.
    ///
    /// - Throws: `SurveyError.reader` for one that is of another cluster or database, or lacks what the catalog was read of.
    func readers(
        _ main: ServerSession, _ catalog: Catalog, _ begin: SeenMoment, limit: Duration,
        over connection: inout Connection
    ) throws(SurveyError) -> [Reader] {
        guard !options.readers.isEmpty else {
            return [reader(nil, main, begin, limit, isLinkUnverified: connection.link.isUnverifiedRemote)]
        }
        let needed: CatalogState
        do throws(PostgreSQLError) { needed = try CatalogState(main, over: &connection) } catch {
            throw .postgreSQL(error)
        }
        let candidate = ReaderCandidate(main: main, catalog: catalog, needed: needed)
        var readers: [Reader] = []
        for (index, conninfo) in options.readers.enumerated() {
            readers.append(try opened(conninfo, number: index + 1, candidate, main: begin))
        }
        return readers
    }

    private func opened(
        _ conninfo: Conninfo, number: Int, _ candidate: ReaderCandidate, main: SeenMoment
    ) throws(SurveyError) -> Reader {
        var place = "\(number)"
        do throws(SurveyError) {
            var connection = try connect(to: conninfo)
            let link = connection.link
            place = "\(link.host):\(link.port)"
            let session = try candidate.session(
                conninfo, place, options.statementTimeout, assumedServerVersion, over: &connection)
            let (begin, limit, _) = try beginning(&connection, session)
            session.spare.keep(connection)
            // A copy that was promoted has the identifier of its origin, and goes its own way.
            let arePrimaries = begin.moment.replica == nil && main.moment.replica == nil
            guard !arePrimaries || begin.server.startedAt == main.server.startedAt else {
                throw SurveyError.reader(place: place, .otherCluster)
            }
            return reader(place, session, begin, limit, isLinkUnverified: link.isUnverifiedRemote)
        } catch {
            if case .reader = error { throw error }
            throw .reader(place: place, .refused(error.description))
        }
    }

    private func reader(
        _ place: String?, _ session: ServerSession, _ begin: SeenMoment, _ limit: Duration,
        isLinkUnverified: Bool
    ) -> Reader {
        Reader(
            place: place, session: session, begin: begin, snapshotLimit: limit,
            isLinkUnverified: isLinkUnverified,
            moments: Moments(session, limit: limit, isConsistent: options.isConsistent, place: place),
            gate: Gate(isUndecided: options.throttle.hasGuards, jobs: max(1, options.jobs)))
    }
}

/// What a reader is compared with before anything is read from it.
private struct ReaderCandidate {
    /// The session that the catalog was read in.
    let main: ServerSession
    let catalog: Catalog
    let needed: CatalogState

    /// A session of a reader that is fit.
    ///
    /// - Throws: `SurveyError`; of what makes it unfit `SurveyError.reader`.
    func session(
        _ conninfo: Conninfo, _ place: String, _ statementTimeout: Duration, _ assumedVersion: Int?,
        over connection: inout Connection
    ) throws(SurveyError) -> ServerSession {
        var session = try ServerSession(
            conninfo, statementTimeout: statementTimeout, assumedVersion: assumedVersion, over: &connection)
        session.preamble.code = main.preamble.code
        session.preamble.isEncodingUnknown = main.preamble.isEncodingUnknown
        let problem: SurveyError.ReaderProblem?
        do throws(PostgreSQLError) { problem = try self.problem(of: session, over: &connection) } catch {
            throw .postgreSQL(error)
        }
        if let problem { throw .reader(place: place, problem) }
        return session
    }

    private func problem(
        of session: ServerSession, over connection: inout Connection
    ) throws(PostgreSQLError) -> SurveyError.ReaderProblem? {
        let cluster = CatalogReader.systemIdentifier(
            &connection, CatalogSQL(serverVersion: session.serverVersion), session.preamble)
        guard let cluster, let own = catalog.server.systemIdentifier else { return .unknownCluster }
        guard cluster.utf8.elementsEqual(own.utf8) else { return .otherCluster }
        let names = try ReadTransaction(session.preamble).values(
            of: CatalogSQL.databaseAndRole, over: &connection
        ) { (row: borrowing Row) throws(PostgreSQLError) in
            (database: Identifier(bytes: try row.bytes(0)), role: Identifier(bytes: try row.bytes(1)))
        }
        guard let names = names.first else { throw .protocolViolation("no row about the session") }
        guard names.database == catalog.database else {
            return .otherDatabase(names.database, than: catalog.database)
        }
        guard names.role == catalog.server.role else {
            return .otherRole(names.role, than: catalog.server.role)
        }
        if let setting = session.otherSetting(than: main) { return .otherSetting(setting.name) }
        let state = try CatalogState.awaited(needed, session, over: &connection)
        return state.covers(needed) ? nil : .behind(replayed: state.position, needed: needed.position)
    }
}

/// How far a server is, and which tables it has: whether a replica can read what the catalog of another server tells of.
struct CatalogState: Sendable {
    /// What was written there, or on a replica replayed.
    let position: LSN?
    private let digest: Int64

    /// How long a replica may take to replay what the catalog was read of.
    private static let patience: Duration = .seconds(10)

    /// Asks a server.
    init(_ session: ServerSession, over connection: inout Connection) throws(PostgreSQLError) {
        let statements = [
            MomentQuery(serverVersion: session.serverVersion).position,
            Statement(CatalogSQL.relationsDigest),
        ]
        var (position, digest): (LSN?, Int64?) = (nil, nil)
        try ReadTransaction(session.preamble).run(statements, over: &connection) {
            (statement: Int, row: borrowing Row) throws(PostgreSQLError) in
            if statement == 0 {
                position = try row.optionalInt64(0).map { LSN(bytes: UInt64(max(0, $0))) }
            } else {
                digest = try row.int64(0)
            }
        }
        guard let digest else { throw .protocolViolation("no row about the tables") }
        (self.position, self.digest) = (position, digest)
    }

    /// Whether a server has the tables of another one: the same, or what came later.
    func covers(_ other: CatalogState) -> Bool {
        if digest == other.digest { return true }
        guard let position, let needed = other.position else { return false }
        return position >= needed
    }

    /// The state of a server when it has what another one had, or does not have it in time.
    static func awaited(
        _ needed: CatalogState, _ session: ServerSession, over connection: inout Connection
    ) throws(PostgreSQLError) -> CatalogState {
        let end = ContinuousClock.now + patience
        var state = try CatalogState(session, over: &connection)
        while !state.covers(needed), ContinuousClock.now < end {
            try ReadTransaction(session.preamble).run(
                Statement("SELECT 1 FROM pg_catalog.pg_sleep(0.1)"), over: &connection
            ) { (_: borrowing Row) in }
            state = try CatalogState(session, over: &connection)
        }
        return state
    }
}
