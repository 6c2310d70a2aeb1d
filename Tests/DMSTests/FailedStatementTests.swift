import DMS
import Testing

/// A refusal is of the statement that stands right before it, and of no other.
///
/// Statements and refusals have the form that the DMS user guide shows; the tables are made up.
@Suite struct FailedStatementTests {
    private static let orders = RelationName(schema: Identifier("app"), name: Identifier("orders"))
    private static let events = RelationName(schema: Identifier("app"), name: Identifier("events"))

    private static func apply(_ text: String) -> String {
        "2025-03-02T10:11:12 [TARGET_APPLY    ]E:  \(text) [1022502]  (ar_odbc_stmt.c:2415)"
    }

    private static func statement(_ table: String) -> String {
        apply("Failed to execute statement:  'INSERT INTO \"app\".\"\(table)\"(\"id\",\"doc\") values (?,?)'")
    }

    private static func refusal(_ state: String) -> String {
        apply(
            "RetCode: SQL_ERROR  SqlState: \(state) NativeError: 1 Message: ERROR: x;, Error while executing the query"
        )
    }

    private func read(_ text: String) throws -> TruncationSummary {
        var reader = TruncationReader(source: "log")
        try reader.take(Array(text.utf8))
        return try reader.finish()
    }

    private func read(_ entries: [String]) throws -> TruncationSummary {
        try read(entries.joined(separator: "\n") + "\n")
    }

    /// What ends a statement that was not refused for a malformed value: a unique violation, a lost connection, a state of ODBC's
    /// first version, a statement without a table, an entry about something else.
    @Test(arguments: [
        refusal("23505"), refusal("08006"), refusal("08S01"), refusal("S1000"),
        apply("Failed to execute statement:  'ALTER TABLE \"app\".\"orders\" ADD COLUMN \"x\" text'"),
        apply("Failed to execute statement: "), apply("Cannot connect to the target"),
        "2025-03-02T10:11:12 [TARGET_APPLY    ]I:  Task is reconnecting  (endpointshell.c:1)",
    ])
    func aStatementThatFailedOtherwiseGivesItsTableToNoRefusal(end: String) throws {
        let summary = try read([Self.statement("orders"), end, Self.refusal("22P02")])
        #expect(summary.failures == [.malformedValue: 1])
        #expect(summary.failuresByTable.isEmpty)
        // The next statement has its own.
        let next = try read([
            Self.statement("orders"), end, Self.statement("events"), Self.refusal("22P02"),
        ])
        #expect(next.failuresByTable == [Self.events: [.malformedValue: 1]])
    }

    /// One refusal has the table; a second one behind it is of a statement that the log does not show.
    @Test func aTableIsGivenOnce() throws {
        let summary = try read([
            Self.statement("events"), Self.statement("orders"), Self.refusal("22P02"), Self.refusal("22P02"),
        ])
        #expect(summary.failures == [.malformedValue: 2])
        #expect(summary.failuresByTable == [Self.orders: [.malformedValue: 1]])
    }

    /// Other components, other tasks and the rest of a statement with line breaks stand between the two.
    @Test func whatOthersWriteInBetweenEndsNoStatement() throws {
        let lines = try read([
            Self.statement("orders").replacing("values", with: "\nvalues"),
            "2025-03-02T10:11:12 [SOURCE_CAPTURE  ]I:  x  (postgres_endpoint_wal_engine.c:1369)",
            Self.refusal("22P02"),
        ])
        #expect(lines.failuresByTable == [Self.orders: [.malformedValue: 1]])
        let events = [
            ("dms-task-A", Self.statement("orders")), ("dms-task-B", Self.refusal("23505")),
            ("dms-task-B", Self.refusal("22P02")), ("dms-task-A", Self.refusal("22P02")),
        ].map { stream, message in
            JSONValue.members(["logStreamName": .text(stream), "message": .text(message)])
        }
        let document = JSONValue.members(["events": .array(events)])
        let streams = try read(String(decoding: document.compactBytes, as: UTF8.self))
        #expect(streams.failures == [.malformedValue: 2])
        #expect(streams.failuresByTable == [Self.orders: [.malformedValue: 1]])
    }
}
