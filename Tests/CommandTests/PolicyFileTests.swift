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
        ("risks: 0.1\n", "line 1: \"risks\" is no key here\nhint: known keys are risk,"),
        ("risk: 2\n", "line 1: \"risk\" cannot be \"2\"\nhint: write a probability"),
        ("\nheadroom: much\n", "line 2: \"headroom\" cannot be \"much\""),
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
        ("tables:\n  - table: x\n    truncation-ok: {who: me}\n", "line 3: \"who\" is no key here"),
        ("tables:\n  - table: x\n    truncation-ok: maybe\n", "line 3: truncation-ok"),
        ("risk: 0.1\nrisk: 0.2\n", "not YAML"), ("risk: [\n", "not YAML"),
    ]) func mistakesAreToldWithTheirLineBeforeAnythingIsMeasured(file: String, message: String) async throws {
        try scratch.write(Array(file.utf8), "lobscope.yaml")
        let outcome = try await scratch.lobscope(
            "profile", "host=/nonexistent", "--policy", "lobscope.yaml", "--out", "report")
        #expect(outcome.status == 1)
        #expect(
            outcome.errorOutput.hasPrefix("lobscope: \"lobscope.yaml\" \(message)"), "\(outcome.errorOutput)")
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
            risk: 0.01
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
            "profile", database.conninfo(), "--policy", "lobscope.yaml", "--risk", "0.2", "--out", "report")
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

    @Test func thePlanSaysWhatThePolicyIsAbout() async throws {
        let database = try TestDatabase.current
        try await database.psql(SampleData.shop)
        try scratch.write(
            Array("tables:\n  - table: customer\n    limit: 128\n  - table: nowhere\n    risk: 0.01\n".utf8),
            "lobscope.yaml")
        let plan = try await scratch.lobscope(
            "plan", database.conninfo(), "--no-sql", "--policy", "lobscope.yaml")
        #expect(plan.status == 0, "\(plan.errorOutput)")
        #expect(plan.output.contains("\nPolicy\n  customer: limit 128 KB: 1 table\n"), "\(plan.output)")
        #expect(plan.output.contains("  nowhere: risk 1 %: no table in scope\n"), "\(plan.output)")
        try scratch.write(Array("limits: 3\n".utf8), "lobscope.yaml")
        let wrong = try await scratch.lobscope("plan", database.conninfo(), "--policy", "lobscope.yaml")
        #expect(wrong.status == 1)
        #expect(wrong.errorOutput.contains("line 1: \"limits\" is no key here"), "\(wrong.errorOutput)")
    }
}
