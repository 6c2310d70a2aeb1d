import LOBProfile
import PostgreSQLClient

/// Opens connections to one server and knows how a transaction on it begins.
struct ServerSession: Sendable {
    let conninfo: Conninfo
    var preamble: Preamble
    let serverVersion: Int
    /// What a session of the database and role has by itself.
    private let textSettings: TextSettings
    /// The settings that texts are made with, for the certificate; empty until ``pinTexts(_:)``.
    private(set) var pinnedSettings: [PinnedSetting] = []
    /// What the parts of the survey leave for each other.
    let spare = SpareConnection()

    /// What our connections are called in `pg_stat_activity`.
    static let applicationName = "lobscope"
    /// The oldest server whose catalog lobscope knows (9.6).
    static let oldestVersion = 90_600

    /// Connects and learns what the server knows; the connection is the first that ``connect()`` gives.
    ///
    /// - Throws: `SurveyError` when the server refuses or is too old.
    init(_ conninfo: Conninfo) throws(SurveyError) {
        var connection: Connection
        do throws(PostgreSQLError) {
            connection = try Self.connect(conninfo)
        } catch {
            throw .postgreSQL(error)
        }
        try self.init(conninfo, statementTimeout: .seconds(60), over: &connection)
        spare.keep(connection)
    }

    /// Learns what the server knows over a first connection.
    ///
    /// - Parameter assumedVersion: a version to take the server for, for tests of the ways of older ones.
    /// - Throws: `SurveyError.serverTooOld`, `SurveyError.postgreSQL`.
    init(
        _ conninfo: Conninfo, statementTimeout: Duration, assumedVersion: Int? = nil,
        over connection: inout Connection
    ) throws(SurveyError) {
        serverVersion = assumedVersion ?? connection.serverVersion
        guard serverVersion >= Self.oldestVersion else { throw .serverTooOld(version: serverVersion) }
        try Self.keepOpen(&connection)
        var preamble = Preamble(
            serverVersion: serverVersion, statementTimeout: statementTimeout, optionalSettings: [],
            isEncodingUnknown: connection.serverEncoding == "SQL_ASCII")
        do throws(PostgreSQLError) {
            (preamble.optionalSettings, textSettings, preamble.server) = try Self.settings(
                preamble, over: &connection)
        } catch {
            throw .postgreSQL(error)
        }
        self.conninfo = conninfo
        self.preamble = preamble
    }

    /// Finds out whether transactions may stay open: a pooler of statements lets those pass that come and end in one piece.
    private static func keepOpen(_ connection: inout Connection) throws(SurveyError) {
        do throws(PostgreSQLError) {
            try connection.batch([Statement("BEGIN READ ONLY")], deadline: .seconds(30)) { _, _ in }
            try connection.rollback()
        } catch {
            throw isPoolerOfStatements(error) ? .poolOfStatements : .postgreSQL(error)
        }
    }

    /// The settings that the server knows, and those of texts before they are pinned.
    private static func settings(
        _ preamble: Preamble, over connection: inout Connection
    ) throws(PostgreSQLError) -> (
        known: Set<Preamble.OptionalSetting>, texts: TextSettings, server: KnownServer?
    ) {
        var unpinned = preamble
        unpinned.pinsTexts = false
        // A role may have a limit that the list of all settings does not keep.
        unpinned.statementTimeout = .seconds(30)
        var known: Set<Preamble.OptionalSetting> = []
        var texts = TextSettings()
        var server: KnownServer?
        try ReadTransaction(unpinned).run(
            [Statement(try ownSettings()), Statement(KnownServer.Answer.query)], over: &connection
        ) { (statement: Int, row: borrowing Row) throws(PostgreSQLError) in
            if statement == 1 {
                server = KnownServer(try KnownServer.Answer(row))
            } else if let setting = Preamble.OptionalSetting(rawValue: try row.text(0)) {
                known.insert(setting)
            } else {
                try texts.add(row)
            }
        }
        return (known, texts, server)
    }

    /// The values of the session and where they come from, of settings that not every server has and of those of texts.
    ///
    /// The operator is qualified because no search path is pinned yet.
    static func ownSettings() throws(PostgreSQLError) -> SQL {
        let optional = Preamble.OptionalSetting.allCases.map(\.rawValue)
        var names: [SQL] = []
        for name in optional + TextSetting.allCases.map(\.name.description) {
            names.append(try .literal(word: Array(name.utf8)))
        }
        return """
            SELECT s.name, s.reset_val, s.source FROM pg_catalog.pg_settings s
             WHERE s.name OPERATOR(pg_catalog.=) ANY (ARRAY[\(names.joined(separator: ", "))])
            """
    }

    /// Notes how many columns depend on each setting of texts.
    mutating func pinTexts(_ columns: [TextSetting: Int]) {
        pinnedSettings = textSettings.pinned(columns)
    }

    /// A setting that stays as it is, that measured columns depend on, and that sessions of this server have otherwise than
    /// those of another one; nil where there is none.
    func otherSetting(than other: ServerSession) -> PinnedSetting? {
        let own = textSettings.pinned([:])
        return other.pinnedSettings.first { setting in
            guard setting.columns ?? 0 > 0 else { return false }
            return !own.contains { mine in
                mine.name.utf8.elementsEqual(setting.name.utf8)
                    && mine.value.utf8.elementsEqual(setting.value.utf8)
            }
        }
    }

    /// The connection that another part of the survey is done with, or a new one.
    func connect() throws(PostgreSQLError) -> Connection { try spare.take(or: conninfo) }

    /// Does something over the connection that another part of the survey is done with, or a new one, and keeps it; once more
    /// over a new one where it fails for the moment, as where it had been lost unnoticed.
    func withConnection<Value>(
        _ body: (inout Connection) throws(PostgreSQLError) -> Value
    ) throws(PostgreSQLError) -> Value {
        do throws(PostgreSQLError) {
            return try once(body)
        } catch {
            guard error.isTemporary else { throw error }
            return try once(body)
        }
    }

    private func once<Value>(
        _ body: (inout Connection) throws(PostgreSQLError) -> Value
    ) throws(PostgreSQLError) -> Value {
        var value: Value?
        let connection = try connect { (connection) throws(PostgreSQLError) in
            value = try body(&connection)
        }
        spare.keep(connection)
        guard let value else { throw .protocolViolation("nothing was asked") }
        return value
    }

    /// Opens a connection that leads to the server of the survey: an endpoint may spread connections over several.
    ///
    /// - Parameter proof: what runs in a transaction first.
    /// - Throws: `PostgreSQLError`; ``PostgreSQLClient/PostgreSQLError/elsewhere`` where a few connections did not.
    func connect(
        _ proof: (inout Connection) throws(PostgreSQLError) -> Void
    ) throws(PostgreSQLError) -> Connection {
        for _ in 1..<Self.attemptsAtOnce {
            do throws(PostgreSQLError) {
                var connection = try connect()
                try proof(&connection)
                return connection
            } catch {
                guard error.isElsewhere else { throw error }
            }
        }
        var connection = try connect()
        try proof(&connection)
        return connection
    }

    private static let attemptsAtOnce = 5

    /// Whether a pooler refuses transactions: it gives each statement to another session, which no survey can do with.
    static func isPoolerOfStatements(_ error: PostgreSQLError) -> Bool {
        error.sqlState == .protocolViolation && error.description.contains("statement pooling")
    }

    /// Whether a server or pooler says that others have all its connections, or lets us wait for one for too long.
    static func isShortOfConnections(_ error: PostgreSQLError) -> Bool {
        if case .deadlineExceeded = error { return true }
        return saysThatConnectionsAreShort(error)
    }

    /// Whether a server or pooler says that others have all its connections.
    static func saysThatConnectionsAreShort(_ error: PostgreSQLError) -> Bool {
        if error.sqlState == .tooManyConnections { return true }
        return error.sqlState == .protocolViolation
            && ["query_wait_timeout", "no more connections allowed"].contains {
                error.description.contains($0)
            }
    }

    /// How a transaction begins that only shows that a connection is to be had, in 10 s at most.
    func brief(in snapshot: HeldSnapshot? = nil) -> ReadTransaction {
        var brief = preamble
        brief.statementTimeout = .seconds(5)
        brief.snapshot = snapshot
        return ReadTransaction(brief)
    }

    /// Opens a connection.
    static func connect(_ conninfo: Conninfo) throws(PostgreSQLError) -> Connection {
        try Connection(conninfo, applicationName: applicationName)
    }
}
