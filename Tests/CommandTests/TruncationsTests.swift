import EphemeralPostgreSQL
import Foundation
import TestSupport
import Testing

/// `lobscope truncations` joins logs with a snapshot and measures again what was cut.
@Suite(.database) struct TruncationsTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    private func profile() async throws -> TestDatabase {
        let database = try TestDatabase.current
        try await database.psql(SampleData.shop)
        let outcome = try await scratch.lobscope("profile", database.conninfo(), "--out", "report")
        try #require(outcome.status == 0, "\(outcome.errorOutput)")
        return database
    }

    private static func line(_ column: String, _ table: String, _ length: Int) -> String {
        "2023-05-24T13:52:50 [SOURCE_CAPTURE  ]W:  Value of column '\(column)' in table '\(table)' was truncated to "
            + "65536 bytes, actual length: \(length) bytes  (postgres_pglogical.c:2550)\n"
    }

    private static let log =
        line("notes", "public.customer", 300_000) + line("notes", "public.customer", -1)
        + line("gone", "public.nowhere", 70_000) + "[TARGET_APPLY ]I: Bulk apply operation failed. Trying\n"

    private struct TruncationsJSON: Decodable {
        let log: Log
        let truncations: [Truncation]
        let applyExceptions: [ApplyException]?
        let validationFailures: [ValidationFailure]?
        let findings: [ReportJSON.Finding]
        let remeasure: [Name]

        struct Log: Decodable {
            let lines: Int
            let notUnderstood: Int
        }
        struct Truncation: Decodable {
            let table: String?
            let values: Int
            let largestBytes: Int?
            let neededKiB: Int
            let predictedKiB: Int?
        }
        struct ApplyException: Decodable {
            let schema: String
            let table: String
            let sqlState: String?
            let changes: Int
            let malformedValue: Bool
            let noRow: Bool
        }
        struct ValidationFailure: Decodable {
            let table: String
            let type: String?
            let rows: Int
            let repaired: Int
        }
        struct Name: Decodable {
            let table: String
        }
    }

    private func decoded(_ outcome: BuiltProduct.Outcome) throws -> TruncationsJSON {
        try JSONDecoder().decode(TruncationsJSON.self, from: Data(outcome.stdout))
    }

    @Test func filesStandardInputAndGzipSayTheSame() async throws {
        _ = try await profile()
        try scratch.write(Array(Self.log.utf8), "task.log")
        let outcome = try await scratch.shell(
            """
            gzip -k task.log
            lobscope truncations task.log --against report --format json > plain
            lobscope truncations task.log.gz --against report --format json > packed
            lobscope truncations - --against report --format json < task.log > input
            lobscope truncations - --against report --format json < task.log.gz > packed-input
            cat task.log | lobscope truncations <(cat task.log.gz) --against report --format json > fifo
            lobscope truncations task.log --against report
            """)
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        #expect(outcome.output.contains("public.customer.notes"))
        #expect(!outcome.output.contains("TRUNCATE") && outcome.output.contains("fix-target.sql"))
        let plain = try scratch.text("plain")
        for other in ["packed", "input", "packed-input", "fifo"] {
            let text = try scratch.text(other)
            // The source of a failed batch is named after its file.
            let name = other.hasSuffix("input") ? "standard input" : other == "packed" ? "task.log.gz" : nil
            guard let name else {
                #expect(try JSONDecoder().decode(TruncationsJSON.self, from: Data(text.utf8)).log.lines == 4)
                continue
            }
            #expect(text == plain.replacing("task.log", with: name), "\(other)")
        }
        let json = try JSONDecoder().decode(TruncationsJSON.self, from: Data(plain.utf8))
        #expect(json.log.lines == 4)
        #expect(json.remeasure.map(\.table) == ["customer"])
        let customer = try #require(json.truncations.first { $0.table == "customer" })
        #expect(customer.values == 2)
        #expect(customer.largestBytes == 300_000)
        #expect(customer.neededKiB == 586)
        #expect(customer.predictedKiB == 1)
        let ids = Set(json.findings.map(\.id))
        #expect(
            ids == [
                "truncation-seen", "truncation-length-unknown", "truncation-of-unknown-table",
                "bulk-apply-failed",
            ])
    }

    /// An export to S3 leaves a file that says that it may write, which is no log, and a folder of packed files for each stream.
    @Test func foldersOfPackedLogsAreReadAsOne() async throws {
        _ = try await profile()
        try scratch.write(Array(Self.log.utf8), "task.log")
        let outcome = try await scratch.shell(
            """
            mkdir -p export/exportedlogs/8f-1/dms-task-A export/exportedlogs/8f-1/dms-task-B export/.hidden
            echo 'Permission Check Successful' > export/aws-logs-write-test
            sed 's/^20/2023-05-24T13:52:50.000Z 20/' task.log | gzip > export/exportedlogs/8f-1/dms-task-A/000000.gz
            gzip < task.log > export/exportedlogs/8f-1/dms-task-B/000000.gz
            cp task.log export/.hidden/
            ln -s ../task.log export/link.log
            lobscope truncations export task.log --against report --format json
            """)
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        let json = try decoded(outcome)
        #expect(json.log.lines == 12 && json.log.notUnderstood == 0)
        #expect(json.truncations.first { $0.table == "customer" }?.values == 6)
    }

    /// With the task's files: which rule cut, what it must become, and whose tables those of the target are.
    @Test func mappingLeadsFromTheTargetToTheRuleThatCut() async throws {
        let database = try await profile()
        let mapping = """
            {"rules": [
              {"rule-type": "selection", "rule-id": "1", "rule-name": "1", "rule-action": "include",
               "object-locator": {"schema-name": "public", "table-name": "%"}},
              {"rule-type": "transformation", "rule-id": "2", "rule-name": "2", "rule-target": "table",
               "object-locator": {"schema-name": "public", "table-name": "order"}, "rule-action": "rename", "value": "orders"},
              {"rule-type": "table-settings", "rule-id": "3", "rule-name": "3",
               "object-locator": {"schema-name": "public", "table-name": "customer"},
               "lob-settings": {"mode": "limited", "bulk-max-size": "64"}}]}
            """
        try scratch.write(Array(mapping.utf8), "mapping.json")
        let settings =
            "{\"TargetMetadata\": {\"SupportLobs\": true, \"FullLobMode\": true, \"InlineLobMaxSize\": 16}}"
        try scratch.write(Array(settings.utf8), "settings.json")
        let refusal = """
            2025-03-02T10:11:12 [TARGET_APPLY    ]E:  Failed to execute statement: 'UPDATE "public"."orders" SET "payload"=? ' [1022502]
            2025-03-02T10:11:12 [TARGET_APPLY    ]E:  RetCode: SQL_ERROR  SqlState: 22P02 NativeError: 1 Message: x

            """
        try scratch.write(Array((Self.log + refusal).utf8), "task.log")
        let outcome = try await scratch.lobscope(
            "truncations", "task.log", "--against", "report", "--mapping", "mapping.json", "--mapping",
            "settings.json")
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        let text = outcome.output.replacing(/\s+/, with: " ")
        #expect(text.contains("cut at 65536 bytes (rule 3: 64 KB)"), "\(outcome.output)")
        #expect(text.contains("rule 3 must become limited with a bulk-max-size of 1024 or more"))
        #expect(text.contains("Deployed rule") && text.contains("limited, 64 KB"))
        #expect(
            text.contains("\"public.order\" (on the target \"public.orders\"): the target refused 1 values"))
        #expect(text.contains("Reload on the target: 2 of 2 tables"))
        let again = try await scratch.lobscope(
            "truncations", "task.log", "--against", "report", "--mapping", "mapping.json", "--remeasure",
            database.conninfo(), "--out", "new")
        #expect(again.status == 0, "\(again.errorOutput)")
        #expect(try scratch.text("new/fix-target.sql").contains("\"public\".\"orders\""))
        let refused = try await scratch.lobscope(
            "truncations", "task.log", "--against", "report", "--mapping", "settings.json")
        #expect(refused.status == 1 && refused.errorOutput.contains("task settings without a mapping"))
    }

    /// A log may name more columns than any database has: what is held of each is little.
    @Test func memoryDoesNotGrowWithWhatALogNames() async throws {
        _ = try await profile()
        let outcome = try await scratch.shell(
            """
            cat > measure.py <<'END'
            import resource, subprocess, sys
            line = ("2025-03-02T10:11:%02d [SOURCE_CAPTURE  ]W:  Value of column 'column_%d' in table 'public.table' "
                    "was truncated to 32768 bytes, actual length: 40000 bytes  (postgres_pglogical.c:2550)")
            columns, head, form, tail = int(sys.argv[1]), *{
                "text": ("", "%s\\n", ""), "json": ('{"events": [\\n', '{"message": "%s", "eventId": "1"},\\n', '"end"]}'),
                "yaml": ("events:\\n", '- eventId: "1"\\n  message: "%s"\\n', ""),
            }[sys.argv[2]]
            with open("names.log", "w") as file:
                file.write(head)
                for n in range(40000): file.write(form % (line % (n % 60, n % columns)))
                file.write(tail)
            with open("out", "w") as out:
                subprocess.run(["lobscope", "truncations", "names.log", "--against", "report"], stdout=out, check=True)
            print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
            END
            python3 measure.py 100 text && python3 measure.py 40000 text && python3 measure.py 40000 json && python3 measure.py 40000 yaml && wc -l < out
            """)
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        let figures = outcome.output.split(separator: "\n").compactMap { Int($0.filter(\.isNumber)) }
        try #require(figures.count == 5)
        // In MiB; 200,000 columns may take 80 more than none.
        #expect(figures[1...3].allSatisfy { $0 - figures[0] <= 24 }, "\(figures)")
        #expect(figures[4] <= 150)
    }

    /// A log in which nothing looks like DMS is no all-clear.
    @Test func aLogOfSomethingElseIsToldAndFailsWhereAsked() async throws {
        _ = try await profile()
        try scratch.write(Array("GET / 200\nINFO started\n".utf8), "other.log")
        let entry = "2025-03-02T10:11:12 [TASK_MANAGER    ]I:  Task is running  (replicationtask.c:1)\n"
        try scratch.write(Array(entry.utf8), "quiet.log")
        for (log, isTold) in [("other.log", true), ("quiet.log", false)] {
            let outcome = try await scratch.lobscope("truncations", log, "--against", "report")
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("[log-without-entries]") == isTold, "\(outcome.output)")
            #expect(outcome.output.contains("aws logs filter-log-events") == isTold)
            let asked = try await scratch.lobscope(
                "truncations", log, "--against", "report", "--fail-on", "warning")
            #expect(asked.status == (isTold ? 2 : 0))
        }
    }

    @Test func damagedGzipAndMissingLogsAreErrors() async throws {
        _ = try await profile()
        try scratch.write([0x1F, 0x8B, 8, 0, 1, 2, 3], "damaged.gz")
        let damaged = try await scratch.lobscope("truncations", "damaged.gz", "--against", "report")
        #expect(damaged.status == 1)
        #expect(damaged.stdout.isEmpty)
        #expect(damaged.errorOutput.hasPrefix("lobscope: \"damaged.gz\" is a damaged gzip file\nhint: "))
        try FileManager.default.createDirectory(
            atPath: scratch.path + "/empty", withIntermediateDirectories: true)
        let refused = [
            ("nowhere.log", "\"nowhere.log\" cannot be opened"), ("empty", "\"empty\" holds no file"),
            ("report/endpoint-settings.json", "\"report/endpoint-settings.json\": log is JSON or YAML"),
        ]
        for (path, message) in refused {
            let outcome = try await scratch.lobscope("truncations", path, "--against", "report")
            #expect(outcome.status == 1, "\(path)")
            #expect(outcome.errorOutput.hasPrefix("lobscope: \(message)"), "\(outcome.errorOutput)")
        }
        #expect(try await scratch.lobscope("truncations", "--against", "report").status == 64)
        #expect(
            try await scratch.lobscope("truncations", "x", "--against", "report", "--out", "y").status == 64)
    }

    @Test func remeasuringKeepsOtherTablesWithTheirDateAndCorrectsTheRule() async throws {
        let database = try await profile()
        try scratch.write(Array(Self.log.utf8), "task.log")
        try await database.psql(
            """
            UPDATE customer SET notes = repeat('large', 60000) WHERE id = 1;
            UPDATE "order" SET invoice = decode(repeat('ab', 9000), 'hex') WHERE id = 1;
            """)
        let outcome = try await scratch.lobscope(
            "truncations", "task.log", "--against", "report", "--remeasure", database.conninfo(), "--out",
            "new")
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        #expect(outcome.output.contains("the largest value grew from 500 bytes to 300000 bytes"))
        #expect(outcome.output.hasSuffix("report: new\n"))

        let old = try ReportJSON(try scratch.bytes("report/report.json"))
        let new = try ReportJSON(try scratch.bytes("new/report.json"))
        #expect(new.complete)
        #expect(new.table("customer")?.columns.map(\.largestBytes) == [300_000])
        #expect(new.table("customer")?.mode == "unlimited")
        #expect(new.table("customer")?.measuredAt == nil)
        // What was not cut was not read again: its larger value is not known.
        let (before, after) = (try #require(old.table("order")), try #require(new.table("order")))
        #expect(before.columns.map(\.largestBytes) == after.columns.map(\.largestBytes))
        #expect(after.measuredAt == old.startedAt)
        #expect(try scratch.text("new/report.md").contains("carried over from an earlier profile"))
        let check = try await scratch.shell("cd new && sha256sum --strict -c SHA256SUMS")
        #expect(check.status == 0)

        let compared = try await scratch.lobscope("compare", "report", "new", "--exit-code")
        #expect(compared.status == 2)
        #expect(!compared.output.contains("public.order"))
    }

    @Test func anotherDatabaseIsRefused() async throws {
        let database = try await profile()
        try scratch.write(Array(Self.log.utf8), "task.log")
        try await database.psql("CREATE DATABASE other_\(database.name) TEMPLATE \(database.name)")
        let conninfo = database.cluster.conninfo(database: "other_\(database.name)", user: "postgres")
        let outcome = try await scratch.lobscope(
            "truncations", "task.log", "--against", "report", "--remeasure", conninfo, "--out", "new")
        try await database.psql("DROP DATABASE other_\(database.name)")
        #expect(outcome.status == 1)
        #expect(outcome.errorOutput.contains("is of another database or server"))
        #expect(try !scratch.names(".").contains("new"))
    }

    @Test(arguments: [true, false]) func controlTableIsReadWithoutItsStatements(isUpperCase: Bool)
        async throws
    {
        let database = try await profile()
        let canary = SampleData.canary
        let columns = [
            "TASK_NAME varchar(128)", "TABLE_OWNER varchar(128)", "TABLE_NAME varchar(128)",
            "ERROR_TIME timestamp",
            "STATEMENT text", "ERROR text",
        ].map { column in
            let parts = column.split(separator: " ")
            return "\"\(isUpperCase ? String(parts[0]) : parts[0].lowercased())\" \(parts[1]) NOT NULL"
        }
        try await database.psql(
            """
            CREATE SCHEMA dms;
            CREATE TABLE dms.awsdms_apply_exceptions (\(columns.joined(separator: ", ")));
            INSERT INTO dms.awsdms_apply_exceptions
            SELECT 'TASK1', 'public', 'order', '2026-01-02 03:04:05'::timestamp + i * interval '1 hour',
                   'INSERT INTO "public"."order" VALUES (''\(canary)',
                   'RetCode: SQL_ERROR SqlState: 22P02 NativeError: 1 Message: ERROR: \(canary)'
              FROM generate_series(1, 3) i;
            INSERT INTO dms.awsdms_apply_exceptions VALUES
              ('TASK1', 'public', 'customer', now(), '\(canary)', 'SqlState: 23505 \(canary)'),
              ('TASK1', 'public', 'nowhere', now(), '\(canary)', '\(canary)'),
              ('TASK1', 'public', 'nowhere', now(), '\(canary)', 'UPDATE: 0 rows affected, \(canary)'),
              ('TASK1', 'public', 'order', now(), '\(canary)', 'Malformed JSON \(canary)');
            CREATE TABLE awsdms_apply_exceptions (note text);
            """)
        let outcome = try await scratch.lobscope(
            "truncations", "--exceptions", database.conninfo(), "--against", "report", "--format", "json")
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        #expect(!outcome.output.contains(canary))
        let json = try decoded(outcome)
        let exceptions = try #require(json.applyExceptions)
        #expect(exceptions.map(\.table) == ["customer", "nowhere", "nowhere", "order", "order"])
        #expect(exceptions.map(\.changes) == [1, 1, 1, 3, 1])
        #expect(exceptions.map(\.sqlState) == ["23505", nil, nil, "22P02", nil])
        #expect(exceptions.map(\.malformedValue) == [false, false, false, true, true])
        #expect(exceptions.map(\.noRow) == [false, true, false, false, false])
        // Only a table with a structured LOB can have been cut.
        #expect(json.remeasure.map(\.table) == ["order"])
        #expect(
            json.findings.filter { $0.severity == "error" }.map(\.subject) == [
                "public.order", "public.order",
            ])
        let text = try await scratch.lobscope(
            "truncations", "--exceptions", database.conninfo(), "--against", "report")
        #expect(!text.output.contains(canary))
        #expect(text.output.contains("SQLSTATE 22P02"))
    }

    /// `awsdms_validation_failures_v1` and `_v2` are read like exceptions, keys and details never.
    @Test func validationFailuresAreReadWithoutKeysAndDetails() async throws {
        let database = try await profile()
        let canary = SampleData.canary
        let columns =
            "\"TASK_NAME\" varchar(128) NOT NULL, \"TABLE_OWNER\" varchar(128) NOT NULL, \"TABLE_NAME\" varchar(128) NOT NULL, "
            + "\"FAILURE_TIME\" timestamp NOT NULL, \"KEY_TYPE\" varchar(128) NOT NULL, \"KEY\" varchar(7800) NOT NULL, "
            + "\"FAILURE_TYPE\" varchar(128) NOT NULL, \"DETAILS\" varchar(7800) NOT NULL"
        let row = { (table: String, type: String) in
            "('TASK1', 'public', '\(table)', '2026-01-02 03:04:05', 'Row', '\(canary)', '\(type)', '\(canary)'"
        }
        try await database.psql(
            """
            CREATE TABLE awsdms_validation_failures_v1 (\(columns));
            CREATE TABLE awsdms_validation_failures_v2 (\(columns), "RESYNC_RESULT" varchar(128), "RESYNC_TIME" timestamp(3),
              "RESYNC_ACTION" varchar(128), "RESYNC_ID" bigserial PRIMARY KEY);
            INSERT INTO awsdms_validation_failures_v1 VALUES \(row("order", "RECORD_DIFF"))), \(row("order", canary)));
            INSERT INTO awsdms_validation_failures_v2 ("TASK_NAME", "TABLE_OWNER", "TABLE_NAME", "FAILURE_TIME", "KEY_TYPE", "KEY",
              "FAILURE_TYPE", "DETAILS", "RESYNC_RESULT") VALUES
              \(row("customer", "RECORD_DIFF")), 'SUCCESS'), \(row("customer", "RECORD_DIFF")), NULL);
            """)
        let outcome = try await scratch.lobscope(
            "truncations", "--exceptions", database.conninfo(), "--against", "report", "--format", "json")
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        #expect(!outcome.output.contains(canary))
        let failures = try #require(try decoded(outcome).validationFailures)
        #expect(failures.map(\.table) == ["order", "order", "customer"])
        #expect(Set(failures.map(\.type)) == ["RECORD_DIFF", nil])
        #expect(failures.map(\.rows) == [1, 1, 2] && failures.map(\.repaired) == [0, 0, 1])
        // As psql exports it, the same is read from a file.
        let export = try await scratch.shell(
            "psql -X \"\(database.conninfo())\" --csv -c 'TABLE awsdms_validation_failures_v2' > v2.csv")
        #expect(export.status == 0, "\(export.errorOutput)")
        let file = try await scratch.lobscope("truncations", "v2.csv", "--against", "report")
        #expect(file.status == 0, "\(file.errorOutput)")
        #expect(!file.output.contains(canary) && file.output.contains("[validation-failure]"))
        #expect(!file.output.contains("[log-without-entries]"))
    }

    @Test func targetWithoutControlTableIsSaid() async throws {
        let database = try await profile()
        let outcome = try await scratch.lobscope(
            "truncations", "--exceptions", database.conninfo(), "--against", "report")
        #expect(outcome.status == 0)
        #expect(
            outcome.errorOutput.contains(
                "the target has no awsdms_apply_exceptions or awsdms_validation_failures\nhint: "))
    }
}
