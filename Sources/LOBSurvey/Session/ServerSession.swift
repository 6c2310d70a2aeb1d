import LOBProfile
import PostgreSQLClient

/// Opens connections to one server and knows how a transaction on it begins.
struct ServerSession: Sendable {
    let conninfo: Conninfo
    let preamble: Preamble
    let serverVersion: Int

    /// What our connections are called in `pg_stat_activity`.
    static let applicationName = "lobscope"
    /// The oldest server whose catalog lobscope knows (9.6).
    static let oldestVersion = 90_600

    /// Learns what the server knows over a first connection.
    ///
    /// - Throws: `SurveyError.serverTooOld`, `SurveyError.postgreSQL`.
    init(_ conninfo: Conninfo, statementTimeout: Duration, over connection: inout Connection)
        throws(SurveyError)
    {
        guard connection.serverVersion >= Self.oldestVersion else {
            throw .serverTooOld(version: connection.serverVersion)
        }
        var known: Set<Preamble.OptionalSetting> = []
        let sql = CatalogSQL(serverVersion: connection.serverVersion)
        do throws(PostgreSQLError) {
            try connection.rows(sql.optionalSettings, deadline: .seconds(30)) {
                (row: borrowing Row) throws(PostgreSQLError) in
                if let setting = Preamble.OptionalSetting(rawValue: try row.text(0)) { known.insert(setting) }
            }
        } catch {
            throw .postgreSQL(error)
        }
        self.conninfo = conninfo
        serverVersion = connection.serverVersion
        preamble = Preamble(
            statementTimeout: statementTimeout, optionalSettings: known,
            isEncodingUnknown: connection.serverEncoding == "SQL_ASCII")
    }

    /// Opens a connection.
    static func connect(_ conninfo: Conninfo) throws(PostgreSQLError) -> Connection {
        try Connection(conninfo, applicationName: applicationName)
    }
}
