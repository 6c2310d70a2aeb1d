import EphemeralPostgreSQL
import TestSupport
import Testing

/// What goes wrong before anything is measured: status 1, the object named first, a hint, and nothing left behind.
@Suite(.database) struct BadInputTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    /// Expects a failure that says what is wrong, in this form, and leaves no file.
    private func expectFailure(
        _ arguments: [String], _ beginning: String, environment: [String: String] = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let before = try scratch.names(".")
        let outcome = try await scratch.lobscope(arguments, environment: environment)
        let message = outcome.errorOutput
        #expect(outcome.status == 1, "\(arguments)", sourceLocation: sourceLocation)
        #expect(outcome.stdout.isEmpty, "\(arguments)", sourceLocation: sourceLocation)
        #expect(message.hasPrefix("lobscope: " + beginning), "\(message)", sourceLocation: sourceLocation)
        #expect(message.contains("\nhint: "), "\(message)", sourceLocation: sourceLocation)
        #expect(message.split(separator: "\n").count == 2, "\(message)", sourceLocation: sourceLocation)
        #expect(try scratch.names(".") == before, "\(arguments)", sourceLocation: sourceLocation)
    }

    @Test func unreachableServerIsNamed() async throws {
        for command in ["profile", "plan"] {
            try await expectFailure(
                [command, "host=/nonexistent port=5432 dbname=x user=u"],
                "connection to server on socket \"/nonexistent/.s.PGSQL.5432\" failed")
            try await expectFailure(
                [command, "postgresql://u@127.0.0.1:1/x"],
                "connection to server at \"127.0.0.1\", port 1 failed")
            try await expectFailure(
                [command, "host=no-such-host.invalid dbname=x user=u"], "")
        }
        try await expectFailure(
            ["profile"], "connection to server at \"127.0.0.1\", port 1 failed",
            environment: ["PGHOST": "127.0.0.1", "PGPORT": "1", "PGUSER": "u"])
    }

    @Test func unknownDatabaseRoleAndServiceAreNamed() async throws {
        let database = try TestDatabase.current
        let server = "host=\(database.cluster.socketDirectory) port=\(database.cluster.port)"
        try await expectFailure(
            ["profile", "\(server) user=postgres dbname=nope"], "connection to server on socket")
        try await expectFailure(
            ["profile", "\(server) user=nobody_here dbname=postgres"], "connection to server")
        try await expectFailure(["profile", "service=no_such_service"], "")
        try await database.psql(
            "CREATE ROLE locked_\(database.name) LOGIN; REVOKE CONNECT ON DATABASE \(database.name) FROM PUBLIC"
        )
        try await expectFailure(
            ["profile", "\(server) user=locked_\(database.name) dbname=\(database.name)"],
            "connection to server on socket")
    }

    @Test func wrongPasswordIsRefusedAndNeverShown() async throws {
        let cluster = try await EphemeralCluster.start(listenOnLoopback: true)
        let canary = "canary-of-a-password"
        let port = "\(cluster.port)"
        let uri = "postgresql://postgres:\(canary)@127.0.0.1:\(port)/postgres"
        let keywords = "host=127.0.0.1 port=\(port) user=postgres dbname=postgres password=\(canary)"
        let failing: [(arguments: [String], environment: [String: String])] = [
            ([uri], [:]), ([keywords], [:]),
            ([], ["PGHOST": "127.0.0.1", "PGPORT": port, "PGUSER": "postgres", "PGPASSWORD": canary]),
            (["postgresql://postgres:\(canary)@127.0.0.1:1/x"], [:]),
            (["postgresql://u:\(canary)@[bad/x"], [:]),
            (["postgresql://u:\(canary)@host:port:5/x?nonsense=1"], [:]),
            (["host=h password='\(canary)"], [:]),
            (["host=h nonsense=\(canary)"], [:]), (["postgres//u:\(canary)@host/x"], [:]),
            ([uri + "?sslmode=verify-full"], [:]), ([uri + "?sslrootcert=/nonexistent"], [:]),
            (["postgresql://u:\(canary)@host/x?connect_timeout=\(canary)"], [:]),
        ]
        for command in ["profile", "plan"] {
            for (arguments, environment) in failing {
                let outcome = try await scratch.lobscope(
                    [command, "--verbose"] + arguments, environment: environment)
                #expect(outcome.status == 1, "\(arguments)")
                #expect(!(outcome.output + outcome.errorOutput).contains(canary), "\(arguments)")
                #expect(outcome.errorOutput.contains("\nhint: "), "\(outcome.errorOutput)")
            }
        }
        try await expectFailure(["profile", uri], "connection to server at \"127.0.0.1\", port \(port)")
        await cluster.stop()
    }

    @Test func rightPasswordIsInNoOutput() async throws {
        let cluster = try await EphemeralCluster.start(listenOnLoopback: true)
        let password = try #require(cluster.password)
        try await cluster.psql(SampleData.shop)
        let ways: [(conninfo: String, environment: [String: String])] = [
            ("postgresql://postgres:\(password)@127.0.0.1:\(cluster.port)/postgres", [:]),
            ("host=127.0.0.1 port=\(cluster.port) user=postgres dbname=postgres", ["PGPASSWORD": password]),
        ]
        for (index, way) in ways.enumerated() {
            let plan = try await scratch.lobscope(["plan", way.conninfo], environment: way.environment)
            let profile = try await scratch.lobscope(
                ["profile", way.conninfo, "--out", "report\(index)", "--verbose"],
                environment: way.environment)
            for outcome in [plan, profile] {
                #expect(outcome.status == 0, "\(outcome.errorOutput)")
                #expect(!(outcome.output + outcome.errorOutput).contains(password))
            }
        }
        let found = try await scratch.shell(
            "zstdcat report*/*.zst > all; cat report*/*.* >> all; grep -c \"$SECRET\" all",
            environment: ["SECRET": password])
        #expect(found.output == "0\n")
        await cluster.stop()
    }

    @Test func patternThatMatchesNothingIsAnError() async throws {
        let database = try TestDatabase.current
        try await database.psql(SampleData.shop)
        for option in ["--table", "--schema", "--exclude-table", "--truncation-ok"] {
            try await expectFailure(
                ["profile", database.conninfo(), option, "no_such_*"],
                "\(option) \"no_such_*\": no table matches")
        }
        // What is there but no table is called what it is.
        try await database.psql("CREATE VIEW latest AS SELECT * FROM customer")
        for option in ["--table", "--exclude-table", "--truncation-ok"] {
            try await expectFailure(
                ["profile", database.conninfo(), option, "latest"],
                "\(option) \"latest\": a view, which is not measured")
        }
        // A name in upper case is folded, as psql does; quotes keep it.
        try await expectFailure(
            ["profile", database.conninfo(), "--table", "\"CUSTOMER\""],
            "--table \"\"CUSTOMER\"\": no table matches")
        let folded = try await scratch.lobscope(
            "profile", database.conninfo(), "--table", "CUSTOMER", "--out", "r")
        #expect(folded.status == 0)
    }

    @Test func folderInTheWayIsToldBeforeAnythingIsMeasured() async throws {
        let database = try TestDatabase.current
        try await database.psql(SampleData.shop)
        try scratch.write([1], "file")
        try #require(try await scratch.shell("mkdir -p used && touch used/x").status == 0)
        let refused: [(out: String, beginning: String)] = [
            ("used", "\"used\" is already used"), ("file", "\"file\" is not a folder"),
            ("file/inside", "\"file/inside\" could not be opened: Not a directory"),
        ]
        try await database.psql("SELECT pg_stat_reset()")
        for (out, beginning) in refused {
            // Not even a connection is made: a server that cannot be reached is not what is complained about.
            try await expectFailure(["profile", "host=/nonexistent", "--out", out], beginning)
            try await expectFailure(["profile", database.conninfo(), "--out", out], beginning)
        }
        let nowhere = try await scratch.lobscope(
            "profile", database.conninfo(), "--out", "/proc/nowhere/report")
        #expect(nowhere.status == 1)
        #expect(nowhere.errorOutput.contains("\nhint: "))
    }

    @Test(.needs("test $(id -u) -ne 0 || setpriv --version"))
    func folderThatCannotBeWrittenIsToldBeforeAnythingIsMeasured() async throws {
        let script = """
            mkdir closed && chmod 555 closed && chmod 755 .
            run() { if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=65534 --clear-groups "$@"; else "$@"; fi; }
            run "$(command -v lobscope)" profile host=/nonexistent --out closed/report; a=$?
            cd closed && run "$(command -v lobscope)" profile host=/nonexistent; echo $a $?
            """
        let outcome = try await scratch.shell(script)
        #expect(outcome.output == "1 1\n", "\(outcome.errorOutput)")
        #expect(outcome.errorOutput.contains("\"closed\" could not be created: Permission denied\nhint: "))
        #expect(outcome.errorOutput.contains("\".\" could not be created: Permission denied\nhint: "))
    }
}
