import EphemeralPostgreSQL
import Foundation
import TestSupport
import Testing

/// `lobscope patch-plan`: the rows above a limit are found on the source and copied to the target.
@Suite(.database) struct PatchPlanTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    /// Keys of more than one column, with quotes, line breaks and a backslash in them.
    private static let tables = """
        CREATE TABLE doc (id int, "part ""two" text, body text, meta jsonb, made timestamptz DEFAULT now(),
                          PRIMARY KEY (id, "part ""two"));
        INSERT INTO doc SELECT i, E'\(SampleData.canary)''\\\\\\n' || i, repeat('b', i), '{}' FROM generate_series(1, 300) i;
        UPDATE doc SET body = repeat('L', 200000 + id) WHERE id IN (7, 200);
        UPDATE doc SET meta = jsonb_build_object('k', repeat('m', 90000)) WHERE id = 9;
        CREATE TABLE keyless (body text);
        INSERT INTO keyless VALUES ('small');
        """

    private static let mapping = """
        {"rules": [
          {"rule-type": "selection", "rule-id": "1", "rule-name": "a", "rule-action": "include",
           "object-locator": {"schema-name": "public", "table-name": "%"}}]}
        """
    private static let settings = """
        {"TargetMetadata": {"SupportLobs": true, "FullLobMode": false, "LimitedSizeLobMode": true, "LobMaxSize": 128}}
        """

    private func profile() async throws -> TestDatabase {
        let database = try TestDatabase.current
        try await database.psql("SET client_min_messages = error; " + Self.tables)
        try await profileForPatch(database)
        return database
    }

    private func profileForPatch(_ database: TestDatabase, _ options: String...) async throws {
        let folder = options.contains("--out") ? [] : ["--out", "report"]
        let outcome = try await scratch.lobscope(["profile", database.conninfo()] + options + folder)
        try #require(outcome.status == 0, "\(outcome.errorOutput)")
        try scratch.write(Array(Self.mapping.utf8), "mapping.json")
        try scratch.write(Array(Self.settings.utf8), "settings.json")
    }

    private func patchPlan(_ options: String...) async throws -> BuiltProduct.Outcome {
        let database = try TestDatabase.current
        return try await scratch.lobscope(
            ["patch-plan", "mapping.json", "settings.json", "--against", "report", "--source"]
                + [database.conninfo()] + options)
    }

    @Test func rowsAboveTheLimitAreCopiedAndNoOthers() async throws {
        let database = try await profile()
        let counted = try await patchPlan()
        #expect(counted.status == 0, "\(counted.errorOutput)")
        #expect(counted.output.hasPrefix("3 rows above the limit in 1 table of 2 with limited LOBs."))
        #expect(!counted.output.contains(SampleData.canary))

        let table = try await patchPlan("--format", "md")
        #expect(
            table.output.hasPrefix("# Patch plan\n\n3 rows above the limit")
                && !table.output.contains(SampleData.canary))

        let written = try await patchPlan("--key-values", "plan.sql")
        #expect(written.status == 0, "\(written.errorOutput)")
        #expect(!(written.output + written.errorOutput).contains(SampleData.canary))
        #expect(written.output.hasSuffix("key values of rows: plan.sql\n"))
        let script = try scratch.text("plan.sql")
        #expect(script.hasPrefix("-- THIS FILE HOLDS KEY VALUES OF ROWS"))
        #expect(!script.contains("LLLL") && !script.contains("mmmm"))
        #expect(try await scratch.shell("stat -c %a plan.sql").output == "600\n")

        // The target has what a task leaves: values cut at the limit, and one row that is gone.
        try await database.psql("CREATE DATABASE target_\(database.name) TEMPLATE \(database.name)")
        let target = database.cluster.conninfo(database: "target_\(database.name)", user: "postgres")
        let applied = try await scratch.shell(
            """
            set -e
            psql -X -q "$TARGET" -c "UPDATE doc SET body = left(body, 131072), meta = CASE id WHEN 9 THEN NULL ELSE meta END;
                                     DELETE FROM doc WHERE id = 200"
            psql -X "$SOURCE" -f plan.sql
            psql -X "$TARGET" -v apply=1 -f plan.sql
            for id in 7 9 200 8; do
              for database in "$SOURCE" "$TARGET"; do
                psql -X -At "$database" -c "SELECT id, length(body), md5(body), md5(meta::text) FROM doc WHERE id = $id"
              done | sort | uniq -c | sed 's/^ *//' | cut -d' ' -f1
            done
            """, environment: ["SOURCE": database.conninfo(), "TARGET": target])
        try await database.psql("DROP DATABASE target_\(database.name)")
        #expect(applied.status == 0, "\(applied.errorOutput)")
        // Both sides have the same row, but for the one that is gone.
        #expect(applied.output.hasSuffix("2\n2\n1\n2\n"), "\(applied.output)")
        #expect(applied.output.contains("UPDATE 2\n"))
    }

    @Test func manyRowsAndRowsWithoutAKeyAreRefusedAndNothingIsWritten() async throws {
        let database = try await profile()
        let many = try await patchPlan("--key-values", "plan.sql", "--max-rows", "2")
        #expect(many.status == 1)
        #expect(many.stdout.isEmpty)
        #expect(many.errorOutput.hasPrefix("lobscope: \"public.doc\" has more than 2 rows above its limit"))
        #expect(many.errorOutput.contains("\nhint: "))
        try await database.psql("UPDATE keyless SET body = repeat('x', 500000)")
        let keyless = try await patchPlan("--key-values", "plan.sql")
        #expect(keyless.status == 1)
        #expect(keyless.errorOutput.contains("\"public.keyless\" has 1 rows above its limit, and no key"))
        #expect(try !scratch.names(".").contains("plan.sql"))
        let chosen = try await patchPlan("--key-values", "plan.sql", "--table", "doc")
        #expect(chosen.status == 0, "\(chosen.errorOutput)")
        let again = try await patchPlan("--key-values", "plan.sql", "--table", "doc")
        #expect(again.status == 1)
        #expect(again.errorOutput.hasPrefix("lobscope: \"plan.sql\" exists already"))
        #expect(try await patchPlan("--table", "nope").status == 1)
        #expect(try await patchPlan("--max-rows", "0").status == 64)
    }

    /// The rows are in chunks, which `ONLY` would hide.
    @Test func rowsOfAHypertableAreFound() async throws {
        let database = try TestDatabase.current
        try await database.psql(KnownExtension.hypertable() + "ALTER TABLE m ADD PRIMARY KEY (ts, dev);")
        try await profileForPatch(database)
        let written = try await patchPlan("--key-values", "plan.sql")
        #expect(written.status == 0, "\(written.errorOutput)")
        #expect(written.output.hasPrefix("1 row above the limit in 1 table"), "\(written.output)")
        let applied = try await scratch.shell(
            """
            set -e
            psql -X -q "$DATABASE" -f plan.sql
            psql -X -q "$DATABASE" -c "UPDATE m SET note = left(note, 131072)"
            psql -X -q "$DATABASE" -v apply=1 -f plan.sql
            psql -X -At "$DATABASE" -c "SELECT max(length(note)), count(*) FROM m"
            """, environment: ["DATABASE": database.conninfo()])
        #expect(applied.status == 0, "\(applied.errorOutput)")
        #expect(applied.output.hasSuffix("400000|3000\n"), "\(applied.output)")
    }

    /// A full load reads children under the parent's limit, changes come under their own names.
    @Test func aParentIsReadAsDMSReadsIt() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE parent (id int PRIMARY KEY, body text); CREATE TABLE child (PRIMARY KEY (id)) INHERITS (parent);
            INSERT INTO parent VALUES (1, 'small'); INSERT INTO child VALUES (1, repeat('c', 200000));
            """)
        try await profileForPatch(database)
        let changes = try await patchPlan()
        #expect(changes.output.hasPrefix("1 row above the limit in 1 table"), "\(changes.output)")
        try await profileForPatch(database, "--migration-type", "full-load", "--out", "load")
        let load = try await scratch.lobscope(
            "patch-plan", "mapping.json", "settings.json", "--against", "load", "--source",
            database.conninfo(), "--table", "parent")
        #expect(load.status == 1)
        #expect(
            load.errorOutput.contains("\"public.parent\" has 1 rows above its limit, in itself or in tables"))
        #expect(load.errorOutput.contains("\nhint: raise the limit"))
    }

    @Test func aTableThatChangedIsNotRead() async throws {
        let database = try await profile()
        try await database.psql("ALTER TABLE doc ALTER body TYPE varchar")
        let changed = try await patchPlan("--table", "doc")
        #expect(changed.status == 1)
        #expect(changed.errorOutput.hasPrefix("lobscope: \"public.doc\" has changed since it was profiled"))
    }

    @Test func whatProfileRecommendsLeavesNothingToPatch() async throws {
        let database = try await profile()
        let outcome = try await scratch.lobscope(
            "patch-plan", "report", "--against", "report", "--source", database.conninfo(), "--key-values",
            "plan.sql")
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        #expect(outcome.output.hasPrefix("0 rows above the limit"))
        #expect(try !scratch.names(".").contains("plan.sql"))
    }
}
