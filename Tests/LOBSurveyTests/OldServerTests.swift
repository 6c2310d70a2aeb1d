import EphemeralPostgreSQL
import Foundation
import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import TestSupport
import Testing

/// No statement names what the server's version does not have: of versions that do not run here, by a table.
@Suite(.timeLimit(.minutes(5))) struct OldServerTests {
    @Test(arguments: OldServer.untried + (14...18).map(OldServer.init))
    func statementsNameWhatTheVersionHas(server: OldServer) {
        for statement in VersionedStatement.all {
            let problems = NamedObjects(statement.sql(server.version).text).problems(on: server)
            #expect(problems == [], "\(statement.name)")
        }
    }

    @Test func statementsByVersion() {
        expect(VersionedStatement.listing(for: OldServer.untried), matchesGolden: "old-servers.sql")
    }

    /// What is not in the table could be in no version, and nobody would see.
    @Test func theTableHasEveryNameOfTheSources() throws {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/LOBSurvey")
        let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        let known = Set(OldServer.names.filter { $0.key != .setting }.values.flatMap(\.keys))
        var unknown: Set<String> = []
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /pg_catalog\.([a-z_0-9]+)/)
            where !known.contains(String(match.output.1)) {
                unknown.insert(String(match.output.1))
            }
        }
        #expect(unknown.subtracting(Self.ofCitus) == [])
        #expect(unknown.isSuperset(of: Self.ofCitus))
    }

    /// What an extension puts into the catalog, of every version of the server.
    private static let ofCitus: Set = [
        "pg_dist_local_group", "pg_dist_node", "pg_dist_partition", "pg_dist_placement", "pg_dist_shard",
        "run_command_on_workers",
    ]

    /// The check must find what is wrong.
    @Test func statementsOfNewerServersAreFoundOut() {
        for statement in ["moment", "columns", "relations", "unique indexes", "load", "lag of replicas"] {
            let newer = VersionedStatement.all.first { $0.name == statement }
            let text = newer?.sql(140_000).text ?? ""
            #expect(NamedObjects(text).problems(on: OldServer(major: 9)) != [], "\(statement)")
            #expect(NamedObjects(text).problems(on: OldServer(major: 14)) == [], "\(statement)")
        }
        let wrong = NamedObjects("SELECT c.relnothing, pg_catalog.nothing() FROM pg_catalog.pg_class c")
        #expect(wrong.problems(on: OldServer(major: 15)).count == 2)
    }
}

/// The table itself, and what is sent in earnest, on the server that is here.
@Suite(.database, .timeLimit(.minutes(5))) struct OldServerOnServerTests {
    /// What the table says of the running version is so.
    @Test func theTableIsRightForThisServer() async throws {
        let database = try TestDatabase.current
        let major = database.cluster.serverVersion / 10_000
        func found(_ sql: String) async throws -> Set<String> {
            Set(try await database.psql(sql).split(separator: "\n").map(String.init))
        }
        let lists: [(OldServer.Kind, String)] = [
            (.function, "SELECT proname FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace"),
            (.relation, "SELECT relname FROM pg_class WHERE relnamespace = 'pg_catalog'::regnamespace"),
            (.type, "SELECT typname FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace"),
            (.setting, "SELECT lower(name) FROM pg_settings"),
        ]
        for (kind, sql) in lists {
            let here = try await found(sql)
            for entry in try #require(OldServer.names[kind]).values {
                #expect(here.contains(entry.name) == entry.versions.contains(major), "\(kind) \(entry.name)")
            }
        }
        let columns = try await found(
            """
            SELECT c.relname || '.' || a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
             WHERE c.relnamespace = 'pg_catalog'::regnamespace AND NOT a.attisdropped
            """)
        for (relation, entries) in OldServer.columnsByRelation {
            for entry in entries.values {
                let isHere = columns.contains("\(relation).\(entry.name)")
                #expect(isHere == entry.versions.contains(major), "\(relation).\(entry.name)")
            }
        }
    }

    private static let tables = """
        CREATE TYPE pair AS (a text, b int);
        CREATE DOMAIN long_text AS text;
        CREATE TABLE mixed (id int PRIMARY KEY, t long_text, j json, jb jsonb, b bytea, a text[], c pair, v varchar,
            o oid, n numeric, up text GENERATED ALWAYS AS (upper(v)) STORED);
        INSERT INTO mixed SELECT i, repeat('t', i * 7 % 5000), json_build_object('k', repeat('é', i % 900)),
            jsonb_build_object('k', repeat('x', i % 700)), decode(repeat('ab', i % 3000), 'hex'),
            ARRAY['a', repeat('b', i % 50)], (repeat('p', i % 60), i)::pair, repeat('v', i % 99), i, i
          FROM generate_series(1, 3000) i;
        CREATE INDEX ON mixed ((lower(v)));
        CREATE TABLE parent (k int, t text); CREATE TABLE child () INHERITS (parent);
        INSERT INTO child SELECT i, repeat('c', i) FROM generate_series(1, 200) i;
        CREATE TABLE root (k int, t text) PARTITION BY RANGE (k);
        CREATE TABLE leaf PARTITION OF root FOR VALUES FROM (0) TO (1000);
        INSERT INTO root SELECT i, repeat('r', 20 * i) FROM generate_series(1, 300) i;
        CREATE MATERIALIZED VIEW shown AS SELECT id, t FROM mixed WHERE id % 9 = 0;
        CREATE TABLE refers (id int REFERENCES mixed, picture oid);
        INSERT INTO refers SELECT i, lo_from_bytea(0, decode(repeat('cd', i * 100), 'hex'))
          FROM generate_series(1, 40) i;
        CREATE PUBLICATION published FOR TABLE mixed;
        VACUUM ANALYZE;
        """

    /// The functions that 9.6 has and this server does not.
    private static let xlog = [
        ("pg_current_xlog_location", "pg_lsn", "pg_current_wal_lsn"),
        ("pg_current_xlog_insert_location", "pg_lsn", "pg_current_wal_insert_lsn"),
        ("pg_last_xlog_receive_location", "pg_lsn", "pg_last_wal_receive_lsn"),
        ("pg_last_xlog_replay_location", "pg_lsn", "pg_last_wal_replay_lsn"),
        ("pg_is_xlog_replay_paused", "bool", "pg_is_wal_replay_paused"),
    ].map { old, type, new in
        "CREATE FUNCTION pg_catalog.\(old)() RETURNS \(type) LANGUAGE sql AS 'SELECT pg_catalog.\(new)()';"
    }

    /// A survey that takes the server for an older one sends only what that version has, and finds the same sizes.
    @Test func surveysOfOldServers() async throws {
        let cluster = try await EphemeralCluster.start(
            settings: ["log_statement": "all", "log_line_prefix": "%d|%a|"])
        for server in OldServer.untried {
            let database = "old_\(server.major)"
            try await cluster.createDatabase(database)
            try await cluster.psql(Self.tables, database: database)
            if server.major == 9 {
                try await cluster.psql(Self.xlog.joined(separator: "\n"), database: database)
            }
            let conninfo = cluster.conninfo(database: database)
            for method in PlanOptions.Method.allCases {
                let profile = try await Self.profile(conninfo, as: server.version, method: method)
                #expect(profile.server.version == server.version)
            }
            let sent = try SentStatements(to: database, logged: cluster.logFile).texts
            #expect(sent.count > 50, "\(server)")
            let problems = sent.flatMap { NamedObjects($0).problems(on: server) }
            #expect(Set(problems) == [], "\(server)")
            #expect(!sent.contains { $0.contains("ctid >=") }, "TID range scans came with 14")
            let found = try await Self.profile(conninfo, as: server.version, method: .full)
            Self.expectSameSizes(found, try await Self.profile(conninfo, method: .full))
        }
        await cluster.stop()
    }

    private static func profile(
        _ conninfo: String, as version: Int? = nil, method: PlanOptions.Method
    ) async throws -> Profile {
        var survey = Survey(
            try Conninfo(conninfo),
            options: SurveyOptions(plan: PlanOptions(method: method), policy: Policy(growth: .days(30))))
        survey.assumedServerVersion = version
        return try await survey.run()
    }

    private static func expectSameSizes(_ profile: Profile, _ truth: Profile) {
        #expect(profile.unmeasured == truth.unmeasured)
        #expect(profile.tables.count >= 5)
        #expect(profile.tables.map(\.relation.name) == truth.tables.map(\.relation.name))
        for (table, other) in zip(profile.tables, truth.tables) {
            #expect(table.rows == other.rows)
            let pairs = zip(table.columns, other.columns)
            for (column, same) in pairs {
                #expect(
                    column.measurement?.distribution == same.measurement?.distribution,
                    "\(table.relation.name) \(column.column.name)")
            }
        }
        #expect(profile.largeObjects?.count == truth.largeObjects?.count)
        #expect(profile.largeObjects?.sizes == truth.largeObjects?.sizes)
    }
}

/// What a server logged of the statements of lobscope in one database.
struct SentStatements {
    /// Each text once.
    private(set) var texts: Set<String> = []

    /// Reads the log of a server that begins its lines with `%d|%a|` and logs all statements.
    init(to database: String, logged file: String) throws {
        let log = String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
        let marks = ["execute <unnamed>", "statement"].map { "\(database)|lobscope|LOG:  \($0): " }
        var open: String?
        for line in log.split(separator: "\n") {
            if line.first == "\t" {
                open?.append("\n\(line.dropFirst())")
                continue
            }
            if let text = open { texts.insert(text) }
            open = marks.first { line.hasPrefix($0) }.map { String(line.dropFirst($0.count)) }
        }
        if let text = open { texts.insert(text) }
    }
}
