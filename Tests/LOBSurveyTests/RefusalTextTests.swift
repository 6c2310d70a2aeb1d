import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import TestSupport
import Testing

/// What `awsdms_apply_exceptions` says is the same to the server that is asked and to the reader of exported rows.
@Suite(.database) struct RefusalTextTests {
    private static let characters = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ").map(String.init)

    /// Every class that a SQLSTATE could have.
    private static let classes = characters.flatMap { first in characters.map { first + $0 } }

    private static let texts: [String] =
        classes.map { "RetCode: SQL_ERROR  SqlState: \($0)P02 NativeError: 1" } + [
            "SqlState:22P02", "SqlState: \t22P02", "SqlState:\n22P02;", "SqlState:\u{B}\u{C}\r22P02",
            "SqlState: 22P0",
            "SqlState: 22P022",
            "SqlState: 22p02", "sqlstate: 22P02", "SqlState; 22P02", "SqlState: 22P02-", "SqlState: Pluto",
            "SqlState: 99999 SqlState: 22P02", "SqlState: 22P0 SqlState:SqlState: 23505",
            "SqlState:\u{A0}22P02",
            "SqlState: 22P0\u{391}", "Malformed JSON", "x INVALID input SYNTAX for TYPE json: y",
            "invalid input syntax",
            "0 Rows Affected", "10 rows affected", "10 rows affected, 0 rows affected", "x0 rows affected",
            "0 rows affected by malformed json", "SqlState: 1 malformed json",
            "SqlState: 23505 malformed json", "", "'", "\\",
        ]

    private static func csv(_ text: String) -> String { "\"\(text.replacing("\"", with: "\"\""))\"" }

    @Test func serverAndReaderOfExportsUnderstandTheSame() async throws {
        let database = try TestDatabase.current
        let rows = Self.texts.enumerated().map { number, text in
            "('T', 's', 'n\(number)', '2026-01-02 03:04:05', 'x', '\(text.replacing("'", with: "''"))')"
        }
        try await database.psql(
            """
            CREATE TABLE awsdms_apply_exceptions ("TASK_NAME" varchar(128), "TABLE_OWNER" varchar(128),
              "TABLE_NAME" varchar(128), "ERROR_TIME" timestamp, "STATEMENT" text, "ERROR" text);
            INSERT INTO awsdms_apply_exceptions VALUES \(rows.joined(separator: ",\n"));
            """)
        let answer = try ControlTableSurvey(try Conninfo(database.conninfo())).run().exceptions
        var reader = TruncationReader(source: "export.csv")
        let lines = Self.texts.enumerated().map { number, text in
            "T,s,n\(number),2026-01-02 03:04:05,x,\(Self.csv(text))\n"
        }
        let head = "TASK_NAME,TABLE_OWNER,TABLE_NAME,ERROR_TIME,STATEMENT,ERROR\n"
        try reader.take(Array((head + lines.joined()).utf8))
        let read = try reader.finish().applyExceptions
        let reasons = { (exceptions: [ApplyException]) in
            Dictionary(exceptions.map { ($0.table.name.losslessText, $0.reason) }) { first, _ in first }
        }
        let (server, reading) = (reasons(answer), reasons(read))
        #expect(server.count == Self.texts.count && server == reading)
        let expected = { (text: String) in
            Self.texts.firstIndex(of: text).flatMap { server["n\($0)"] }
        }
        #expect(expected("SqlState:\n22P02;") == .sqlState("22P02"))
        #expect(expected("SqlState: 99999 SqlState: 22P02") == .sqlState("22P02"))
        #expect(expected("SqlState: Pluto") == .other)
        #expect(expected("0 rows affected by malformed json") == .malformed)
        #expect(expected("10 rows affected") == .other && expected("x0 rows affected") == .noRow)
        #expect(expected("10 rows affected, 0 rows affected") == .noRow)
        // 00 to 5Z, and F0, HV, HY, P0, XX.
        let known = Self.classes.indices.filter { server["n\($0)"] != .other }
        #expect(known.count == 6 * 36 + 5)
    }
}
