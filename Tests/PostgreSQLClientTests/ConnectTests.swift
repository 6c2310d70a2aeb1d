import FaultProxy
import Foundation
import Testing

@testable import PostgreSQLClient

@Suite struct ConnectTests {
    private let server: TestServer

    init() async throws { server = try await TestServer.shared() }

    @Test func uriKeywordStringAndBareNameAllConnect() throws {
        let uri = "postgresql://postgres:\(server.password)@127.0.0.1:\(server.port)/postgres?sslmode=disable"
        let bare = try Conninfo("postgres").setting("host", server.folder).setting(
            "port", String(server.port)
        )
        .setting("user", "postgres")
        for conninfo in [try Conninfo(uri), try Conninfo(server.tcpConninfo()), bare] {
            var connection = try Connection(conninfo, applicationName: "lobscope test")
            try connection.rows("select current_setting('application_name'), current_database()::text") {
                (row: borrowing Row) throws(PostgreSQLError) in
                #expect(try row.text(0) == "lobscope test")
                #expect(try row.text(1) == "postgres")
            }
        }
    }

    @Test func serviceFileAndPasswordFileWork() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/lobscope-service-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let service =
            "[lob]\nhost=127.0.0.1\nport=\(server.port)\nuser=postgres\ndbname=postgres\nkeepalives_idle=77\n"
        let passwords = "127.0.0.1:\(server.port):*:postgres:\(server.password)\n"
        try service.write(toFile: folder + "/service.conf", atomically: true, encoding: .utf8)
        try passwords.write(toFile: folder + "/pgpass", atomically: true, encoding: .utf8)
        chmod(folder + "/pgpass", 0o600)
        setenv("PGSERVICEFILE", folder + "/service.conf", 1)
        defer { unsetenv("PGSERVICEFILE") }
        let conninfo = try Conninfo("service=lob passfile=\(folder)/pgpass")
        var connection = try Connection(conninfo, applicationName: "client tests")
        try expectUsable(&connection)
        let link = connection.link
        #expect(link.user == "postgres" && link.isLoopback && !link.isUnixSocket && !link.isUnverifiedRemote)

        let effective = SessionSettings(conninfo, applicationName: "x", connectTimeout: .seconds(1))
        #expect(effective.value("keepalives_idle") == nil)
        #expect(effective.value("keepalives_count") == "2")

        let unknown = try #require(throws: PostgreSQLError.self) {
            _ = try Connection(try Conninfo("service=nosuch"), applicationName: "client tests")
        }
        #expect(unknown.description.contains("nosuch"))
        #expect(unknown.description.contains("hint:"))
    }

    @Test func theSessionSpeaksUTF8AndTellsAboutItself() throws {
        let connection = try server.connect()
        #expect(connection.parameterStatus("client_encoding") == "UTF8")
        let (version, encoding, pid) = (
            connection.serverVersion, connection.serverEncoding, connection.backendPID
        )
        #expect(version >= 90600)
        #expect(encoding == "UTF8")
        #expect(pid > 0)
        let link = connection.link
        #expect(link.isUnixSocket && !link.isTLS && link.port == server.port && link.sslMode == "prefer")
    }

    @Test func aDeadLinkIsProbedUnlessTheUserChoseOtherwise() throws {
        let plain = SessionSettings(try Conninfo("host=h"), applicationName: "x", connectTimeout: .seconds(7))
        #expect(plain.value("keepalives_idle") == "5" && plain.value("keepalives_interval") == "2")
        #expect(plain.value("keepalives_count") == "2" && plain.value("tcp_user_timeout") == "9000")
        #expect(plain.timeout == .seconds(7))
        let chosen = SessionSettings(
            try Conninfo("host=h keepalives_idle=60 connect_timeout=3"), applicationName: "x",
            connectTimeout: .seconds(7))
        #expect(chosen.value("keepalives_idle") == "60")
        #expect(chosen.timeout == .seconds(3))
    }

    @Test func aDatabaseNameIsNeverExpandedToAConnectionString() throws {
        let conninfo = try Conninfo(server.socketConninfo()).setting("dbname", "host=evil.invalid port=1")
        let error = try #require(throws: PostgreSQLError.self) {
            _ = try Connection(conninfo, applicationName: "client tests")
        }
        #expect(error.sqlState == .undefinedDatabase)
    }

    @Test func eachReasonForNoConnectionIsUnderstandableAndHasAHint() throws {
        let cases: [(String, SQLState?, String)] = [
            (
                "host=127.0.0.1 port=\(server.port) user=postgres password=wrong-\(server.password) dbname=postgres",
                .invalidPassword, "28P01"
            ),
            (
                "host=127.0.0.1 port=\(server.port) user=postgres dbname=postgres passfile=/nonexistent", nil,
                "no password"
            ),
            (server.socketConninfo(database: "nosuchdb"), .undefinedDatabase, "nosuchdb"),
            ("host=127.0.0.1 port=1 dbname=x", nil, "refused"),
            ("host=nosuch.invalid dbname=x", nil, "nosuch.invalid"),
            ("host=/nonexistent dbname=x", nil, "/nonexistent"),
            ("host=127.0.0.1 port=\(server.port) sslmode=require dbname=x", nil, "SSL"),
            ("host=127.0.0.1 sslmode=wrong dbname=x", nil, "sslmode"),
        ]
        for (text, state, fragment) in cases {
            let error = try #require(throws: PostgreSQLError.self) {
                _ = try Connection(try Conninfo(text), applicationName: "client tests")
            }
            guard case .connect(_, let hint, let found) = error else {
                Issue.record("\(error)")
                continue
            }

            #expect(found == state, "\(error)")
            #expect(hint != nil, "\(error)")
            #expect(error.description.contains(fragment), "\(error)")
            #expect(!error.description.contains(server.password))
        }
    }

    @Test func aServerThatNeverAnswersIsGivenUpInTime() throws {
        let proxy = try Proxy(to: server.port)
        defer { proxy.close() }
        proxy.isStalled.withLock { $0 = true }
        let start = ContinuousClock.now
        let error = try #require(throws: PostgreSQLError.self) {
            _ = try Connection(
                try Conninfo(server.tcpConninfo(port: proxy.port)), applicationName: "client tests",
                connectTimeout: .seconds(1))
        }
        #expect(error.description.contains("did not answer"), "\(error)")
        #expect(start.duration(to: .now) < .seconds(30))
    }
}

extension SessionSettings {
    fileprivate func value(_ keyword: String) -> String? {
        options.first { $0.keyword == keyword }.map { String(decoding: $0.value, as: UTF8.self) }
    }
}
