public import LOBProfile
public import PostgreSQLClient

/// Reads what a target's `awsdms_apply_exceptions` says of failed changes, and `awsdms_validation_failures_v1` and `_v2` of rows
/// that differ, in read-only transactions.
///
/// Statements, the texts of errors, keys and details hold values of rows: none of them leaves the server.
public struct ControlTableSurvey: Sendable {
    private let conninfo: Conninfo

    /// Creates a survey of the target.
    public init(_ conninfo: Conninfo) {
        self.conninfo = conninfo
    }

    /// What was found.
    public struct Answer: Sendable, Equatable {
        /// The control tables that were read, in the order of names.
        public let tables: [RelationName]
        /// Rows of `awsdms_apply_exceptions`, grouped by task, table and reason.
        public let exceptions: [ApplyException]
        /// Rows of the tables of validation failures, grouped by task, table and kind.
        public let validationFailures: [ValidationFailure]
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
        let tables = try transaction.values(of: ControlTableSQL.tables, over: &connection, controlTable)
        var exceptions: [ApplyException] = []
        var failures: [ValidationFailure] = []
        for table in tables {
            if table.isOfExceptions {
                exceptions += try transaction.values(
                    of: ControlTableSQL.exceptions(in: table), over: &connection, exception)
            } else {
                failures += try transaction.values(
                    of: ControlTableSQL.validationFailures(in: table), over: &connection, validationFailure)
            }
        }
        let names = tables.map {
            RelationName(schema: Identifier(bytes: $0.schema), name: Identifier(bytes: $0.name))
        }
        return Answer(tables: names, exceptions: exceptions, validationFailures: failures)
    }

    /// nil for a table of another shape that only has the name.
    private static func controlTable(_ row: borrowing Row) throws(PostgreSQLError) -> ControlTable? {
        for column in 2...6 where row.isNull(column) { return nil }
        let reason = try row.text(8)
        return ControlTable(
            schema: try row.bytes(0), name: try row.bytes(1), task: try row.bytes(2),
            owner: try row.bytes(3), relation: try row.bytes(4), time: try row.bytes(5),
            reason: try row.bytes(6), resync: row.isNull(7) ? nil : try row.bytes(7),
            isOfExceptions: reason.utf8.elementsEqual("error".utf8))
    }

    private static func exception(_ row: borrowing Row) throws(PostgreSQLError) -> ApplyException {
        ApplyException(
            task: Identifier(bytes: try row.bytes(0)), table: try table(row),
            reason: RefusalText.reason(answered: try row.optionalText(3)),
            count: Int(try row.int64(4)), times: try times(row))
    }

    private static func validationFailure(_ row: borrowing Row) throws(PostgreSQLError) -> ValidationFailure {
        ValidationFailure(
            task: Identifier(bytes: try row.bytes(0)), table: try table(row),
            kind: try row.optionalText(3).flatMap(ValidationFailure.Kind.init),
            count: Int(try row.int64(4)), repaired: Int(try row.int64(7)), times: try times(row))
    }

    private static func table(_ row: borrowing Row) throws(PostgreSQLError) -> RelationName {
        RelationName(schema: Identifier(bytes: try row.bytes(1)), name: Identifier(bytes: try row.bytes(2)))
    }

    /// Texts of times need not be in the order of times.
    private static func times(_ row: borrowing Row) throws(PostgreSQLError) -> ClosedRange<String>? {
        let first = try row.optionalText(5)
        let last = try row.optionalText(6)
        return first.flatMap { first in last.map { min(first, $0)...max(first, $0) } }
    }
}
