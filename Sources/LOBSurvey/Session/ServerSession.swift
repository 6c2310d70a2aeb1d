import LOBProfile
import PostgreSQLClient

/// Opens connections to one server and knows how a transaction on it begins.
struct ServerSession: Sendable {
    let conninfo: Conninfo
    var preamble: Preamble
    let serverVersion: Int
    /// What the parts of the survey leave for each other.
    let spare = SpareConnection()

    /// What our connections are called in `pg_stat_activity`.
    static let applicationName = "lobscope"
    /// The oldest server whose catalog lobscope knows (9.6).
    static let oldestVersion = 90_600

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
        var preamble = Preamble(
            statementTimeout: statementTimeout, optionalSettings: [],
            isEncodingUnknown: connection.serverEncoding == "SQL_ASCII")
        do throws(PostgreSQLError) {
            preamble.optionalSettings = try Self.optionalSettings(preamble, over: &connection)
        } catch {
            throw .postgreSQL(error)
        }
        self.conninfo = conninfo
        self.preamble = preamble
    }

    private static func optionalSettings(
        _ preamble: Preamble, over connection: inout Connection
    ) throws(PostgreSQLError) -> Set<Preamble.OptionalSetting> {
        var known: Set<Preamble.OptionalSetting> = []
        let query = CatalogSQL(serverVersion: connection.serverVersion).optionalSettings
        let statements = preamble.statements() + [Statement(query), Statement("COMMIT")]
        try connection.batch(statements, deadline: .seconds(30)) {
            (index: Int, row: borrowing Row) throws(PostgreSQLError) in
            guard index == 2 else { return }
            if let setting = Preamble.OptionalSetting(rawValue: try row.text(0)) { known.insert(setting) }
        }
        return known
    }

    /// Reads the catalog, with more patience than for a chunk.
    func readCatalog(_ connection: inout Connection) throws(PostgreSQLError) -> Catalog {
        var patient = preamble
        patient.statementTimeout = .seconds(300)
        patient.seesOneMoment = true
        return try CatalogReader.read(&connection, preamble: patient, serverVersion: serverVersion)
    }

    /// The connection that another part of the survey is done with, or a new one.
    func connect() throws(PostgreSQLError) -> Connection { try spare.take(or: conninfo) }

    /// Opens a connection.
    static func connect(_ conninfo: Conninfo) throws(PostgreSQLError) -> Connection {
        try Connection(conninfo, applicationName: applicationName)
    }
}
