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
            #expect(table.limitKiB == nil)
            #expect(table.columns.allSatisfy { $0.largestBytes == nil && $0.sumBytes == nil })
        }
        for subject in ["public.customer", "public.order"] {
            #expect(outcome.output.contains(subject))
            #expect(outcome.errorOutput.contains("warning: \(subject) not measured: permission denied"))
            #expect(try scratch.text("report/report.md").contains(subject))
            #expect(try scratch.text("report/lob-table.md").contains("| \(subject) |"))
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

    @Test func emptyDatabaseEmptyTablesAndNoLOBsAreComplete() async throws {
        let database = try TestDatabase.current
        for (index, sql) in [
            "", "CREATE TABLE numbers (id int PRIMARY KEY, price numeric); INSERT INTO numbers VALUES (1, 2)",
            "CREATE TABLE hollow (id int PRIMARY KEY, note text, data jsonb, raw bytea)",
        ].enumerated() {
            try await database.psql(sql)
            let plan = try await scratch.lobscope("plan", database.conninfo())
            #expect(plan.status == 0)
            let outcome = try await scratch.lobscope(
                "profile", database.conninfo(), "--out", "report\(index)")
            #expect(outcome.status == 0, "\(outcome.errorOutput)")
            #expect(outcome.stderr.isEmpty)
        }
        #expect(try ReportJSON(try scratch.bytes("report0/report.json")).tables.isEmpty)
        #expect(try ReportJSON(try scratch.bytes("report0/report.json")).largeObjects.count == 0)
        #expect(try scratch.text("report1/lob-table.md").split(separator: "\n").count == 2)
        #expect(try scratch.text("report1/table-mappings.json").contains("\"numbers\""))
        let hollow = try #require(try ReportJSON(try scratch.bytes("report2/report.json")).table("hollow"))
        for column in hollow.columns {
            #expect(column.coverage == "exact")
            #expect(column.rows == 0)
            #expect(column.largestBytes == nil)
        }
        // A rule for nothing at all would be refused by AWS: the file says that there is none to write.
        let rules = try scratch.text("report0/table-mappings.json")
        #expect(rules.contains("\"rules\""))
    }
}
