public import LOBProfile
public import PostgreSQLClient

/// Reads what a target's `awsdms_apply_exceptions` says of failed changes, in read-only transactions.
///
/// Statements and the texts of errors hold values of rows: neither leaves the server.
public struct ApplyExceptionSurvey: Sendable {
    private let conninfo: Conninfo
    private let statementTimeout: Duration

    /// Creates a survey of the target.
    public init(_ conninfo: Conninfo, statementTimeout: Duration = .seconds(60)) {
        self.conninfo = conninfo
        self.statementTimeout = statementTimeout
    }

    /// What was found.
    public struct Answer: Sendable, Equatable {
        /// The control tables that were read, in the order of names.
        public let tables: [RelationName]
        /// Their rows, grouped by task, table and SQLSTATE.
        public let exceptions: [ApplyException]
    }

    /// Reads the control tables.
    ///
    /// - Throws: `SurveyError` when the server refuses; a target without a control table is no error.
    public func run() throws(SurveyError) -> Answer {
        do throws(PostgreSQLError) {
            var connection = try ServerSession.connect(conninfo)
            return try read(try session(&connection).preamble, &connection)
        } catch {
            throw .postgreSQL(error)
        }
    }

    private func session(_ connection: inout Connection) throws(PostgreSQLError) -> ServerSession {
        do throws(SurveyError) {
            return try ServerSession(conninfo, statementTimeout: statementTimeout, over: &connection)
        } catch {
            if case .postgreSQL(let cause) = error { throw cause }
            throw .protocolViolation("server is too old for lobscope")
        }
    }

    private func read(
        _ preamble: Preamble, _ connection: inout Connection
    ) throws(PostgreSQLError) -> Answer {
        let tables = try controlTables(preamble, &connection)
        var exceptions: [ApplyException] = []
        for table in tables {
            exceptions += try Self.rows(try ApplyExceptionSQL.exceptions(in: table), preamble, &connection) {
                (row: borrowing Row) throws(PostgreSQLError) in try Self.exception(row)
            }
        }
        let names = tables.map {
            RelationName(schema: Identifier(bytes: $0.schema), name: Identifier(bytes: $0.name))
        }
        return Answer(tables: names, exceptions: exceptions)
    }

    private func controlTables(
        _ preamble: Preamble, _ connection: inout Connection
    ) throws(PostgreSQLError) -> [ControlTable] {
        try Self.rows(ApplyExceptionSQL.tables, preamble, &connection) {
            (row: borrowing Row) throws(PostgreSQLError) in
            // A table of another shape only has the name.
            for column in 2...6 where row.isNull(column) { return nil }
            return ControlTable(
                schema: try row.bytes(0), name: try row.bytes(1), task: try row.bytes(2),
                owner: try row.bytes(3), relation: try row.bytes(4), time: try row.bytes(5),
                error: try row.bytes(6))
        }
    }

    private static func rows<Value>(
        _ query: SQL, _ preamble: Preamble, _ connection: inout Connection,
        _ value: (borrowing Row) throws(PostgreSQLError) -> Value?
    ) throws(PostgreSQLError) -> [Value] {
        var values: [Value] = []
        let statements = preamble.statements() + [Statement(query), Statement("COMMIT")]
        try connection.batch(statements, deadline: preamble.statementTimeout + .seconds(5)) {
            (index: Int, row: borrowing Row) throws(PostgreSQLError) in
            guard index == 2, let next = try value(row) else { return }
            values.append(next)
        }
        return values
    }

    private static func exception(_ row: borrowing Row) throws(PostgreSQLError) -> ApplyException {
        let first = try row.optionalText(5)
        let last = try row.optionalText(6)
        // Texts of times need not be in the order of times.
        let times = first.flatMap { first in last.map { min(first, $0)...max(first, $0) } }
        return ApplyException(
            task: Identifier(bytes: try row.bytes(0)),
            table: RelationName(
                schema: Identifier(bytes: try row.bytes(1)), name: Identifier(bytes: try row.bytes(2))),
            sqlState: try row.optionalText(3), count: Int(try row.int64(4)), times: times)
    }
}
