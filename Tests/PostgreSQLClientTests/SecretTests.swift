import PostgreSQLClient
import Testing

@Suite struct SecretTests {
    private let server: TestServer

    init() async throws { server = try await TestServer.shared() }

    private static let canary = "CANARY-h4rdToGuess"

    @Test(arguments: [
        "postgresql://u:\(canary)@h/d", "host=h password=\(canary) user=u", "password='\(canary)'",
        "postgresql://h/d?password=\(canary)", "postgresql://u:a?\(canary)#@h/d",
        "host=h sslpassword=\(canary)",
    ])
    func aPasswordIsInNoDescriptionDumpOrMirror(text: String) throws {
        let conninfo = try Conninfo(text)
        var dumped = ""
        dump(conninfo, to: &dumped)
        let mirrored = Mirror(reflecting: conninfo).children.map { "\($0.value)" }.joined()
        let shown = "\(conninfo)" + String(reflecting: conninfo) + dumped + mirrored + "\([conninfo])"
        #expect(!shown.contains("CANARY"))
        #expect(shown.contains("********"))
        #expect(conninfo.value("password") == nil)
    }

    @Test(arguments: [
        "postgresql://u:\(canary)%zz@h/d", "postgresql://u:x@\(canary)@h/d", "postgresql://u:a/\(canary)@h/d",
        "postgresql://u:a?b/\(canary)@h/d", "postgresql://u:a?b@\(canary)@h/d",
        "postgresql://h/d?\(canary)=1",
        "postgresql://h/d?x\(canary)", "postgresql://u:1/\(canary)@h", "postgresql://[\(canary)",
        "postgresql://[::1]\(canary)",
        "password=a \(canary)", "password=a \(canary)=b", "password='\(canary)", "password=\(canary)%00 x",
        "mysql://u:\(canary)@h/d", "postgres:u:\(canary)@h", "postgresql:/u:\(canary)@h/d", "u:\(canary)@h/d",
        "postgresql://u:a:b@h:\(canary)/d", "postgresql://u@h/d?password=%00\(canary)",
        "host=h port=\(canary)", "postgresql://u:p%40\(canary)%@h/",
    ])
    func aMistypedConnectionStringIsRefusedWithoutQuotingIt(text: String) {
        let error = #expect(throws: PostgreSQLError.self) { _ = try Conninfo(text) }
        guard let error else { return }
        var shown = "\(error)" + String(reflecting: error)
        dump(error, to: &shown)
        #expect(!shown.contains("CANARY"), "\(shown)")
        guard case .conninfo = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test func aFailedConnectionDoesNotTellThePassword() throws {
        for port in [server.port, 1] {
            let text =
                "host=127.0.0.1 port=\(port) user=postgres password=\(Self.canary) dbname=\(Self.canary)"
            let error = try #require(throws: PostgreSQLError.self) {
                _ = try Connection(try Conninfo(text), applicationName: "client tests")
            }
            var shown = "\(error)"
            dump(error, to: &shown)
            #expect(!shown.contains("CANARY"), "\(shown)")
        }
    }

    @Test(arguments: [
        "select 'CANARY-VALUE'::text::int" as SQL, "select to_date('CANARY-VALUE', 'YYYY')",
        "select 'CANARY-VALUE'::json", "do $$ begin raise exception 'CANARY-VALUE'; end $$",
        "insert into secret_rows values ('CANARY-VALUE')", "select ('{CANARY-VALUE'::text)::int[]",
        "do $$ begin raise exception 'x' using detail = 'CANARY-VALUE', hint = 'CANARY-VALUE'; end $$",
        "do $$ begin raise exception 'CANARY-VALUE' using errcode = '23505'; end $$",
        "select xmlparse(document '<CANARY-VALUE')", "select $1 / 0 from secret_rows",
        "copy (select 'CANARY-VALUE'::text::int) to stdout (format binary)",
    ])
    func noValueOfARowIsInAnError(sql: SQL) throws {
        var connection = try server.connect()
        try connection.execute("create temp table secret_rows (a text primary key)")
        try connection.execute("insert into secret_rows values ('CANARY-VALUE')")
        let error = try #require(throws: PostgreSQLError.self) { try connection.execute(sql) }
        var shown = "\(error)"
        dump(error, to: &shown)
        #expect(!shown.contains("CANARY"), "\(shown)")
        #expect(error.sqlState != nil)
        try expectUsable(&connection)
    }

    @Test func messagesAboutObjectsAreKeptAndEscaped() throws {
        var connection = try server.connect()
        let name = try QuotedIdentifier(Array("no\u{1B}[31m\u{202E}\ntable".utf8))
        let error = try #require(throws: PostgreSQLError.self) {
            try connection.execute("select 1 from \(name)")
        }
        #expect(error.description.contains(#"no\x1b[31m\u{202e}\ntable"#), "\(error)")
        #expect(error.sqlState == .undefinedTable)
    }
}
