import PostgreSQLClient

/// A connection with what every transaction on it begins with, for a few small queries.
struct ReadOnlyQuery: ~Copyable {
    private var connection: Connection
    private let preamble: Preamble

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
        self.connection = connection
    }

    /// Runs one query in a transaction of its own; rows for which `value` is nil are left out.
    mutating func rows<Value>(
        _ query: SQL, _ value: (borrowing Row) throws(PostgreSQLError) -> Value?
    ) throws(SurveyError) -> [Value] {
        var values: [Value] = []
        let statements = preamble.statements() + [Statement(query), Statement("COMMIT")]
        do throws(PostgreSQLError) {
            try connection.batch(statements, deadline: preamble.statementTimeout + .seconds(5)) {
                (index: Int, row: borrowing Row) throws(PostgreSQLError) in
                guard index == 2, let next = try value(row) else { return }
                values.append(next)
            }
        } catch {
            throw .postgreSQL(error)
        }
        return values
    }
}
