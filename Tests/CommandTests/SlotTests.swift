import Foundation
import TestSupport
import Testing

/// `--slots` on profile and render: a folder for each slot, the same again from the snapshot.
@Suite(.database) struct SlotTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    private static let shop =
        SampleData.shop + """
            ALTER TABLE customer ADD UNIQUE (name);
            CREATE TABLE line (id int PRIMARY KEY, customer_id int REFERENCES customer, n int);
            UPDATE "order" SET payload = jsonb_build_object('k', repeat('x', 200000)) WHERE id = 1;
            """

    private func profile(_ options: String...) async throws -> BuiltProduct.Outcome {
        let database = try TestDatabase.current
        try await database.psql(Self.shop)
        return try await scratch.lobscope(["profile", database.conninfo(), "--out", "report"] + options)
    }

    private static let taskFiles = [
        "endpoint-settings.json", "extra-connection-attributes.txt", "table-mappings.json",
        "task-settings.json",
    ]

    @Test func autoWritesAFolderForEachGroupAndItsLintIsClean() async throws {
        let checked = try await profile("--slots", "auto")
        #expect(checked.status == 0, "\(checked.errorOutput)")
        let cautious = try ReportJSON(try scratch.bytes("report/report.json"))
        #expect(cautious.table("line")?.slot == "lob_rowwise")
        #expect(!cautious.findings.contains { $0.id == "foreign-key-crosses-slots" })
        // What the target does not check is no reason to go row by row, and may arrive in any order.
        let outcome = try await scratch.lobscope(
            "profile", try TestDatabase.current.conninfo(), "--out", "free", "--slots", "auto",
            "--no-target-foreign-keys")
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        let slots = ["lob_batch", "lob_rowwise", "lob_unlimited"]
        for slot in slots { #expect(try scratch.names("free/\(slot)") == Self.taskFiles) }
        #expect(try !scratch.names("free").contains("table-mappings.json"))
        let check = try await scratch.shell("cd free && sha256sum --strict -c SHA256SUMS")
        #expect(check.status == 0)
        let report = try ReportJSON(try scratch.bytes("free/report.json"))
        #expect(report.table("order")?.slot == "lob_unlimited")
        #expect(report.table("customer")?.slot == "lob_rowwise")
        #expect(report.table("line")?.slot == "lob_batch")
        #expect(!report.findings.contains { $0.id == "foreign-key-crosses-slots" })
        let lint = try await scratch.lobscope("lint", "free", "--against", "free", "--fail-on", "warning")
        #expect(lint.status == 0, "\(lint.output)")
        // One slot alone misses the tables of the others.
        let one = try await scratch.lobscope(
            "lint", "free/lob_batch", "--against", "free", "--fail-on", "warning")
        #expect(one.status == 2)
    }

    @Test func renderGivesTheFilesOfEachSlotAgain() async throws {
        _ = try await profile("--slots", "auto", "--no-target-foreign-keys")
        for slot in ["lob_batch", "lob_rowwise", "lob_unlimited"] {
            for format in ["table-mappings", "task-settings", "endpoint-settings"] {
                let again = try await scratch.lobscope(
                    "render", "report", "--format", format, "--slot", slot)
                #expect(again.status == 0, "\(again.errorOutput)")
                #expect(try scratch.bytes("report/\(slot)/\(format).json") == again.stdout)
            }
        }
        #expect(
            try scratch.text("report/lob_batch/extra-connection-attributes.txt")
                == "PluginName=PGLOGICAL;slotName=lob_batch;FailTasksOnLobTruncation=false\n")
        let unnamed = try await scratch.lobscope("render", "report", "--format", "table-mappings")
        #expect(unnamed.status == 1)
        #expect(unnamed.errorOutput.contains("hint: there are lob_batch, lob_rowwise, lob_unlimited"))
        let unknown = try await scratch.lobscope(
            "render", "report", "--format", "table-mappings", "--slot", "nope")
        #expect(unknown.status == 1)
    }

    @Test func renderAssignsSlotsToAProfileThatHadNone() async throws {
        _ = try await profile()
        let file = """
            slots:
              - name: first
                tables: [public.customer, line]
              - name: second
                tables:
                  - '"order"'
            """
        try scratch.write(Array(file.utf8), "slots.yaml")
        let mapping = try await scratch.lobscope(
            "render", "report", "--slots", "slots.yaml", "--format", "table-mappings", "--slot", "second")
        #expect(mapping.status == 0, "\(mapping.errorOutput)")
        #expect(mapping.output.contains("\"table-name\": \"order\""))
        #expect(!mapping.output.contains("\"table-name\": \"customer\""))
        let server = try await scratch.lobscope("render", "report", "--slots", "pglogical")
        #expect(server.status == 1)
        #expect(server.errorOutput.contains("needs the source"))
    }

    @Test(arguments: [
        ("slots:\n  - name: a\n    table: [x]\n", "line 3: \"table\" is not a known key"),
        ("groups: []\n", "line 1: \"groups\" is not a known key"),
        ("slots:\n  - name: A-B\n    tables: [customer]\n", "line 2: \"A-B\" is not the name of a slot"),
        (
            "slots:\n  - name: a\n    tables:\n      - customer\n      - nope\n",
            "line 5: \"nope\" matches no table"
        ),
        (
            "slots:\n  - name: a\n    tables: [customer]\n  - name: b\n    tables: ['*']\n",
            "line 5: \"public.customer\" is in the slot \"a\" too"
        ),
        (
            "slots:\n  - name: a\n    tables: [customer]\n  - name: a\n    tables: [line]\n",
            "line 4: \"a\" is the name of another slot"
        ),
        ("slots:\n  - name: a\n", "line 2: \"tables\" is missing"),
        ("slots: 5\n", "line 1: \"slots\" must be a list"),
        ("slots:\n  - name: a\n    name: b\n    tables: [customer]\n", "not YAML"),
        ("slots: [\n", "not YAML"), ("", "\"slots\" is missing"),
    ]) func mistakesInASlotFileAreToldWithTheirLineBeforeMeasuring(file: String, message: String) async throws
    {
        try scratch.write(Array(file.utf8), "slots.yaml")
        let outcome = try await profile("--slots", "slots.yaml")
        #expect(outcome.status == 1)
        #expect(
            outcome.errorOutput.hasPrefix("lobscope: \"slots.yaml\" \(message)"), "\(outcome.errorOutput)")
        #expect(try !scratch.names(".").contains("report"))
    }

    @Test func sourceWithoutPglogicalIsTold() async throws {
        let outcome = try await profile("--slots", "pglogical")
        #expect(outcome.status == 1)
        #expect(
            outcome.errorOutput.hasPrefix("lobscope: extension \"pglogical\" is not in the database\nhint: "))
    }

    @Test(arguments: [
        ["--cdc-start", "16-B3"], ["--cdc-start", "/1"], ["--cdc-start", "1/G"], ["--target", "excel"],
        ["--instance-memory", "0GiB"], ["--instance-memory", "lots"], ["--slots", ""],
    ]) func wrongValuesAre64(options: [String]) async throws {
        #expect(try await scratch.lobscope(["profile"] + options).status == 64)
    }

    @Test func startTargetAndMemoryAreKeptInTheSnapshot() async throws {
        let outcome = try await profile(
            "--slots", "auto", "--cdc-start", "16/B374D848", "--target", "redshift", "--instance-memory",
            "16GiB")
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        let lines = try await scratch.lobscope("render", "report", "--format", "aws-cli")
        #expect(lines.output.contains("--cdc-start-position '16/B374D848'"))
        let other = try await scratch.lobscope(
            "render", "report", "--format", "aws-cli", "--cdc-start", "1/2")
        #expect(other.output.contains("--cdc-start-position '1/2'"))
        let report = try ReportJSON(try scratch.bytes("report/report.json"))
        #expect(
            report.findings.contains {
                $0.id == "target-value-too-large" && $0.subject == "public.order.payload"
            })
    }

    @Test func publicationsPartitionsAndGeneratedColumnsOfAnyTypeAreTold() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            SET client_min_messages = error;
            CREATE TABLE price (id int PRIMARY KEY, net int, gross int GENERATED ALWAYS AS (net * 2) STORED);
            CREATE TABLE part (id int, note text) PARTITION BY RANGE (id);
            CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM (0) TO (9);
            CREATE PUBLICATION "Some Publication";
            """)
        let outcome = try await scratch.lobscope("profile", database.conninfo(), "--out", "report")
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        let report = try ReportJSON(try scratch.bytes("report/report.json"))
        let found = Set(report.findings.map { "\($0.id) \($0.subject)" })
        #expect(found.contains("generated-column public.price.gross"))
        #expect(found.contains("partitioned-table public.part"))
        #expect(found.contains("publications publications"))
    }

    @Test func measuringAgainKeepsTheSlots() async throws {
        _ = try await profile("--slots", "auto")
        let database = try TestDatabase.current
        try await database.psql("UPDATE customer SET notes = repeat('large', 60000) WHERE id = 1")
        let line =
            "[SOURCE_CAPTURE ]W: Value of column 'notes' in table 'public.customer' was truncated to 65536 bytes, "
            + "actual length: 300000 bytes (postgres_pglogical.c:2550)\n"
        try scratch.write(Array(line.utf8), "task.log")
        let outcome = try await scratch.lobscope(
            "truncations", "task.log", "--against", "report", "--remeasure", database.conninfo(), "--out",
            "new")
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        #expect(outcome.output.contains("slot lob_rowwise"))
        // The proposal follows the new mode.
        #expect(
            try ReportJSON(try scratch.bytes("new/report.json")).table("customer")?.slot == "lob_unlimited")
        #expect(try scratch.names("new").contains("lob_unlimited"))
    }
}
