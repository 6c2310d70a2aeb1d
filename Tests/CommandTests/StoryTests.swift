import EphemeralPostgreSQL
import Foundation
import TestSupport
import Testing

/// The story that the tool is for, from a first profile to the corrected rules after a truncation.
@Suite(.database) struct StoryTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    private func step(_ arguments: String..., status: Int32 = 0) async throws -> BuiltProduct.Outcome {
        let outcome = try await scratch.lobscope(arguments)
        try #require(
            outcome.status == status,
            "\(arguments): \(outcome.status) \(outcome.output)\(outcome.errorOutput)")
        return outcome
    }

    private func report(_ folder: String) throws -> ReportJSON {
        try ReportJSON(try scratch.bytes("\(folder)/report.json"))
    }

    @Test func fromAFirstProfileToCorrectedRules() async throws {
        let database = try TestDatabase.current
        let source = database.conninfo()
        try await database.psql(
            """
            CREATE TABLE ticket (id int PRIMARY KEY, body text, tags text[]);
            CREATE TABLE note (id int PRIMARY KEY, body text);
            INSERT INTO ticket SELECT i, repeat('b', i % 9000), ARRAY['t'] FROM generate_series(1, 3000) i;
            INSERT INTO note SELECT i, repeat('n', i % 700) FROM generate_series(1, 3000) i;
            ANALYZE;
            """)

        // 1. Profile: small values, so limited mode at 32 KB, and the endpoint stops rather than cuts.
        _ = try await step("profile", source, "--out", "first", "--slots", "auto")
        #expect(try report("first").table("ticket")?.mode == "limited")
        #expect(try scratch.text("first/lob_batch/endpoint-settings.json").contains("true"))
        _ = try await step("lint", "first", "--against", "first", "--fail-on", "warning")

        // 2. A larger row arrives, and the log of the task says so.
        try await database.psql("INSERT INTO ticket VALUES (9001, repeat('L', 143687), ARRAY['t'])")
        try scratch.write(
            Array(
                """
                2023-05-24T13:52:49 [SOURCE_CAPTURE  ]I:  Captured  (postgres_pglogical.c:10)
                2023-05-24T13:52:50 [SOURCE_CAPTURE  ]W:  Value of column 'body' in table 'public.ticket' was truncated \
                to 32768 bytes, actual length: 143687 bytes  (postgres_pglogical.c:2550)

                """.utf8), "task.log")

        // 3. What happened, what was predicted, what it needs now; just that table is measured again.
        let told = try await step(
            "truncations", "task.log", "--against", "first", "--remeasure", source, "--out", "second")
        #expect(told.output.contains("public.ticket.body"))
        #expect(told.output.contains("the largest value grew from 3000 bytes to 143687 bytes"))
        #expect(told.output.contains("the rule must change from limited, 32 KB to unlimited"))
        // What deletes rows is in a file for the target alone, and never in what is printed.
        #expect(!told.output.contains("TRUNCATE"))
        #expect(try scratch.text("second/fix-target.sql").contains("TRUNCATE TABLE \"public\".\"ticket\";"))
        let (first, second) = (try report("first"), try report("second"))
        #expect(second.table("ticket")?.mode == "unlimited")
        #expect(second.table("ticket")?.columns.first { $0.name == "body" }?.largestBytes == 143_687)
        #expect(second.table("note")?.measuredAt == first.startedAt)

        // 4. The rules are corrected, the difference is a document, the old rules are refused from now on.
        #expect(second.table("ticket")?.slot == "lob_unlimited")
        let corrected = try scratch.text("second/lob_unlimited/table-mappings.json")
        #expect(corrected.contains("\"mode\": \"unlimited\""))
        let compared = try await step("compare", "first", "second", "--exit-code", status: 2)
        #expect(compared.output.contains("public.ticket"))
        #expect(!compared.output.contains("public.note"))
        let old = try await step("lint", "first", "--against", "second", "--fail-on", "error", status: 2)
        #expect(old.output.contains("[lint-limit-too-small]"))
        _ = try await step("lint", "second", "--against", "second", "--fail-on", "error")
        _ = try await step("snapshots", "verify", "first", "second")

        // 5. The row shrinks and the table is measured again: what the log told of holds.
        try await database.psql("UPDATE ticket SET body = 'short' WHERE id = 9001")
        let again = try await step(
            "truncations", "task.log", "--against", "second", "--remeasure", source, "--out", "third")
        // 143,687 bytes by the sizing rule, the same number everywhere.
        #expect(again.output.contains("281"))
        let third = try report("third")
        let body = try #require(third.table("ticket")?.columns.first { $0.name == "body" })
        #expect(body.largestBytes == 3000 && body.limitBytes == 143_687 && body.limitKiB == 281)
        #expect(third.table("ticket")?.limitKiB == 281 && third.table("ticket")?.mode == "unlimited")
        #expect(try scratch.text("third/lob-table.csv").contains("\"public.ticket\",\"281\",\"No\""))
        #expect(try scratch.text("third/report.md").contains("A log of DMS reported a value of 143687 bytes"))
        let kept = try await step("compare", "second", "third")
        #expect(!kept.output.contains("the rule must change"))
        let stale = try await step("lint", "first", "--against", "third", "--fail-on", "error", status: 2)
        #expect(stale.output.contains("value of 143687 bytes"), "\(stale.output)")
        // Until someone says otherwise.
        try scratch.write(
            Array("tables:\n  - {table: public.ticket, logged-sizes: false}\n".utf8), "policy.yaml")
        let forgotten = try await step(
            "render", "third", "--format", "lob-table-csv", "--policy", "policy.yaml")
        #expect(
            forgotten.output.contains("\"public.ticket\",\"6\",\"No\",\"limited, 32 KB\""),
            "\(forgotten.output)")
    }
}
