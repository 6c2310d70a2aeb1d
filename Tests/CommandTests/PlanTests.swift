import EphemeralPostgreSQL
import Foundation
import PostgreSQLClient
import TestSupport
import Testing

@testable import LOBReports

/// `lobscope plan` shows what would be read, and reads nothing of it.
@Suite(.database) struct PlanTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    private static let reads = """
        SELECT coalesce(sum(seq_scan + seq_tup_read + coalesce(idx_scan, 0) + coalesce(idx_tup_fetch, 0)), 0)
        FROM pg_stat_user_tables
        """

    @Test func noRowOfAUserIsRead() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE seen_by_profile_alone (id int PRIMARY KEY, note text, data json);
            INSERT INTO seen_by_profile_alone SELECT i, repeat('n', i), '{}' FROM generate_series(1, 999) i;
            ANALYZE;
            ALTER DATABASE "\(database.name)" SET log_statement = 'all';
            """)
        try await forgetReads(of: database)
        let plan = try await scratch.lobscope("plan", database.conninfo(), "--sql")
        #expect(plan.status == 0)
        #expect(plan.stderr.isEmpty)
        #expect(try await database.psql(Self.reads) == "0")
        #expect(try statements(of: database).isEmpty)

        // The same server does see a profile, or the test above would say nothing.
        let profile = try await scratch.lobscope("profile", database.conninfo(), "--out", "report")
        try #require(profile.status == 0)
        #expect(try await database.psql(Self.reads) != "0")
        let seen = try statements(of: database)
        #expect(!seen.isEmpty)
        // What was announced is what was done.
        #expect(plan.output.contains("FROM ONLY \"public\".\"seen_by_profile_alone\""))
        #expect(try scratch.names(".") == ["report"])
    }

    /// Single options say the same as a connection string, which goes before them.
    @Test func theServerIsNamedAsForPSQL() async throws {
        let database = try TestDatabase.current
        try await database.psql("CREATE TABLE named (id int PRIMARY KEY, note text)")
        let info = try Conninfo(database.conninfo())
        let options = try [
            "-h", #require(info.value("host")), "-p", #require(info.value("port")), "-U",
            #require(info.value("user")),
        ]
        let name = try #require(info.value("dbname"))
        for arguments in [
            ["-d", name], [name], ["--dbname", "dbname=\(name)"],
        ] {
            let plan = try await scratch.lobscope(["plan"] + options + arguments)
            #expect(plan.status == 0, "\(plan.errorOutput)")
            #expect(plan.output.contains("public.named"))
        }
        let whole = try await scratch.lobscope(["plan", "-h", "/nowhere", database.conninfo()])
        #expect(whole.status == 0, "\(whole.errorOutput)")
        let twice = try await scratch.lobscope(["plan", name, "-d", name])
        #expect(twice.status == 64 && twice.errorOutput.contains("Say the database once"))
        #expect(try await scratch.lobscope(["profile", "-?"]).output.hasPrefix("OVERVIEW"))
    }

    /// A price that depends on how values are stored is a range, unless some blocks may be read.
    @Test func somePricesAreRanges() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE documents (id int PRIMARY KEY, body jsonb); ALTER TABLE documents ALTER body SET STORAGE external;
            INSERT INTO documents SELECT i, jsonb_build_object('k', repeat(md5(i::text), 30)) FROM generate_series(1, 12000) i;
            VACUUM ANALYZE documents; UPDATE pg_class SET reltuples = 1e7 WHERE relname = 'documents';
            """)
        let plan = try await scratch.lobscope("plan", database.conninfo())
        #expect(plan.status == 0 && plan.output.contains("how well values compress is not known"))
        let probed = try await scratch.lobscope("plan", "--probe", database.conninfo())
        #expect(probed.status == 0 && !probed.output.contains("how well values compress is not known"))
    }

    /// Sets the counters to zero once nobody is left to add to them: a session counts what it did when it ends, which
    /// may be after psql has.
    private func forgetReads(of database: TestDatabase) async throws {
        let others =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        for _ in 0..<600 {
            if try await database.psql(others) == "0" { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        try await database.psql("SELECT pg_stat_reset()")
        try #require(try await database.psql(Self.reads) == "0")
    }

    /// Lines of the server's log in which a statement names the table.
    private func statements(of database: TestDatabase) throws -> [Substring] {
        let log = String(
            decoding: try Data(contentsOf: URL(fileURLWithPath: database.cluster.logFile)), as: UTF8.self)
        return log.split(separator: "\n").filter {
            $0.contains("FROM ONLY \"public\".\"seen_by_profile_alone\"")
        }
    }

    @Test func planNamesTablesMethodsAndSQL() async throws {
        let database = try TestDatabase.current
        try await database.psql(SampleData.shop)
        let plan = try await scratch.lobscope(
            "plan", database.conninfo(), "--sql", "--method", "sample", "--sample-by", "system", "--seed", "7"
        )
        #expect(plan.status == 0)
        for part in ["public.customer", "public.order", "READ ONLY", "TABLESAMPLE", "REPEATABLE (7)"] {
            #expect(plan.output.contains(part), "\(part)")
        }
        let blocks = try await scratch.lobscope("plan", "--sql", database.conninfo(), "--method", "sample")
        #expect(blocks.output.contains("CROSS JOIN LATERAL"))
        #expect(!blocks.output.contains("TABLESAMPLE"))
        // Statements are for those who ask; scripts may still say that they do not.
        let conninfo = try #require(ShellWord.quoted(database.conninfo()))
        for arguments in [[], ["--no-sql"]] {
            let short = try await scratch.lobscope(["plan", database.conninfo()] + arguments)
            #expect(short.status == 0 && !short.output.contains("SELECT"), "\(short.output)")
            #expect(
                short.output.contains("\nNext\nsee every statement:\n  lobscope plan \(conninfo) --sql\n"),
                "\(short.output)")
            #expect(
                short.output.hasSuffix("measure it:\n  lobscope profile \(conninfo)\n"), "\(short.output)")
        }
        let narrow = try await scratch.lobscope("plan", database.conninfo(), "--table", "customer")
        #expect(narrow.output.contains("public.customer"))
        #expect(!narrow.output.contains("public.order"))
    }

    @Test func planHasTheFormatsOfAPage() async throws {
        let database = try TestDatabase.current
        try await database.psql(SampleData.shop)
        let outcome = try await scratch.lobscope("plan", database.conninfo(), "--format", "json")
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.stdout)) as? [String: Any])
        let tables = try #require(json["tables"] as? [[String: Any]])
        let names = tables.compactMap { $0["table"] as? String }
        #expect(names.contains("public.customer") && names.count == tables.count)
        #expect(tables.allSatisfy { !(($0["why"] as? String) ?? "").isEmpty })
        for (format, beginning) in [("md", "# Plan for `\(database.name)`\n"), ("html", "<!DOCTYPE html>")] {
            let page = try await scratch.lobscope("plan", database.conninfo(), "--sql", "--format", format)
            #expect(page.status == 0 && page.output.hasPrefix(beginning), "\(page.output.prefix(80))")
            for name in names { #expect(page.output.contains(name), "\(name) in \(format)") }
            #expect(page.output.contains("READ ONLY"))
        }
    }

    @Test func planTellsOfLargeObjects() async throws {
        let database = try TestDatabase.current
        try await database.psql("CREATE TABLE notes (id int PRIMARY KEY, body text)")
        let none = try await scratch.lobscope("plan", "--sql", database.conninfo())
        #expect(none.output.contains("\nThere are no large objects.\n"))
        #expect(!none.output.contains("pg_largeobject"))
        try await database.psql(
            "SELECT count(lo_from_bytea(0, decode(repeat('ab', 2000), 'hex'))) FROM generate_series(1, 300) i"
        )
        let unknown = try await scratch.lobscope("plan", database.conninfo())
        // Not more than the pages of their list can hold: nothing has counted them yet.
        let most = try #require(
            unknown.output.split(separator: "\nAfter the tables: at most ").last?.split(separator: " ").first)
        #expect(try #require(Int(most)) >= 300)
        try await database.psql("VACUUM ANALYZE pg_largeobject_metadata, pg_largeobject; DROP TABLE notes")
        // Large objects alone are something to read.
        let known = try await scratch.lobscope("plan", "--sql", database.conninfo())
        #expect(known.status == 0)
        #expect(known.output.contains("\nAfter the tables: about 300 large objects in "))
        #expect(
            known.output.contains("\nLarge objects\n  SELECT pg_catalog.string_agg(pg_catalog.oidsend(o.oid)")
        )
        let narrow = try await scratch.lobscope("plan", database.conninfo(), "--exclude-table", "x")
        #expect(!narrow.output.contains("After the tables"))
    }

    @Test func planWorksOnAReadOnlyDatabaseWithADefaultOfSerializable() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            SampleData.shop + """

                ALTER DATABASE "\(database.name)" SET default_transaction_read_only = on;
                ALTER DATABASE "\(database.name)" SET default_transaction_isolation = 'serializable';
                ALTER DATABASE "\(database.name)" SET search_path = public, pg_temp;
                ALTER DATABASE "\(database.name)" SET statement_timeout = 500;
                """)
        let profile = try await scratch.lobscope("profile", database.conninfo(), "--out", "report")
        #expect(profile.status == 0, "\(profile.errorOutput)")
    }
}
