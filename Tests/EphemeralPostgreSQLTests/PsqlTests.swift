import EphemeralPostgreSQL
import TestSupport
import Testing

@Suite(.database) struct PsqlTests {
    @Test func firstErrorEndsTheScriptWithItsMessage() async throws {
        let database = try TestDatabase.current
        let error = await #expect(throws: ClusterError.self) {
            try await database.psql("SELECT 1; SELECT 1/0; CREATE TABLE after_error ()")
        }
        guard case .failed(program: "psql", let status, let message) = error else {
            Issue.record("not a failed run: \(String(describing: error))")
            return
        }
        #expect(status == 3)
        #expect(message.contains("division by zero"))
        #expect(try await database.psql("SELECT to_regclass('after_error') IS NULL") == "t")
    }

    @Test func errorBeforeTheEndOfALongScriptIsTheServers() async throws {
        let database = try TestDatabase.current
        let script = "SELECT no_such_column;\n" + String(repeating: "SELECT 1;\n", count: 1_000_000)
        let error = await #expect(throws: ClusterError.self) { try await database.psql(script) }
        #expect("\(try #require(error))".contains("no_such_column"))
    }

    @Test func copyDataAndQuotesPassThroughTheInput() async throws {
        let database = try TestDatabase.current
        let answer = try await database.psql(
            "CREATE TABLE t (x text);\nCOPY t FROM STDIN;\na'b\"$1\\t\u{e9}\n\\.\nSELECT octet_length(x) FROM t"
        )
        #expect(answer == "9")
    }

    @Test(arguments: 1...4) func eachCaseHasAnEmptyDatabase(_ number: Int) async throws {
        try await TestDatabase.current.psql("CREATE TABLE only_here AS SELECT \(number)")
    }

    @Test(.database(encoding: "LATIN1")) func latin1DatabaseStoresOneByteForALetter() async throws {
        let database = try TestDatabase.current
        #expect(try await database.psql("SHOW server_encoding") == "LATIN1")
        #expect(try await database.psql("SELECT octet_length('\u{e9}')") == "1")
        #expect(
            try await database.psqlBytes(Array("SELECT '\u{e9}'".utf8), clientEncoding: "UTF8").count == 3)
        #expect(
            try await database.psqlBytes(
                [0x53, 0x45, 0x4c, 0x45, 0x43, 0x54, 0x20, 0x27, 0xe9, 0x27],
                clientEncoding: "LATIN1") == [0xe9, 0x0a])
    }

    @Test func databaseNamesAreQuotedByBytes() async throws {
        let cluster = try TestDatabase.current.cluster
        let name = "it's \"\u{301}a\\b\" =x"
        try await cluster.createDatabase(name)
        let found = try await cluster.psql("SELECT current_database()", database: name)
        #expect(Array(found.utf8) == Array(name.utf8))
        try await cluster.dropDatabase(name)
    }
}
