import Foundation
import TestSupport
import Testing

/// `--policy`: the file of a team, its mistakes, and what becomes of it in the report.
@Suite(.database) struct PolicyFileTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    @Test(arguments: [
        (
            "risks: 0.1\n",
            "line 1: \"risks\" is not a known key\nhint: did you mean \"risk\"? known keys are risk,"
        ),
        (
            "risk: 2\n",
            "line 1: \"risk\" cannot be \"2\": it has no unit, and a percentage is expected\nhint: write 1%\n"
        ),
        ("\nheadroom: much\n", "line 2: \"headroom\" cannot be \"much\""),
        (
            "risk: 100%\n",
            "line 1: \"risk\" cannot be \"100%\": it must be over 0% and below 100%\nhint: write 1%\n"
        ),
        (
            "limited-up-to: 200MB\n",
            "line 1: \"limited-up-to\" cannot be \"200MB\": it must be whole KB from 1KB"
        ),
        ("sizing: bytes\n", "line 1: \"sizing\" cannot be \"bytes\"\nhint: write one of aws, octets, x3"),
        ("growth: fast\n", "line 1: \"growth\" cannot be \"fast\""),
        ("tables: {}\n", "line 1: \"tables\" must be a list"),
        ("tables:\n  - limit: 64\n", "line 2: \"table\" is missing"),
        ("tables:\n  - table: a.b.c\n", "line 2: \"a.b.c\": pattern has more than one"),
        ("tables:\n  - table: x\n    limit: 0\n", "line 3: \"limit\" cannot be \"0\""),
        (
            "tables:\n  - table: x\n    truncation-ok: {until: 2027-02-30}\n",
            "line 3: \"until\" cannot be \"2027-02-30\"\nhint: write a day such as 2027-03-31"
        ),
        ("tables:\n  - table: x\n    truncation-ok: {who: me}\n", "line 3: \"who\" is not a known key"),
        ("tables:\n  - table: x\n    truncation-ok: maybe\n", "line 3: truncation-ok"),
        ("risk: 0.1\nrisk: 0.2\n", "not YAML"), ("risk: [\n", "not YAML"),
    ]) func mistakesAreToldWithTheirLineBeforeAnythingIsMeasured(file: String, message: String) async throws {
        try await expectRefusal(of: file, message)
    }

    private func expectRefusal(of file: String, _ message: String) async throws {
        try scratch.write(Array(file.utf8), "lobscope.yaml")
        let outcome = try await scratch.lobscope(
            "profile", "host=/nonexistent", "--policy", "lobscope.yaml", "--out", "report")
        #expect(outcome.status == 1)
        #expect(
            outcome.errorOutput.hasPrefix("lobscope: \"lobscope.yaml\" \(message)"), "\(outcome.errorOutput)")
    }

    /// Each is one entry of `accept`.
    @Test(arguments: [
        ("by: Ana", "line 2: \"id\" is missing"),
        ("id: lob-without-key", "line 2: \"by\" is missing"),
        (
            "by: Ana\n    id: LOB-witout-key",
            "line 3: \"LOB-witout-key\" is not the id of a finding\nhint: did you mean \"lob-without-key\"?"
        ),
        (
            "by: Ana\n    id: nothing-like-it",
            "line 3: \"nothing-like-it\" is not the id of a finding\nhint: write it as reports show it"
        ),
        (
            "by: Ana\n    id: truncation-seen",
            "line 3: \"truncation-seen\" is about what a log reports, and cannot be accepted\nhint: truncation-ok"
        ),
        (
            "id: canary\n    by: Ana\n    pattern: a.b.c",
            "line 4: \"a.b.c\": pattern has more than one"
        ),
        ("id: canary\n    by: Ana\n    pattern: ''", "line 4: \"pattern\" must have a value"),
        (
            "id: canary\n    by: Ana\n    until: soon",
            "line 4: \"until\" cannot be \"soon\"\nhint: write a day such as 2027-03-31"
        ),
        (
            "id: canary\n    by: Ana\n    table: x",
            "line 4: \"table\" is not a known key\nhint: known keys are id,"
        ),
    ]) func mistakesInAcceptedFindingsAreToldToo(entry: String, message: String) async throws {
        try await expectRefusal(of: "accept:\n  - \(entry)\n", message)
    }

    @Test func acceptedFindingsAreAList() async throws {
        try await expectRefusal(of: "accept: canary\n", "line 1: \"accept\" must be a list")
    }

    @Test func aFileThatIsNotThereIsTold() async throws {
        let outcome = try await scratch.lobscope("profile", "host=/nonexistent", "--policy", "none.yaml")
        #expect(outcome.status == 1)
        #expect(outcome.errorOutput.contains("none.yaml"))
    }

    @Test func theDocumentedExampleIsRead() async throws {
        let example = try #require(
            try Readme.page("Policy-file").blocks("yaml").first {
                $0.contains { $0.contains("truncation-ok") }
            })
        try scratch.write(Array(example.joined(separator: "\n").utf8), "lobscope.yaml")
        let outcome = try await scratch.lobscope("profile", "host=/nonexistent", "--policy", "lobscope.yaml")
        #expect(outcome.status == 1)
        #expect(!outcome.errorOutput.contains("yaml"), "\(outcome.errorOutput)")
    }

    @Test func decisionsAreInTheReportAndStayInTheSnapshot() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            SampleData.shop
                + "UPDATE \"order\" SET payload = jsonb_build_object('k', repeat('x', 200000)) WHERE id = 1;")
        let file = """
            risk: 1%
            sizing: octets
            tables:
              - table: public.*
                truncation-ok: true
              - table: [public.order, other.*]
                truncation-ok: {by: Ana Lima, until: 2999-03-31, ticket: CHG-1042}
                limit: 128
              - table: customer
                truncation-ok: {by: Old, until: 2020-01-01}
            """
        try scratch.write(Array(file.utf8), "lobscope.yaml")
        let outcome = try await scratch.lobscope(
            "profile", database.conninfo(), "--policy", "lobscope.yaml", "--risk", "20%", "--out", "report")
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        let json = try await scratch.shell(
            """
            jq -c '.policy.risk, .policy.sizing, (.policy.tables | length), \
            (.tables[] | select(.table == "order") | .mode, .bulkMaxSizeKiB, .truncationOK, .risk), \
            (.tables[] | select(.table == "customer") | .truncationOK)' report/report.json
            """)
        #expect(json.output == "0.2\n\"octets\"\n3\n\"limited\"\n128\ntrue\n1\nfalse\n")
        let text = try await scratch.lobscope("render", "report", "--format", "report-md")
        #expect(text.output.contains("by Ana Lima until 2999-03-31 (CHG-1042)"))
        #expect(text.output.contains("waiver-expired"))
        // Another policy over the same measurement.
        try scratch.write(Array("strategy: strict\n".utf8), "strict.yaml")
        let strict = try await scratch.shell(
            "lobscope render report --policy strict.yaml --format report-json "
                + "| jq -c '.policy.strategy, .policy.risk, ([.tables[].truncationOK | select(.)] | length)'")
        #expect(strict.output == "\"strict\"\n0.2\n0\n", "\(strict.errorOutput)")
    }

    @Test func acceptedFindingsAreShownAndDoNotFail() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            "CREATE TABLE event (id int, body text); INSERT INTO event SELECT i, repeat('x', i) FROM generate_series(1, 100) i"
        )
        let plain = try await scratch.lobscope("profile", database.conninfo(), "--out", "plain")
        #expect(plain.status == 0, "\(plain.errorOutput)")
        #expect(plain.output.hasPrefix("NOT READY: "), "\(plain.output)")
        let ids = Set(
            try ReportJSON(try scratch.bytes("plain/report.json")).findings.filter { $0.severity != "info" }
                .map(\.id))
        #expect(ids.contains("lob-without-key"))
        // Whatever this server has beside it is accepted without a pattern.
        let entries = ids.sorted().map { id in
            "  - {id: \(id), by: Jane Doe, until: 2999-03-31, ticket: CHG-4711, reason: loaded once"
                + (id == "lob-without-key" ? ", pattern: public.ev*}" : "}")
        }
        try scratch.write(Array((["accept:"] + entries).joined(separator: "\n").utf8), "lobscope.yaml")
        let outcome = try await scratch.lobscope(
            "profile", database.conninfo(), "--policy", "lobscope.yaml", "--out", "report")
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        #expect(
            outcome.output.hasPrefix("READY: nothing speaks against these files, apart from "),
            "\(outcome.output)")
        let json = try await scratch.shell(
            "jq -c '.findings[] | select(.id == \"lob-without-key\") | .severity, .accepted' report/report.json"
        )
        #expect(
            json.output
                == "\"error\"\n{\"by\":\"Jane Doe\",\"until\":\"2999-03-31\",\"ticket\":\"CHG-4711\",\"reason\":\"loaded once\"}\n",
            "\(json.output)")
        let lint = try await scratch.lobscope(
            "lint", "report", "--against", "report", "--fail-on", "warning", "-v")
        #expect(lint.status == 0, "\(lint.output)")
        #expect(
            lint.output.contains("accepted by Jane Doe until 2999-03-31, CHG-4711: loaded once"),
            "\(lint.output)")
        let strict = try await scratch.lobscope(
            "lint", "report", "--against", "plain", "--fail-on", "warning")
        #expect(strict.status == 2, "\(strict.output)")
    }

    @Test func thePlanSaysWhatThePolicyIsAbout() async throws {
        let database = try TestDatabase.current
        try await database.psql(SampleData.shop)
        try scratch.write(
            Array("tables:\n  - table: customer\n    limit: 128KB\n  - table: nowhere\n    risk: 1%\n".utf8),
            "lobscope.yaml")
        let plan = try await scratch.lobscope(
            "plan", database.conninfo(), "--policy", "lobscope.yaml")
        #expect(plan.status == 0, "\(plan.errorOutput)")
        #expect(plan.output.contains("\nPolicy\n  customer: limit 128 KB: 1 table\n"), "\(plan.output)")
        #expect(plan.output.contains("  nowhere: risk 1 %: no table in scope\n"), "\(plan.output)")
        try scratch.write(Array("limits: 3\n".utf8), "lobscope.yaml")
        let wrong = try await scratch.lobscope("plan", database.conninfo(), "--policy", "lobscope.yaml")
        #expect(wrong.status == 1)
        #expect(wrong.errorOutput.contains("line 1: \"limits\" is not a known key"), "\(wrong.errorOutput)")
    }
}
