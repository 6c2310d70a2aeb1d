import EphemeralPostgreSQL
import FaultProxy
import Foundation
import TestSupport
import Testing

/// `lobscope fleet`: many databases on a real server, some of them broken, killed and resumed.
@Suite(.database) struct FleetTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    /// What tests read of fleet.json.
    private struct Roll: Decodable {
        let verdict: String
        let complete: Bool
        let databases: [Entry]

        struct Entry: Decodable {
            let name: String
            let labels: [String: String]
            let outcome: String
            let reason: String?
            let hint: String?
            let profile: Figures?
        }

        struct Figures: Decodable {
            let database: String
            let verdict: String
            let startedAt: String
            let largest: Largest
        }

        struct Largest: Decodable {
            let bytes: Int?
            let table: String?
        }

        subscript(_ name: String) -> Entry? { databases.first { $0.name == name } }
    }

    private func roll(_ path: String = "fleet/fleet.json") throws -> Roll {
        try JSONDecoder().decode(Roll.self, from: Data(try scratch.bytes(path)))
    }

    /// Databases beside that of the test, dropped when the body has ended.
    private func withDatabases(
        _ count: Int, _ sql: String, _ body: ([(name: String, conninfo: String)]) async throws -> Void
    ) async throws {
        let database = try TestDatabase.current
        let names = (1...count).map { "\(database.name)_\($0)" }
        for name in names {
            try await database.psql("CREATE DATABASE \(name)")
            try await database.cluster.psql(sql, database: name)
        }
        let result: Result<Void, any Error>
        do {
            result = .success(
                try await body(names.map { ($0, database.cluster.conninfo(database: $0)) }))
        } catch {
            result = .failure(error)
        }
        for name in names { try await database.psql("DROP DATABASE \(name) WITH (FORCE)") }
        try result.get()
    }

    private func write(_ entries: [String], _ name: String = "fleet.yaml") throws {
        try scratch.write(Array(entries.map { "- \($0)\n" }.joined().utf8), name)
    }

    private func entry(_ name: String, _ conninfo: String, _ more: String = "") -> String {
        "{name: \(name), conninfo: \"\(conninfo)\"\(more)}"
    }

    private static let table =
        "CREATE TABLE note (id int PRIMARY KEY, body text NOT NULL);"
        + "INSERT INTO note SELECT i, repeat('x', i) FROM generate_series(1, 300) i; ANALYZE;"

    /// Each way in which a database can be broken, and none of them hides another.
    @Test func theBrokenOnesHideNoOther() async throws {
        let silent = try SilentListener()
        let database = try TestDatabase.current
        try scratch.write(Array("risks: 1\n".utf8), "bad.yaml")
        try await withDatabases(3, Self.table) { databases in
            let closed = databases[2]
            let role = "\(closed.name)_reader"
            try await database.psql(
                "CREATE ROLE \(role) LOGIN; REVOKE CONNECT ON DATABASE \(closed.name) FROM PUBLIC")
            try write([
                entry("missing", database.cluster.conninfo(database: "no_such_database")),
                entry("first", databases[0].conninfo, ", labels: {team: shop}"),
                entry("refused", "host=127.0.0.1 port=1 dbname=x"),
                entry("closed", database.cluster.conninfo(database: closed.name, user: role)),
                entry("rules", databases[0].conninfo, ", policy: bad.yaml"),
                entry("silent", "host=127.0.0.1 port=\(silent.port) connect_timeout=2 dbname=x user=x"),
                entry("second", databases[1].conninfo, ", options: {time-budget: 1h, table: [note]}"),
            ])
            let outcome = try await scratch.lobscope(
                "fleet", "fleet.yaml", "--out", "fleet", "--parallel", "3")
            #expect(outcome.status == 3, "\(outcome.errorOutput)")
            #expect(outcome.output.hasPrefix("NOT READY: 5 failed, "), "\(outcome.output)")
            let roll = try roll()
            #expect(!roll.complete && roll.databases.count == 7)
            #expect(roll.databases.prefix(5).allSatisfy { $0.outcome == "failed" && $0.profile == nil })
            for (name, part) in [
                ("missing", "no_such_database"), ("refused", "port 1"), ("closed", "permission denied"),
                ("rules", "\"bad.yaml\" line 1: \"risks\" is not a known key"), ("silent", "within"),
            ] {
                let reason = try #require(roll[name]?.reason, "\(name)")
                #expect(reason.contains(part), "\(name): \(reason)")
                #expect(
                    outcome.errorOutput.contains("\n\(name): failed: ")
                        || outcome.errorOutput.hasPrefix("\(name): failed: "))
            }
            #expect(roll["missing"]?.hint?.contains("name of the database") == true)
            #expect(roll["rules"]?.hint?.contains("known keys are") == true)
            #expect(roll["first"]?.labels == ["team": "shop"])
            for name in ["first", "second"] {
                #expect(roll[name]?.outcome == "complete" && roll[name]?.profile?.largest.bytes == 300)
                #expect(
                    try await scratch.shell("cd fleet/\(name) && sha256sum --quiet -c SHA256SUMS").status == 0
                )
            }
            #expect(Set(try scratch.names("fleet")).isSuperset(of: ["fleet.md", "fleet.html", "logs"]))
            try await database.psql("DROP OWNED BY \(role); DROP ROLE \(role)")
        }
    }

    /// What fails is tried again, what is finished stays byte by byte, and what another scheduler would roll up is the same.
    @Test func resumeTakesUpWhatIsNotFinishedOnly() async throws {
        try await withDatabases(2, Self.table) { databases in
            let later = "\(databases[0].name)_later"
            try write([
                entry("one", databases[0].conninfo),
                entry("two", databases[1].conninfo.replacing(databases[1].name, with: later)),
            ])
            let fleet = ["fleet", "fleet.yaml", "--out", "fleet"]
            #expect(try await scratch.lobscope(fleet).status == 3)
            let sums = try scratch.bytes("fleet/one/SHA256SUMS")
            #expect(!(try scratch.names("fleet").contains("two")))
            let again = try await scratch.lobscope(fleet)
            #expect(
                again.status == 1 && again.errorOutput.contains("\nhint: add --resume"),
                "\(again.errorOutput)")

            let database = try TestDatabase.current
            try await database.psql("ALTER DATABASE \(databases[1].name) RENAME TO \(later)")
            let resumed = try await scratch.lobscope(fleet + ["--resume"])
            try await database.psql("ALTER DATABASE \(later) RENAME TO \(databases[1].name)")
            #expect(resumed.status == 0, "\(resumed.errorOutput)")
            #expect(try scratch.bytes("fleet/one/SHA256SUMS") == sums)
            #expect(try roll().complete)
            let rollup = try await scratch.lobscope("snapshots", "rollup", "fleet", "--format", "json")
            #expect(rollup.status == 0)
            try scratch.write(rollup.stdout, "rollup.json")
            let (mine, theirs) = (try roll(), try roll("rollup.json"))
            #expect(
                mine.databases.map { $0.profile?.startedAt } == theirs.databases.map { $0.profile?.startedAt }
            )
            #expect(mine.verdict == theirs.verdict)
        }
    }

    private static let endless = """
        CREATE TABLE endless (id int PRIMARY KEY, data jsonb);
        INSERT INTO endless
        SELECT i, (SELECT jsonb_agg('1e130000'::jsonb) FROM generate_series(1, 100)) FROM generate_series(1, 2000) i;
        CREATE TABLE brief (id int PRIMARY KEY, data json, note text);
        INSERT INTO brief SELECT i, '{}', repeat('b', 123) FROM generate_series(1, 120000) i;
        ANALYZE;
        """

    private static let sessions =
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'lobscope' AND datname = '%'"

    /// A fleet that reads a table for minutes, and one that it is done with.
    private func start(
        _ databases: [(name: String, conninfo: String)]
    ) async throws -> RunningCommand {
        let database = try TestDatabase.current
        try await database.cluster.psql(Self.endless, database: databases[1].name)
        try write(databases.enumerated().map { entry("db\($0.offset)", $0.element.conninfo) })
        let command = try RunningCommand(
            [
                "fleet", "fleet.yaml", "--out", "fleet", "--parallel", "1", "--", "--method", "full",
                "--checkpoint-every", "200ms",
            ], in: scratch.path)
        func kept() throws -> Bool {
            guard try scratch.names(".").contains("fleet"), try scratch.names("fleet").contains("db1") else {
                return false
            }
            return try scratch.names("fleet/db1").contains {
                $0 > "checkpoint-000000003" && $0.hasPrefix("ch")
            }
        }
        while try !kept() {
            try #require(command.isRunning)
            try await Task.sleep(for: .milliseconds(20))
        }
        return command
    }

    @Test(arguments: [SIGINT, SIGKILL]) func aFleetThatIsStoppedIsResumed(signal: Int32) async throws {
        try await withDatabases(3, Self.table) { databases in
            let database = try TestDatabase.current
            let command = try await start(databases)
            command.send(signal)
            #expect(try await command.status(within: .seconds(40)) == 128 + signal)
            // What a fleet has started ends with it, however that ends.
            let sessions = Self.sessions.replacing("%", with: databases[1].name)
            var left = "?"
            for _ in 0..<200 where left != "0" {
                left = try await database.psql(sessions)
                if left != "0" { try await Task.sleep(for: .milliseconds(100)) }
            }
            #expect(left == "0")
            if signal == SIGINT {
                let roll = try roll()
                #expect(roll["db0"]?.outcome == "complete" && roll["db2"]?.outcome == "failed")
                #expect(roll["db1"]?.outcome == "partial" && roll["db1"]?.reason == "interrupted")
                #expect(roll["db2"]?.reason == "not begun: interrupted")
            }
            let done = try scratch.bytes("fleet/db0/SHA256SUMS")
            try await database.cluster.psql(
                "TRUNCATE endless; INSERT INTO endless VALUES (1, '[1, 2]')", database: databases[1].name)
            try await waitForReport("fleet/db1")
            let resumed = try await scratch.lobscope(
                "fleet", "fleet.yaml", "--out", "fleet", "--resume", "--", "--method", "full")
            let log = try scratch.text("fleet/logs/db1.log")
            #expect(resumed.status == 0, "\(resumed.errorOutput)\n\(log)")
            #expect(try scratch.bytes("fleet/db0/SHA256SUMS") == done)
            #expect(try roll().databases.allSatisfy { $0.outcome == "complete" })
            let report = try scratch.text("fleet/db1/report.md")
            #expect(report.contains("1 table carried over"))
            #expect(try scratch.names("fleet/unfinished") == ["db1-1"])
        }
    }

    /// A profile whose fleet was killed stores what it has read before it ends too.
    private func waitForReport(_ folder: String) async throws {
        var looks = 0
        while try !scratch.names(folder).contains("SHA256SUMS") {
            looks += 1
            try #require(looks < 400)
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    @Test func aDatabaseThatHangsIsGivenUp() async throws {
        let silent = try SilentListener()
        try write([
            entry("silent", "host=127.0.0.1 port=\(silent.port) connect_timeout=600 dbname=x user=x")
        ])
        let outcome = try await scratch.lobscope(
            "fleet", "fleet.yaml", "--out", "fleet", "--give-up-after", "1s", "--format", "json")
        // Nothing could be profiled at all.
        #expect(outcome.status == 1)
        let found = try #require(try roll()["silent"])
        #expect(found.outcome == "failed" && found.reason == "given up after 1 s")
        #expect(found.hint?.contains("--give-up-after") == true)
        #expect(try scratch.bytes("fleet/fleet.json") == outcome.stdout)
    }

    /// 20, or as many as SOAK_DATABASES says, and five that are broken in different ways.
    private static var many: Int {
        ProcessInfo.processInfo.environment["SOAK_DATABASES"].flatMap(Int.init) ?? 20
    }

    @Test func manyDatabasesAreProfiledFourAtATime() async throws {
        let silent = try SilentListener()
        let database = try TestDatabase.current
        let broken = [
            entry("missing", database.cluster.conninfo(database: "no_such_database")),
            entry("nobody", database.cluster.conninfo(database: database.name, user: "no_such_role")),
            entry("refused", "host=127.0.0.1 port=1 dbname=x"),
            entry("silent", "host=127.0.0.1 port=\(silent.port) connect_timeout=2 dbname=x user=x"),
            entry("rules", database.conninfo(), ", policy: none.yaml"),
        ]
        try await withDatabases(Self.many, Self.table) { databases in
            try write(broken + databases.map { entry($0.name, $0.conninfo) })
            let fleet = ["fleet", "fleet.yaml", "--out", "fleet"]
            let outcome = try await scratch.lobscope(fleet + ["--format", "md"])
            #expect(outcome.status == 3, "\(outcome.errorOutput)")
            #expect(outcome.errorOutput.split(separator: "\n").count == Self.many + broken.count)
            let roll = try roll()
            #expect(roll.databases.count { $0.outcome == "failed" } == broken.count)
            let measured = roll.databases.compactMap(\.profile)
            #expect(measured.map(\.database).sorted() == databases.map(\.name).sorted())
            #expect(measured.allSatisfy { $0.largest.table == "note" && $0.largest.bytes == 300 })
            let rollup = try await scratch.lobscope("snapshots", "rollup", "fleet", "--format", "openmetrics")
            #expect(rollup.status == 0 && rollup.output.hasSuffix("# EOF\n"))
            let sizes = rollup.output.matches(of: /\nlobscope_largest_value_bytes\{[^}]*\} 300\b/)
            #expect(sizes.count == Self.many)
        }
    }
}
