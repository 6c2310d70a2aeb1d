import EphemeralPostgreSQL
import Foundation
import LOBReports
import TestSupport
import Testing

/// Passwords and contents of rows, planted everywhere, are in nothing that any command says or writes in any format.
///
/// Every other test of the command looks for them in what it prints, too: see ``Scratch``.
@Suite(.database) struct CanaryTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    @Test func aCanaryIsFoundInEveryForm() {
        for text in [Canary.row, Canary.password] {
            let bytes = Array("x\(text)y".utf8)
            let hex = bytes.map { String($0, radix: 16, uppercase: true) }
            let encoded: [[UInt8]] = [
                bytes, Array(text.uppercased().utf8), Array(hex.joined().utf8),
                Array(hex.map { "\\u00" + $0 }.joined().utf8), bytes.flatMap { [$0, 0] },
            ]
            let shifted = (0..<3).map {
                Array(Data([UInt8](repeating: 65, count: $0) + bytes).base64EncodedString().utf8)
            }
            for form in encoded + shifted {
                #expect(!Canary.forms(in: form).isEmpty, "\(String(decoding: form, as: UTF8.self))")
            }
        }
        #expect(Canary.forms(in: Array("canary, of a row".utf8)).isEmpty)
    }

    /// Contents in places other than rows: the catalog has texts, too, and some of them come from rows.
    private static let catalog = """
        CREATE TABLE planted (
          id int PRIMARY KEY, note text DEFAULT '\(Canary.row)', kind text CHECK (kind <> '\(Canary.row)'),
          twice text GENERATED ALWAYS AS ('\(Canary.row)' || id) STORED);
        INSERT INTO planted (id, note) SELECT i, '\(Canary.row)' || repeat('n', i * 300) FROM generate_series(1, 400) i;
        COMMENT ON TABLE planted IS '\(Canary.row)'; COMMENT ON COLUMN planted.note IS '\(Canary.row)';
        CREATE UNIQUE INDEX planted_part ON planted (id) WHERE note <> '\(Canary.row)';
        CREATE UNIQUE INDEX planted_expression ON planted ((note || '\(Canary.row)'), id);
        CREATE TABLE listed (kind text, body json) PARTITION BY LIST (kind);
        CREATE TABLE listed_one PARTITION OF listed FOR VALUES IN ('\(Canary.row)');
        INSERT INTO listed SELECT '\(Canary.row)', json_build_object('\(Canary.row)', repeat('b', i)) FROM generate_series(1, 500) i;
        CREATE FUNCTION tell() RETURNS bool LANGUAGE plpgsql AS
          $$ BEGIN RAISE EXCEPTION '\(Canary.row)' USING DETAIL = '\(Canary.row)', HINT = '\(Canary.row)'; END $$;
        CREATE TABLE guarded (id int, body text); INSERT INTO guarded VALUES (1, '\(Canary.row)');
        ALTER TABLE guarded ENABLE ROW LEVEL SECURITY; ALTER TABLE guarded FORCE ROW LEVEL SECURITY;
        CREATE POLICY asks ON guarded USING (tell());
        CREATE TABLE broken (id int, body jsonb, name varchar);
        INSERT INTO broken SELECT i, jsonb_build_object('\(Canary.row)', repeat('j', 3000)), '\(Canary.row)' FROM generate_series(1, 50) i;
        CREATE TABLE forbidden (id int, body text); INSERT INTO forbidden VALUES (1, '\(Canary.row)');
        CREATE VIEW shown AS SELECT '\(Canary.row)' AS word, note FROM planted;
        CREATE MATERIALIZED VIEW kept AS SELECT id, note || '\(Canary.row)' AS note FROM planted;
        SELECT lo_from_bytea(0, '\(Canary.row)');
        CREATE TABLE awsdms_apply_exceptions (
          "TASK_NAME" varchar(128), "TABLE_OWNER" varchar(128), "TABLE_NAME" varchar(128), "ERROR_TIME" timestamp,
          "STATEMENT" text, "ERROR" text);
        INSERT INTO awsdms_apply_exceptions VALUES
          ('TASK', 'public', 'planted', now(), 'INSERT INTO planted VALUES (''\(Canary.row)'')',
           'SqlState: 22P02 Message: invalid input syntax: "\(Canary.row)"');
        CREATE ROLE canary_reader LOGIN;
        GRANT SELECT ON ALL TABLES IN SCHEMA public TO canary_reader;
        REVOKE ALL ON forbidden FROM canary_reader;
        ANALYZE;
        """

    private static let log = """
        2023-05-24T13:52:50 [SOURCE_CAPTURE  ]W:  Value of column 'note' in table 'public.planted' was truncated to 65536 bytes, actual length: 90000 bytes  (postgres_pglogical.c:2550)
        2023-05-24T13:52:51 [TARGET_APPLY    ]E:  RetCode: SQL_ERROR SqlState: 22P02 Message: ERROR: \(Canary.row); value '\(Canary.row)' truncated
        2023-05-24T13:52:52 [SOURCE_UNLOAD   ]W:  \(Canary.row) was truncated to bytes \(Canary.password)

        """

    private static let mapping = """
        {"rules": [{"rule-type": "selection", "rule-id": "1", "rule-name": "a", "rule-action": "include",
          "object-locator": {"schema-name": "public", "table-name": "planted"}}]}
        """
    private static let settings = """
        {"TargetMetadata": {"SupportLobs": true, "FullLobMode": false, "LimitedSizeLobMode": true, "LobMaxSize": 100}}
        """

    /// Runs a command; ``Scratch`` looks at what it prints.
    @discardableResult
    private func run(
        _ arguments: [String], status: Int32? = 0, environment: [String: String] = [:]
    ) async throws -> [UInt8] {
        let outcome = try await scratch.lobscope(arguments, environment: environment)
        if let status {
            #expect(outcome.status == status, "\(arguments): \(outcome.errorOutput)")
        } else {
            #expect(outcome.status != 0, "\(arguments) is expected to fail")
        }
        return outcome.stdout
    }

    /// Looks at every file that was written, and at what is in the compressed ones.
    private func expectNoneInFiles(except planted: Set<String>) async throws {
        let outcome = try await scratch.shell("find . -type f | sort")
        for file in outcome.output.split(separator: "\n").map({ String($0.dropFirst(2)) })
        where !planted.contains(file) {
            Canary.expectNone(in: try scratch.bytes(file), file)
            guard file.utf8.reversed().starts(with: ".zst".utf8.reversed()) else { continue }
            let inside = try await BuiltProduct("zstd").run(["-dcq", scratch.path + "/" + file])
            #expect(inside.status == 0)
            Canary.expectNone(in: inside.stdout, "in " + file)
        }
    }

    @Test(.needs("zstd --version"))
    func noCommandTellsContentsOfRowsInAnyFormat() async throws {
        let database = try TestDatabase.current
        let conninfo = database.conninfo()
        try await database.psql(
            "SET client_min_messages = error; DROP ROLE IF EXISTS canary_reader;" + SampleData.everyType
                + Self.catalog)
        try scratch.write(Array(Self.log.utf8), "dms.log")
        try scratch.write(Array(Self.mapping.utf8), "mapping.json")
        try scratch.write(Array(Self.settings.utf8), "settings.json")

        try await measure(conninfo, asReader: database.conninfo(user: "canary_reader"))
        try await render()
        for options in [[], ["--after-load"], ["--only-worse"], ["--verbose", "--color", "always"]] {
            for format in PageFormat.allCases {
                try await run(["compare", "full", "sample", "--format", format.rawValue] + options)
            }
        }
        for format in ["text", "json", "sarif"] {
            try await run(
                [
                    "lint", "mapping.json", "settings.json", "--against", "full", "--format", format,
                    "--verbose",
                ])
        }
        for format in ["text", "json"] {
            try await run([
                "truncations", "dms.log", "--against", "full", "--format", format, "--exceptions", conninfo,
                "--verbose",
            ])
        }
        try await run([
            "truncations", "dms.log", "--against", "full", "--remeasure", conninfo, "--out", "again",
            "--verbose",
        ])
        try await run([
            "patch-plan", "mapping.json", "settings.json", "--against", "full", "--source", conninfo,
        ])
        for part in [["list", "full", "sample"], ["show", "full"], ["verify", "full", "sample"]] {
            try await run(["snapshots"] + part)
        }
        try await run(["snapshots", "merge", "full", "sample"], status: nil)
        try await run(["snapshots", "prune", ".", "--keep", "1", "--dry-run"])
        try await expectNoneInFiles(except: ["dms.log"])
        try await database.psql("DROP OWNED BY canary_reader; DROP ROLE canary_reader")
    }

    private func measure(_ conninfo: String, asReader reader: String) async throws {
        try await run(["plan", conninfo, "--verbose", "--sql"])
        try await run(["profile", conninfo, "--out", "full", "--method", "full", "--verbose"])
        try await run(
            [
                "profile", conninfo, "--out", "sample", "--method", "sample", "--sample-percent", "50%",
                "--progress", "json",
            ])
        // Statements that fail in the middle of a table, and tables that this role may not read.
        try await run(
            [
                "profile", reader, "--out", "reader", "--sample-by", "bernoulli", "--growth", "10%",
                "--verbose",
            ], status: 3)
        try await run(["profile", conninfo, "--table", "\(Canary.row.utf8.count)"], status: nil)
    }

    private func render() async throws {
        for folder in ["full", "sample", "reader"] {
            for format in ReportFormat.allCases {
                try await run(["render", folder, "--format", format.rawValue, "--limit", "64"])
            }
        }
        try await run(["render", "full", "--format", "text", "--color", "always"])
        try await run(["render", "full", "--format", "report-md", "--max-bytes", "4096"])
    }

    /// All the ways in which libpq takes a password, on a server that is there, and on ones that are not.
    @Test func noCommandTellsAPassword() async throws {
        let database = try TestDatabase.current
        let parts = [
            "host=\(database.cluster.socketDirectory)", "port=\(database.cluster.port)",
            "dbname=\(database.name)", "user=postgres",
        ]
        try await database.psql("CREATE TABLE planted AS SELECT 1 AS id, repeat('x', 200000) AS note")
        try scratch.write(Array(Self.mapping.utf8), "mapping.json")
        try scratch.write(Array(Self.settings.utf8), "settings.json")
        let there = parts.joined(separator: " ")
        try scratch.write(Array("*:*:*:*:\(Canary.password)\n".utf8), "passfile")
        try scratch.write(
            Array("[canary]\n\(parts.joined(separator: "\n"))\npassword=\(Canary.password)\n".utf8),
            "services")
        _ = try await scratch.shell("chmod 600 passfile services")
        let files = ["PGPASSFILE": scratch.path + "/passfile", "PGSERVICEFILE": scratch.path + "/services"]
        let socket = database.cluster.socketDirectory.utf8.map { "%" + String($0, radix: 16) }.joined()
        let uri =
            "postgresql://postgres:\(Canary.password)@\(socket):\(database.cluster.port)/\(database.name)"
        for (index, text) in [there, uri, "service=canary", there + " password=\(Canary.password)"]
            .enumerated()
        {
            try await run(["profile", text, "--out", "ok\(index)", "--verbose"], environment: files)
            try await run(["plan", text, "--verbose"], environment: files)
        }
        let wrong = [
            "host=127.0.0.1 port=1 password=\(Canary.password)",
            "postgresql://u:\(Canary.password)@127.0.0.1:1/d",
            "postgresql://u:\(Canary.password)%zz@h/d", "postgresql://u:x@\(Canary.password)@127.0.0.1:1/d",
            "postgresql://h/d?\(Canary.password)=1", "password='\(Canary.password)",
            "password=a \(Canary.password)",
            "host=h port=\(Canary.password)", "mysql://u:\(Canary.password)@h/d",
            there
                + " sslpassword=\(Canary.password) user=nobody_\(database.name) password=\(Canary.password)",
            "service=missing password=\(Canary.password)",
        ]
        for text in wrong {
            try await run(["profile", text, "--out", "wrong", "--verbose"], status: nil, environment: files)
            try await run(["plan", text], status: nil, environment: files)
            try await run(
                ["truncations", "--exceptions", text, "--against", "ok0"], status: nil, environment: files)
            try await run(
                ["patch-plan", "mapping.json", "settings.json", "--against", "ok0", "--source", text],
                status: nil, environment: files)
        }
        try await expectNoneInFiles(except: ["passfile", "services"])
    }

    /// Other users of the machine see the arguments of a process: none has a password that was not in ours.
    @Test(.needs("test -r /proc/self/cmdline")) func noProcessHasAPasswordInItsArguments() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            "CREATE TABLE t AS SELECT repeat('x', i) AS body FROM generate_series(1, 1000) i")
        let outcome = try await scratch.shell(
            """
            touch pause
            lobscope profile "$CONNINFO" --out report --pause-file pause --progress json 2>progress &
            for _ in $(seq 100); do grep -q paused progress 2>/dev/null && break; sleep 0.1; done
            for process in $! $(cat /proc/$!/task/*/children); do cat /proc/$process/cmdline; done
            rm pause; wait $!
            """, environment: ["PGPASSWORD": Canary.password, "CONNINFO": database.conninfo()])
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        #expect(outcome.output.contains("--pause-file"))
        Canary.expectNone(in: outcome.stdout + (try scratch.bytes("progress")), "arguments")
    }
}
