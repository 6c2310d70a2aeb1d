import EphemeralPostgreSQL
import Foundation
import TestSupport
import Testing

/// `fix-source.sql` and `fix-target.sql`: nothing happens unless it is asked for, and nothing on the wrong side.
@Suite(.database) struct FixScriptTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    /// Names that would leave a comment, a quoted name or psql's conditionals.
    private static let tables = """
        CREATE TABLE keyless (t text); CREATE TABLE "no\n\\endif\nDROP TABLE keyless; --" (t text);
        CREATE TABLE "a "" :b ; \\! touch hacked" (id int PRIMARY KEY, "c'); DROP TABLE keyless; --" text NOT NULL);
        CREATE UNLOGGED TABLE quick (id int PRIMARY KEY, t text);
        CREATE TABLE named (code text PRIMARY KEY, t text); INSERT INTO named VALUES ('abc', 'x');
        CREATE TABLE indexed (code int NOT NULL, t text); CREATE UNIQUE INDEX indexed_code ON indexed (code);
        """

    private func run(_ file: String, on conninfo: String, _ blocks: String...) async throws
        -> BuiltProduct.Outcome
    {
        try await scratch.shell(
            "psql -X -q '\(conninfo)' \(blocks.map { "-v \($0)=1" }.joined(separator: " ")) -f report/\(file)"
        )
    }

    private func ids() async throws -> Set<String> {
        let outcome = try await scratch.lobscope(
            "profile", try TestDatabase.current.conninfo(), "--out", "again-\(UUID().uuidString)", "--quiet")
        return Set(outcome.output.utf8.isEmpty ? [] : ids(in: outcome.output))
    }

    private func ids(in text: String) -> [String] {
        text.matches(of: #/\[([a-z-]+)\]/#).map { String($0.1) }
    }

    @Test func eachBlockMendsWhatItIsNamedAfter() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.tables)
        _ = try await scratch.lobscope("profile", database.conninfo(), "--out", "report")
        let script = try scratch.text("report/fix-source.sql")
        let names = script.matches(of: #/\\if :\{\?([a-z_]+)\}/#).map { String($0.1) }.filter {
            $0 != "asked"
        }
        #expect(
            names == ["lob_typed_key", "lob_without_key", "replica_identity_missing", "unlogged_table"],
            "\(script)")
        let facts = """
            SELECT string_agg(concat_ws('/', c.relname, c.relpersistence, c.relreplident, c.relnatts), ' ' ORDER BY c.relname)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind = 'r'
            """
        let before = try await database.psql(facts)
        let nothing = try await run("fix-source.sql", on: database.conninfo())
        #expect(
            nothing.status == 0 && nothing.output.contains("no block was asked for"), "\(nothing.errorOutput)"
        )
        let refused = try await scratch.shell(
            "psql -X -q '\(database.conninfo())' -v lob_without_key=0 -v lob_without_keys=1 -f report/fix-source.sql"
        )
        #expect(
            refused.status == 0 && refused.output.contains("no block was asked for"), "\(refused.errorOutput)"
        )
        #expect(try await database.psql(facts) == before)
        for name in names {
            let outcome = try await run("fix-source.sql", on: database.conninfo(), name)
            #expect(outcome.status == 0, "\(name): \(outcome.errorOutput)")
            let left = try await ids()
            #expect(!left.contains(name.replacing("_", with: "-")), "\(name): \(left)")
        }
        #expect(try await database.psql("SELECT count(*) FROM keyless") == "0")
        #expect(!FileManager.default.fileExists(atPath: scratch.path + "/hacked"))
    }

    @Test func neitherDoesAnythingOnTheWrongSide() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.tables)
        _ = try await scratch.lobscope("profile", database.conninfo(), "--out", "report")
        let onSource = try await run("fix-target.sql", on: database.conninfo(), "not_null_lob")
        #expect(
            onSource.status == 3 && onSource.errorOutput.contains("nothing is done"),
            "\(onSource.errorOutput)")
        let isNotNull = """
            SELECT count(*) FROM pg_attribute WHERE attnotnull AND attname LIKE 'c''%' AND attnum > 0
            """
        #expect(try await database.psql(isNotNull) == "1")
        // Another database of the same server may be the target; the source it is not.
        let other = database.name + "_target"
        try await database.cluster.createDatabase(other)
        try await database.cluster.psql(Self.tables, database: other)
        let conninfo = database.cluster.conninfo(database: other)
        let onTarget = try await run("fix-source.sql", on: conninfo, "lob_without_key")
        #expect(
            onTarget.status == 3 && onTarget.errorOutput.contains("nothing is done"),
            "\(onTarget.errorOutput)")
        #expect(
            try await database.cluster.psql(
                "SELECT count(*) FROM pg_constraint WHERE conrelid = 'keyless'::regclass", database: other)
                == "0")
        let mended = try await run("fix-target.sql", on: conninfo, "not_null_lob")
        #expect(mended.status == 0, "\(mended.errorOutput)")
        #expect(try await database.cluster.psql(isNotNull, database: other) == "0")
    }
}
