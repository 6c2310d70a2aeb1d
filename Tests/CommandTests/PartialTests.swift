import TestSupport
import Testing

/// What could not be measured is listed with its reason, and the status is 3; nothing planned gets lost silently.
@Suite(.database) struct PartialTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    /// A role of this test's own, which may connect and nothing else.
    private func role(_ grants: String = "") async throws -> String {
        let database = try TestDatabase.current
        let role = "reader_of_\(database.name)"
        try await database.psql("CREATE ROLE \(role) LOGIN; " + grants.replacing("READER", with: role))
        return role
    }

    @Test func roleWithoutRightsGetsAListNotNumbers() async throws {
        let database = try TestDatabase.current
        try await database.psql(SampleData.shop)
        let role = try await role()
        let outcome = try await scratch.lobscope("profile", database.conninfo(user: role), "--out", "report")
        #expect(outcome.status == 3)
        let report = try ReportJSON(try scratch.bytes("report/report.json"))
        #expect(!report.complete)
        #expect(Set(report.unmeasured.map(\.subject)) == ["public.customer", "public.order"])
        #expect(report.unmeasured.allSatisfy { $0.reason.contains("permission denied") })
        for table in report.tables {
            // Unknown is unlimited, and never a small number.
            #expect(table.mode == "unlimited")
            #expect(table.limitKiB == nil && table.risk == nil)
            #expect(
                table.columns.allSatisfy { $0.largestBytes == nil && $0.sumBytes == nil && $0.rows == nil })
        }
        for subject in ["public.customer", "public.order"] {
            #expect(outcome.output.contains(subject))
            #expect(outcome.errorOutput.contains("warning: \(subject) not measured: permission denied"))
            #expect(try scratch.text("report/report.md").contains(subject))
            #expect(try scratch.text("report/lob-table.md").contains("| `\(subject)` |"))
        }
        let mapping = try scratch.text("report/table-mappings.json")
        #expect(mapping.contains("\"customer\"") && mapping.contains("\"order\""))
        #expect(try await scratch.shell("cd report && sha256sum -c SHA256SUMS").status == 0)

        let quiet = try await scratch.lobscope(
            "profile", database.conninfo(user: role), "--out", "quiet", "--quiet")
        #expect(quiet.status == 3)
    }

    @Test func whatMayBeReadIsMeasuredExactly() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            SampleData.shop + """

                CREATE TABLE guarded (id int PRIMARY KEY, note text);
                INSERT INTO guarded SELECT i, repeat('g', i) FROM generate_series(1, 50) i;
                ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
                CREATE POLICY few ON guarded USING (id < 10);
                """)
        let role = try await role(
            """
            GRANT SELECT ON guarded TO READER; GRANT SELECT (id, payload) ON "order" TO READER;
            GRANT SELECT ON customer TO READER;
            """)
        let outcome = try await scratch.lobscope("profile", database.conninfo(user: role), "--out", "report")
        #expect(outcome.status == 3)
        let report = try ReportJSON(try scratch.bytes("report/report.json"))
        let notes = try #require(report.table("customer")?.columns.first)
        #expect(notes.largestBytes == 500)
        #expect(notes.coverage == "exact")
        let order = try #require(report.table("order"))
        let payload = try #require(order.columns.first { $0.name == "payload" })
        let largest = try await database.psql("SELECT max(octet_length(payload::text)) FROM \"order\"")
        #expect("\(payload.largestBytes ?? 0)" == largest)
        #expect(order.columns.first { $0.name == "invoice" }?.largestBytes == nil)
        // A policy would have shown 9 of 50 rows as if they were all.
        #expect(report.table("guarded")?.columns.first?.largestBytes == nil)
        #expect(
            report.unmeasured.map { "\($0.subject): \($0.reason)" }.sorted()
                == report.unmeasured.map { "\($0.subject): \($0.reason)" }.sorted())
        #expect(
            report.unmeasured.contains { $0.subject.hasPrefix("public.guarded") && $0.reason.contains("row") }
        )
        #expect(report.unmeasured.contains { $0.subject.contains("invoice") })
    }

    @Test func theGrantsOfTheReportLetTheRoleReadTheRest() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            SampleData.shop + """

                CREATE SCHEMA "odd ""one"; CREATE TABLE "odd ""one"."it's" (id int PRIMARY KEY, note text);
                SELECT lo_from_bytea(0, '\\x0102');
                """)
        let role = try await role("GRANT SELECT ON customer TO READER;")
        let outcome = try await scratch.lobscope("profile", database.conninfo(user: role), "--out", "half")
        #expect(outcome.status == 3)
        let lines = outcome.output.split(separator: "\n").map(String.init)
        let risk = try #require(lines.first { $0.hasPrefix("Values cut") })
        #expect(risk.contains("over 1 of 3"), "\(risk)")
        #expect(lines.contains { $0.hasPrefix("Largest value") && $0.contains("over 1 of") })
        #expect(
            lines.contains(
                "Complete        no, 2 tables and large objects not measured, see below"))
        let grants = lines.filter { $0.hasPrefix("  GRANT ") }
        #expect(grants.count == 5)
        let markdown = try scratch.text("half/report.md")
        for grant in grants { #expect(markdown.contains(grant.dropFirst(2))) }
        try await database.psql(grants.joined(separator: "\n"))
        let whole = try await scratch.lobscope(
            "profile", database.conninfo(user: role), "--resume", "half", "--out", "whole")
        #expect(whole.status == 0, "\(whole.output)")
        #expect(!whole.output.contains("GRANT "))
    }

    @Test func theStatementOfTheReportLetsTheRoleSeeAllRows() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE guarded (id int PRIMARY KEY, note text); INSERT INTO guarded SELECT i, repeat('g', i) FROM generate_series(1, 50) i;
            ALTER TABLE guarded ENABLE ROW LEVEL SECURITY; CREATE POLICY few ON guarded USING (id < 10);
            """)
        let role = try await role("GRANT SELECT ON guarded TO READER;")
        let outcome = try await scratch.lobscope("profile", database.conninfo(user: role), "--out", "few")
        #expect(outcome.status == 3)
        let statement = "ALTER ROLE \"\(role)\" BYPASSRLS;"
        #expect(outcome.output.contains("As a superuser, to let \(role) read them:\n  \(statement)\n"))
        #expect(try scratch.text("few/report.md").contains(statement))
        try await database.psql(statement)
        let whole = try await scratch.lobscope(
            "profile", database.conninfo(user: role), "--resume", "few", "--out", "all")
        #expect(whole.status == 0, "\(whole.output)")
        #expect(!whole.output.contains("BYPASSRLS"))
    }

    /// Files that hold for what was measured are not known to hold for the rest.
    @Test func checkingFilesAgainstAPartialSnapshotIsPartial() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE known (id int PRIMARY KEY, t text); CREATE TABLE unknown (id int PRIMARY KEY, t text);
            INSERT INTO known VALUES (1, 'x'); INSERT INTO unknown VALUES (1, 'x');
            """)
        let role = try await role("GRANT SELECT ON known TO READER;")
        let profile = try await scratch.lobscope("profile", database.conninfo(user: role), "--out", "half")
        #expect(profile.status == 3)
        let lint = try await scratch.lobscope("lint", "half", "--against", "half", "--fail-on", "error")
        #expect(lint.status == 3, "\(lint.output)")
        #expect(lint.output.contains("1 not measured"))
        #expect(try await scratch.lobscope("lint", "half", "--against", "half").status == 0)
    }

    /// Large objects are something to measure, and to go on with.
    @Test func aDatabaseOfLargeObjectsAloneIsAnAnswer() async throws {
        let database = try TestDatabase.current
        try await database.psql("SELECT lo_from_bytea(2001, '\\x0102'), lo_from_bytea(2002, '\\x03')")
        let role = try await role("GRANT SELECT ON LARGE OBJECT 2001 TO READER;")
        let half = try await scratch.lobscope("profile", database.conninfo(user: role), "--out", "half")
        #expect(half.status == 3)
        #expect(!half.errorOutput.contains("has no table"), "\(half.errorOutput)")
        #expect(half.output.contains("Complete        no, large objects not measured, see below"))
        let whole = try await scratch.lobscope(
            "profile", database.conninfo(), "--resume", "half", "--out", "whole")
        #expect(whole.status == 0, "\(whole.errorOutput)")
        #expect(
            whole.output.contains(
                "Complete        yes, all large objects were measured; there is no table"))
        let report = try ReportJSON(try scratch.bytes("whole/report.json"))
        #expect(report.complete && report.largeObjects.totalBytes == 3)
        #expect(try scratch.names("whole").contains("move-large-objects.sh"))
        let again = try await scratch.lobscope("profile", database.conninfo(), "--resume", "whole")
        #expect(again.status == 1 && again.errorOutput.contains("it is complete"), "\(again.errorOutput)")
    }

    @Test func aDatabaseWithoutTablesIsNoAnswer() async throws {
        let database = try TestDatabase.current
        let outcome = try await scratch.lobscope("profile", database.conninfo(), "--out", "none")
        #expect(outcome.status == 3)
        #expect(outcome.errorOutput.contains("database \"\(database.name)\" has no table"))
        #expect(outcome.errorOutput.contains("hint: is \"\(database.name)\" the database that you meant?"))
        #expect(outcome.output.contains("Complete        no, "))
        try await refusesMapping("none")
        let report = try ReportJSON(try scratch.bytes("none/report.json"))
        #expect(!report.complete && report.tables.isEmpty)
        #expect(try await scratch.lobscope("plan", database.conninfo()).status == 3)

        try await database.psql("CREATE TABLE notes (id int PRIMARY KEY, body text)")
        let left = try await scratch.lobscope(
            "profile", database.conninfo(), "--table", "notes", "--exclude-table", "notes", "--out", "left")
        #expect(left.status == 3)
        #expect(left.errorOutput.contains("in scope: --table notes --exclude-table notes"))
        try await refusesMapping("left")
    }

    private func refusesMapping(_ folder: String) async throws {
        let files = try await scratch.shell("ls \(folder)").output.split(separator: "\n")
        #expect(!files.contains("table-mappings.json") && !files.contains("checkpoint.zst"))
        #expect(try await scratch.shell("cd \(folder) && sha256sum -c SHA256SUMS").status == 0)
        for format in ["table-mappings", "aws-cli", "terraform", "cloudformation"] {
            let outcome = try await scratch.lobscope("render", folder, "--format", format)
            #expect(outcome.status == 1 && outcome.output.isEmpty)
            #expect(outcome.errorOutput.contains("AWS refuses a mapping that selects none\nhint: "))
        }
        #expect(try await scratch.lobscope("render", folder, "--format", "report-md").status == 0)
    }

    @Test func emptyTablesAndNoLOBsAreComplete() async throws {
        let database = try TestDatabase.current
        for (name, sql) in [
            (
                "numbers",
                "CREATE TABLE numbers (id int PRIMARY KEY, price numeric); INSERT INTO numbers VALUES (1, 2)"
            ), ("hollow", "CREATE TABLE hollow (id int PRIMARY KEY, note text, data jsonb, raw bytea)"),
        ] {
            try await database.psql(sql)
            let plan = try await scratch.lobscope("plan", database.conninfo())
            #expect(plan.status == 0)
            let outcome = try await scratch.lobscope("profile", database.conninfo(), "--out", name)
            #expect(outcome.status == 0, "\(outcome.errorOutput)")
            #expect(outcome.stderr.isEmpty)
            #expect(outcome.output.contains("Complete        yes, "))
        }
        #expect(try ReportJSON(try scratch.bytes("numbers/report.json")).largeObjects.count == 0)
        #expect(try scratch.text("numbers/lob-table.md").split(separator: "\n").count == 2)
        #expect(try scratch.text("numbers/table-mappings.json").contains("\"numbers\""))
        let hollow = try #require(try ReportJSON(try scratch.bytes("hollow/report.json")).table("hollow"))
        for column in hollow.columns {
            #expect(column.coverage == "exact")
            #expect(column.rows == 0)
            #expect(column.largestBytes == nil)
        }
    }
}
