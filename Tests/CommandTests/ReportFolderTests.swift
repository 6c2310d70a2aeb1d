import Foundation
import LOBAdvice
import TestSupport
import Testing

/// What `lobscope profile` leaves behind for a database with every type in it.
@Suite(.database) struct ReportFolderTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    private static let files = [
        "SHA256SUMS", "endpoint-settings.json", "extra-connection-attributes.txt",
        "fix-source.sql", "fix-target.sql", "lob-table.csv",
        "lob-table.md", "move-large-objects.sh",
        "report.html", "report.json", "report.md", "table-mappings.json", "tables.csv", "task-settings.json",
    ]

    private func profile() async throws -> TestDatabase {
        let database = try TestDatabase.current
        try await database.psql(SampleData.everyType)
        let outcome = try await scratch.lobscope(
            "profile", database.conninfo(), "--out", "report", "--method", "full")
        try #require(outcome.status == 0, "\(outcome.errorOutput)")
        return database
    }

    @Test func folderIsCompleteAndItsChecksumsHold() async throws {
        let database = try await profile()
        let names = try scratch.names("report")
        let snapshots = names.filter { $0.hasSuffix(".json.zst") }
        #expect(names.filter { !$0.hasSuffix(".json.zst") } == Self.files)
        let snapshot = try #require(snapshots.first)
        #expect(snapshots.count == 1)
        #expect(snapshot.hasPrefix("\(database.name)-20"))

        let check = try await scratch.shell("cd report && sha256sum --strict -c SHA256SUMS")
        #expect(check.status == 0, "\(check.output)")
        #expect(check.output.split(separator: "\n").count == names.count - 1)

        let json = try await scratch.shell("zstdcat report/*.json.zst | python3 -m json.tool | head -c 1000")
        #expect(json.status == 0)
        #expect(json.output.hasPrefix("{"))
    }

    @Test func lobTableBeginsWithTheColumnsOfDMS() async throws {
        _ = try await profile()
        #expect(
            try scratch.text("report/lob-table.md").hasPrefix(
                "| Table | Max LOB Size (Kb) | Truncations OKAY? |"))
        #expect(
            try scratch.text("report/lob-table.csv").hasPrefix(
                "\"Table\",\"Max LOB Size (Kb)\",\"Truncations OKAY?\""))
        // The root stands for its leaves.
        let table = try scratch.text("report/lob-table.md")
        #expect(table.contains("`public.parted`"))
        #expect(!table.contains("parted_1"))
    }

    @Test func everyNumberOfTheReportEqualsPlainSQL() async throws {
        let database = try await profile()
        let report = try ReportJSON(try scratch.bytes("report/report.json"))
        #expect(report.schemaVersion == 1)
        #expect(report.complete)
        #expect(report.unmeasured.isEmpty)
        #expect(report.database == database.name)
        let table = try #require(report.table("every_type"))
        #expect(table.columns.count == 20)
        for column in table.columns {
            let found =
                "\(column.rows ?? -1)|\(column.rowsMeasured ?? -1)|\(column.nulls ?? -1)|\(column.sumBytes ?? -1)"
                + "|\(column.largestBytes ?? -1)"
            #expect(column.coverage == "exact", "\(column.name)")
            #expect(column.rowsExact, "\(column.name)")
            #expect(try await Self.oracle(database, "every_type", column) == found, "\(column.name)")
        }
        for name in ["parted_1", "parted_2"] {
            let leaf = try #require(report.table(name))
            let column = try #require(leaf.columns.first)
            #expect(leaf.parent != nil)
            #expect(
                try await database.psql("SELECT max(octet_length(note)) FROM \(name)")
                    == "\(column.largestBytes ?? -1)")
        }
        #expect(report.largeObjects.count == 2)
        #expect(report.largeObjects.totalBytes == 5003)
        #expect(report.largeObjects.largestBytes == 5000)
        #expect(report.findings.contains { $0.id == "large-objects" })
    }

    /// Rows, rows measured, NULLs, sum and largest of a column, by psql.
    private static func oracle(
        _ database: TestDatabase, _ table: String, _ column: ReportJSON.Column
    ) async throws -> String {
        let size =
            column.type == "bytea"
            ? "octet_length(\"\(column.name)\")" : "octet_length(\"\(column.name)\"::text)"
        return try await database.psql(
            """
            SELECT count(*), count(*), count(*) FILTER (WHERE \(size) IS NULL), coalesce(sum(\(size)), 0),
                   coalesce(max(\(size)), -1) FROM \(table)
            """)
    }

    @Test func mappingSelectsEveryTableOnceAndBreaksNoRule() async throws {
        _ = try await profile()
        let bytes = try scratch.bytes("report/table-mappings.json")
        #expect(MappingValidator.violations(inFile: bytes) == [])
        let mapping = try scratch.text("report/table-mappings.json")
        for name in ["every_type", "parted_1", "parted_2", "no_lob", "Mixed Case", "attachment"] {
            #expect(mapping.contains("\"\(name)\""), "\(name)")
        }
        // The view cannot migrate, the root would load the rows of its leaves again.
        #expect(!mapping.contains("\"summary\""))
        #expect(!mapping.contains("\"parted\""))
    }

    @Test func filesAreForTheirOwnerOnlyWhateverTheUmask() async throws {
        let database = try TestDatabase.current
        try await database.psql(SampleData.shop)
        let script = """
            umask 000; lobscope profile "$CONNINFO" --out open --quiet > text; umask 277
            lobscope profile "$CONNINFO" --out closed --quiet >> text
            stat -c '%a' open closed open/* closed/* | sort | uniq -c | awk '{print $1, $2}'
            """
        let outcome = try await scratch.shell(script, environment: ["CONNINFO": database.conninfo()])
        #expect(outcome.output == "24 600\n2 700\n", "\(outcome.errorOutput)")
    }

    @Test(.needs("python3 -c 'import jsonschema'")) func reportFollowsItsSchema() async throws {
        let schema = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../reports/report.schema.json").standardized
        // A schema that is there must hold; one that is not cannot be broken.
        guard FileManager.default.fileExists(atPath: schema.path) else { return }
        _ = try await profile()
        let outcome = try await scratch.shell(
            """
            python3 -c 'import json, jsonschema, sys
            read = lambda name: json.load(open(name, encoding="utf-8"))
            jsonschema.validate(read("report/report.json"), read(sys.argv[1]))' "$SCHEMA"
            """, environment: ["SCHEMA": schema.path])
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
    }

    @Test(.needs("python3 -c 'import boto3, moto'")) func awsClientTakesTheFilesUnchanged() async throws {
        _ = try await profile()
        let outcome = try await scratch.shell(
            """
            python3 - <<'END'
            import json, os
            os.environ.update(AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x", AWS_DEFAULT_REGION="us-east-1")
            import boto3
            from moto import mock_aws
            read = lambda name: open(os.path.join("report", name), encoding="utf-8").read()
            with mock_aws():
                dms = boto3.client("dms")
                arn = dms.create_endpoint(
                    EndpointIdentifier="source", EndpointType="source", EngineName="postgres",
                    PostgreSQLSettings=json.loads(read("endpoint-settings.json")))["Endpoint"]["EndpointArn"]
                dms.create_replication_task(
                    ReplicationTaskIdentifier="task", SourceEndpointArn=arn, TargetEndpointArn=arn,
                    ReplicationInstanceArn="arn:aws:dms:us-east-1:123456789012:rep:X", MigrationType="cdc",
                    TableMappings=read("table-mappings.json"), ReplicationTaskSettings=read("task-settings.json"))
                task = dms.describe_replication_tasks()["ReplicationTasks"][0]
                assert task["TableMappings"] == read("table-mappings.json")
                assert json.loads(task["ReplicationTaskSettings"]) == json.loads(read("task-settings.json"))
                print("taken")
            END
            """)
        #expect(outcome.output == "taken\n", "\(outcome.errorOutput)")
    }

    /// A bound comes with sizes of some blocks, or without any, and report.json says which.
    @Test func aHistogramBesideABoundIsSampledOrMissing() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE t (t text); ALTER TABLE t ALTER t SET STORAGE external;
            INSERT INTO t SELECT repeat('x', 30000) FROM generate_series(1, 50);
            """)
        for (histogram, rows) in [("none", nil), ("sampled", 50)] {
            let outcome = try await scratch.lobscope(
                "profile", database.conninfo(), "--method", "bound", "--histogram", histogram, "--out",
                histogram)
            #expect(outcome.status == 0, "\(outcome.errorOutput)")
            let column = try #require(
                try ReportJSON(try scratch.bytes("\(histogram)/report.json")).table("t")?.columns.first)
            #expect(column.histogram == histogram && column.rowsMeasured == rows)
            #expect(column.coverage == "bounded")
            // What no value exceeds, which is more than the rows hold.
            #expect(try #require(column.largestBytes) >= 30_000 && column.largestBytes == column.limitBytes)
        }
    }
}
