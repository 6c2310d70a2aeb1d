import PostgreSQLClient
import Testing

@Suite struct QuotedIdentifierTests {
    private let server: TestServer

    init() async throws { server = try await TestServer.shared() }

    @Test func theServerReadsTenThousandHostileNamesBackAsTheyWere() throws {
        var connection = try server.connect()
        var source = SystemRandomNumberGenerator()
        let names = (0..<10_000).map { _ in hostileName(&source) }
        let quoted = try names.map { name throws(PostgreSQLError) in
            let identifier = try QuotedIdentifier(name)
            return ("\(identifier)" as SQL).bytes
        }
        var different: Int64 = -1
        try connection.rows(
            "select count(*) from unnest($1, $2) as t(q, n) where parse_ident(q) is distinct from array[n]",
            [.textArray(quoted), .textArray(names)]
        ) { (row: borrowing Row) throws(PostgreSQLError) in different = try row.int64(0) }
        #expect(different == 0)
    }

    @Test func tablesWithHostileNamesAreMadeAndFoundAndNothingElseRuns() throws {
        var connection = try server.connect()
        try connection.execute("create schema hostile")
        try connection.execute("create sequence hostile.tripwire")
        let injection = Array("t\"\u{301}, nextval('hostile.tripwire') --".utf8)
        var source = SystemRandomNumberGenerator()
        var names: Set<[UInt8]> = [injection]
        while names.count < 300 { names.insert(hostileName(&source)) }
        for name in names {
            let table = try SQL.name(schema: Array("hostile".utf8), name: name)
            let column = try QuotedIdentifier(name)
            try connection.execute("create table \(table) (\(column) text)")
            try connection.execute("select \(column) from only \(table)")
        }
        var found: Set<[UInt8]> = []
        try connection.rows(
            "select relname from pg_class where relnamespace = 'hostile'::regnamespace and relkind = 'r'"
        ) { (row: borrowing Row) throws(PostgreSQLError) in found.insert(try row.bytes(0)) }
        #expect(found == names)
        var called = true
        try connection.rows("select is_called from hostile.tripwire") {
            (row: borrowing Row) throws(PostgreSQLError) in called = try row.bool(0)
        }
        #expect(!called)
        try connection.execute("set client_min_messages = error")
        try connection.batch(
            names.map { Statement("drop table \(try SQL.name(schema: Array("hostile".utf8), name: $0))") }
        ) { _, _ in }
        try connection.execute("drop schema hostile cascade")
    }

    @Test func emptyNamesAndNULBytesAreRefused() {
        #expect(throws: PostgreSQLError.self) { _ = try QuotedIdentifier([]) }
        #expect(throws: PostgreSQLError.self) { _ = try QuotedIdentifier([0x61, 0]) }
    }

    @Test func aNegativeNumberNeverBeginsAComment() {
        let sql: SQL = "select 1 -\(-1)"
        #expect(sql.text == "select 1 - -1")
        let parts: [SQL] = ["a", "b"]
        #expect(parts.joined(separator: ", ").text == "a, b")
    }

    private static let pieces: [[UInt8]] = [
        "\"", "\"\"", "\u{301}", "\"\u{301}", "\u{200D}", "\r\n", "'", "$$", "--", "/*", "*/", "\u{FEFF}",
        "\u{202E}",
        ";", "\\", ".", " ", "%", "a", "Z", "é", "\u{1F468}", "\u{7F}", "\u{1}", "\t", "€", "[", "]",
        "\u{85}",
    ].map { (text: String) in Array(text.utf8) }

    private func hostileName(_ source: inout SystemRandomNumberGenerator) -> [UInt8] {
        var name: [UInt8] = []
        for _ in 0..<Int.random(in: 1...12, using: &source) {
            let piece = Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &source)]
            if name.count + piece.count <= 63 { name += piece }
        }
        return name
    }
}
