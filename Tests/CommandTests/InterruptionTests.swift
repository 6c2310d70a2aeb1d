import Foundation
import TestSupport
import Testing

/// Ctrl-C and the like end a run soon, with what was measured until then and no session left behind.
@Suite(.database) struct InterruptionTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    /// A small table that takes minutes to be measured, for its numbers are short in the table and long as text;
    /// and one that seems to take longer and is therefore measured first.
    private static let endless = """
        CREATE TABLE endless (id int PRIMARY KEY, data jsonb);
        INSERT INTO endless
        SELECT i, (SELECT jsonb_agg('1e130000'::jsonb) FROM generate_series(1, 100)) FROM generate_series(1, 2000) i;
        CREATE TABLE brief (id int PRIMARY KEY, data json, note text);
        INSERT INTO brief SELECT i, '{}', repeat('b', 123) FROM generate_series(1, 120000) i;
        ANALYZE;
        """

    private static let sessions =
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'lobscope' AND datname = current_database()"

    /// The sessions that are left when those that are about to end had some seconds.
    private static func sessionsLeft(in database: TestDatabase) async throws -> String {
        var left = "?"
        for _ in 0..<100 where left != "0" {
            left = try await database.psql(sessions)
            if left != "0" { try await Task.sleep(for: .milliseconds(100)) }
        }
        return left
    }

    /// Starts a profile and waits until it measures the table that takes long.
    private func start(_ database: TestDatabase, _ options: String...) async throws -> RunningCommand {
        try await database.psql(Self.endless)
        let command = try RunningCommand(
            ["profile", database.conninfo(), "--out", "report", "--method", "full"] + options,
            in: scratch.path)
        let measuring = Self.sessions + " AND state = 'active' AND query LIKE '%\"endless\"%'"
        while try await database.psql(measuring) == "0" {
            try #require(command.isRunning)
            try await Task.sleep(for: .milliseconds(50))
        }
        return command
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP]) func signalKeepsWhatIsDone(signal: Int32) async throws {
        let database = try TestDatabase.current
        let command = try await start(database)
        try await Task.sleep(for: .milliseconds(500))
        command.send(signal)
        #expect(try await command.status(within: .seconds(20)) == 128 + signal)

        let report = try ReportJSON(try scratch.bytes("report/report.json"))
        #expect(!report.complete)
        #expect(report.table("brief")?.columns.last?.largestBytes == 123)
        #expect(report.table("endless")?.mode == "unlimited")
        #expect(
            report.unmeasured.contains {
                $0.subject.hasPrefix("public.endless") && $0.reason.contains("interrupted")
            })
        #expect(try await scratch.shell("cd report && sha256sum --quiet -c SHA256SUMS").status == 0)
        #expect(try await scratch.lobscope("snapshots", "verify", "report").status == 0)
        #expect(try scratch.text("stdout").contains("public.endless"))
        #expect(try await database.psql(Self.sessions) == "0")
    }

    /// What a signal stopped is gone on with, and its folder stays as it is.
    @Test func anInterruptedSurveyIsResumed() async throws {
        let database = try TestDatabase.current
        let command = try await start(database)
        command.send(SIGINT)
        #expect(try await command.status(within: .seconds(20)) == 128 + SIGINT)
        let before = try scratch.names("report")
        #expect(before.contains("checkpoint.zst"))
        // The rest would take minutes.
        try await database.psql("TRUNCATE endless; INSERT INTO endless VALUES (1, '[1, 2]')")

        let profile = ["profile", database.conninfo(), "--resume", "report"]
        let refused = try await scratch.lobscope(profile + ["--out", "none"])
        #expect(refused.status == 1)
        #expect(refused.errorOutput.contains("it was begun with --method full"))
        let outcome = try await scratch.lobscope(profile + ["--method", "full", "--out", "whole"])
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        #expect(try scratch.names("report") == before)
        #expect(!(try scratch.names("whole").contains("checkpoint.zst")))
        let report = try ReportJSON(try scratch.bytes("whole/report.json"))
        #expect(report.complete)
        #expect(report.table("brief")?.columns.last?.largestBytes == 123)
        #expect(report.table("endless")?.columns.last?.largestBytes == 6)
        #expect(outcome.output.contains("1 table carried over"))

        let done = try await scratch.lobscope("profile", database.conninfo(), "--resume", "whole")
        #expect(done.status == 1)
        #expect(done.errorOutput.contains("\"whole\" holds no unfinished run: it is complete"))
    }

    /// What a run kept while it went on is enough for another one after kill -9.
    @Test func aKilledSurveyIsResumed() async throws {
        let database = try TestDatabase.current
        let command = try await start(database, "--checkpoint-every", "200ms")
        func kept() throws -> [String] {
            guard try scratch.names(".").contains("report") else { return [] }
            return try scratch.names("report")
        }
        while try kept().first(where: { $0 > "checkpoint-000000003" }) == nil {
            try #require(command.isRunning)
            try await Task.sleep(for: .milliseconds(5))
        }
        command.send(SIGKILL)
        #expect(try await command.status(within: .seconds(20)) == 128 + SIGKILL)
        let left = try scratch.names("report").filter { !$0.hasPrefix(".") }
        #expect((1...2).contains(left.count) && left.allSatisfy { $0.hasPrefix("checkpoint-") })
        try await database.psql("TRUNCATE endless; INSERT INTO endless VALUES (1, '[1, 2]')")

        let profile = ["profile", database.conninfo(), "--method", "full"]
        let taken = try await scratch.lobscope(profile + ["--out", "report"])
        #expect(taken.status == 1, "what is kept is not overwritten")
        let outcome = try await scratch.lobscope(profile + ["--resume", "report", "--out", "whole"])
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        let report = try ReportJSON(try scratch.bytes("whole/report.json"))
        #expect(report.complete)
        #expect(report.table("brief")?.columns.last?.largestBytes == 123)
        #expect(report.table("endless")?.columns.last?.largestBytes == 6)
        #expect(outcome.output.contains("1 table carried over"))
        #expect(!(try scratch.names("whole").contains { $0.hasPrefix("checkpoint") }))
    }

    /// Nothing that was measured is lost where a signal comes while large reports are made.
    @Test func aSignalWhileReportsAreMadeLeavesTheSnapshot() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            DO $$ BEGIN FOR i IN 1..800 LOOP EXECUTE format(
                'CREATE TABLE t%s AS SELECT repeat(''a'', i) a, repeat(''b'', i) b, repeat(''c'', i) c, repeat(''d'', i) d FROM generate_series(1, 40) i', i);
            END LOOP; END $$
            """)
        let command = try RunningCommand(
            ["profile", database.conninfo(), "--out", "report"],
            in: scratch.path)
        func isStored() throws -> Bool {
            guard try scratch.names(".").contains("report") else { return false }
            return try scratch.names("report").contains { $0.hasSuffix(".json.zst") }
        }
        while !(try isStored()) {
            try #require(command.isRunning)
            try await Task.sleep(for: .milliseconds(5))
        }
        command.send(SIGTERM)
        #expect(try await command.status(within: .seconds(5)) == 128 + SIGTERM)
        #expect(!(try scratch.names("report").contains("SHA256SUMS")))
        #expect(try scratch.text("stderr").contains("hint: lobscope render \"report\" --format FORMAT"))
        let table = try await scratch.lobscope("render", "report", "--format", "lob-table-csv")
        #expect(
            table.status == 0 && table.output.contains("\"public.t800\",\"1\",\"No\""), "\(table.errorOutput)"
        )
    }

    @Test func secondSignalEndsAtOnce() async throws {
        let database = try TestDatabase.current
        let command = try await start(database)
        for _ in 0..<50 where command.isRunning { command.send(SIGINT) }
        #expect(try await command.status(within: .seconds(20)) == 128 + SIGINT)
    }

    @Test func killedProcessLeavesNoSessionAndNoReportThatLooksWhole() async throws {
        let database = try TestDatabase.current
        let command = try await start(database)
        command.send(SIGKILL)
        #expect(try await command.status(within: .seconds(20)) == 128 + SIGKILL)
        #expect(try await Self.sessionsLeft(in: database) == "0")
        #expect(!FileManager.default.fileExists(atPath: scratch.path + "/report/SHA256SUMS"))
    }
}
