public import LOBProfile
public import PostgreSQLClient

/// Reads what a target's `awsdms_apply_exceptions` says of failed changes, in read-only transactions.
///
/// Statements and the texts of errors hold values of rows: neither leaves the server.
public struct ApplyExceptionSurvey: Sendable {
    private let conninfo: Conninfo

    /// Creates a survey of the target.
    public init(_ conninfo: Conninfo) {
        self.conninfo = conninfo
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
        let session = try ServerSession(conninfo)
        do throws(PostgreSQLError) {
            return try Self.read(session)
        } catch {
            throw .postgreSQL(error)
        }
    }

    private static func read(_ session: ServerSession) throws(PostgreSQLError) -> Answer {
        var connection = try session.connect()
        let transaction = ReadTransaction(session.preamble)
        let tables = try transaction.values(of: ApplyExceptionSQL.tables, over: &connection, controlTable)
        var exceptions: [ApplyException] = []
        for table in tables {
            exceptions += try transaction.values(
                of: ApplyExceptionSQL.exceptions(in: table), over: &connection, exception)
        }
        let names = tables.map {
            RelationName(schema: Identifier(bytes: $0.schema), name: Identifier(bytes: $0.name))
        }
        return Answer(tables: names, exceptions: exceptions)
    }

    /// nil for a table of another shape that only has the name.
    private static func controlTable(_ row: borrowing Row) throws(PostgreSQLError) -> ControlTable? {
        for column in 2...6 where row.isNull(column) { return nil }
        return ControlTable(
            schema: try row.bytes(0), name: try row.bytes(1), task: try row.bytes(2),
            owner: try row.bytes(3), relation: try row.bytes(4), time: try row.bytes(5),
            error: try row.bytes(6))
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
