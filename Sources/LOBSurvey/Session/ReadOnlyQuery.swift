import PostgreSQLClient

/// A connection with what every transaction on it begins with, for a few small queries.
struct ReadOnlyQuery: ~Copyable {
    private var connection: Connection
    private let preamble: Preamble
    /// `server_version_num`.
    let serverVersion: Int

    /// Connects.
    ///
    /// - Throws: `SurveyError` when the server refuses or is too old.
    init(_ conninfo: Conninfo, statementTimeout: Duration = .seconds(60)) throws(SurveyError) {
        var connection: Connection
        do throws(PostgreSQLError) {
            connection = try ServerSession.connect(conninfo)
        } catch {
            throw .postgreSQL(error)
        }
        let session = try ServerSession(conninfo, statementTimeout: statementTimeout, over: &connection)
        preamble = session.preamble
        serverVersion = session.serverVersion
        self.connection = connection
    }

    /// Runs one query in a transaction of its own; rows for which `value` is nil are left out.
    ///
    /// - Parameter settings: more settings for the transaction, as a query whose rows nobody looks at.
    mutating func rows<Value>(
        _ query: SQL, settings: SQL? = nil, _ value: (borrowing Row) throws(PostgreSQLError) -> Value?
    ) throws(SurveyError) -> [Value] {
        var values: [Value] = []
        let before = preamble.statements() + (settings.map { [Statement($0)] } ?? [])
        let statements = before + [Statement(query), Statement("COMMIT")]
        let asked = before.count
        do throws(PostgreSQLError) {
            try connection.batch(statements, deadline: preamble.statementTimeout + .seconds(5)) {
                (index: Int, row: borrowing Row) throws(PostgreSQLError) in
                guard index == asked, let next = try value(row) else { return }
                values.append(next)
            }
        } catch {
            throw .postgreSQL(error)
        }
        return values
    }
}
