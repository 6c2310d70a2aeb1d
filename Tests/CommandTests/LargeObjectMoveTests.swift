import EphemeralPostgreSQL
import Foundation
import TestSupport
import Testing

/// What the command says of large objects, and `move-large-objects.sh` run from one database to another.
@Suite(.database) struct LargeObjectMoveTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    /// Two owners, one with a name that has to be quoted; holes, an empty object, the largest OID, grants by others, no
    /// right left for the owner, a comment.
    private func objects(_ name: String) -> String {
        """
        CREATE TABLE docs (t text); CREATE ROLE "o'x ""\(name)"; CREATE ROLE b_\(name) LOGIN; CREATE ROLE c_\(name);
        SELECT count(lo_from_bytea(1000 + i, decode(repeat('ab', i * 40), 'hex'))) FROM generate_series(1, 300) i;
        SELECT lo_create(5); SELECT lo_put(lo_create(7), 5000000, '\\x0102'); SELECT lo_put(lo_create(4294967295), 70000000, '\\xff');
        SELECT lo_from_bytea(4000000000, decode(repeat('0011223344', 400000), 'hex'));
        DO $$ BEGIN FOR i IN 1001..1300 BY 2 LOOP EXECUTE format('ALTER LARGE OBJECT %s OWNER TO %I', i, 'o''x "\(name)'); END LOOP; END $$;
        GRANT SELECT ON LARGE OBJECT 1001, 1004 TO b_\(name) WITH GRANT OPTION; GRANT UPDATE ON LARGE OBJECT 5 TO PUBLIC;
        SET ROLE b_\(name); GRANT SELECT ON LARGE OBJECT 1001 TO c_\(name); RESET ROLE;
        REVOKE ALL ON LARGE OBJECT 1006 FROM postgres;
        COMMENT ON LARGE OBJECT 1007 IS E'it''s\\na \\\\ comment';
        """
    }

    /// What there is to know of each object, by psql.
    private static let facts = """
        SELECT m.oid, pg_get_userbyid(m.lomowner), m.lomacl, obj_description(m.oid, 'pg_largeobject'),
               octet_length(lo_get(m.oid)), md5(lo_get(m.oid)) FROM pg_largeobject_metadata m ORDER BY m.oid
        """

    private func profile() async throws -> (source: TestDatabase, target: String) {
        let database = try TestDatabase.current
        try await database.psql(objects(database.name))
        let outcome = try await scratch.lobscope("profile", database.conninfo(), "--out", "report")
        try #require(outcome.status == 0, "\(outcome.errorOutput)")
        let target = "target_\(database.name)"
        try await database.cluster.createDatabase(target)
        return (database, target)
    }

    private func move(
        _ command: String, _ target: String, _ environment: [String: String] = [:]
    ) async throws -> BuiltProduct.Outcome {
        let database = try TestDatabase.current
        let conninfos = [
            "SOURCE": database.conninfo(),
            "TARGET": database.cluster.conninfo(database: target, user: "postgres"),
        ]
        return try await scratch.shell(
            "bash report/move-large-objects.sh \(command)",
            environment: conninfos.merging(environment) { $1 })
    }

    @Test func theScriptMovesEveryObjectWithOwnerPrivilegesAndComment() async throws {
        let (source, target) = try await profile()
        let plan = try await move("plan", target)
        #expect(plan.output.contains("\t302\t") == false && plan.output.hasPrefix("batch\towner\tfirst"))
        #expect(plan.output.contains("o'x \"\(source.name)\n"))
        // One that was made since, between the others and behind them.
        try await source.psql("SELECT lo_from_bytea(1301, 'new'), lo_from_bytea(4000000001, 'new')")
        let wanted = try await source.psql(Self.facts)
        let moved = try await move("move", target, ["JOBS": "2"])
        #expect(moved.status == 0, "\(moved.errorOutput)")
        #expect(try await source.cluster.psql(Self.facts, database: target) == wanted)
        #expect(wanted.split(separator: "\n").count > 300)
        let again = try await move("move", target)
        #expect(again.status == 0 && again.errorOutput.isEmpty, "\(again.errorOutput)")
        let checked = try await move("check", target)
        #expect(checked.status == 0, "\(checked.errorOutput)")

        try await source.cluster.psql(
            "SELECT lo_unlink(5), lo_put(7, 5, '\\x01'); GRANT SELECT ON LARGE OBJECT 1008 TO b_\(source.name)",
            database: target)
        let different = try await move("check", target)
        #expect(different.status == 1 && different.output == "5\n7\n1008\n", "\(different.errorOutput)")
        // An object that is there already ends the batch, which leaves nothing behind.
        let count = "SELECT count(*) FROM pg_largeobject_metadata"
        let before = try await source.cluster.psql(count, database: target)
        let refused = try await move("move 1", target, ["STATE": "other.done"])
        #expect(refused.status == 1 && refused.errorOutput.contains("batch 1 is not moved"))
        #expect(try await source.cluster.psql(count, database: target) == before)
        // A check that cannot read is no check that found nothing.
        let blind = try await move("check", target, ["SOURCE": source.conninfo(user: "b_\(source.name)")])
        #expect(blind.status != 0 && blind.errorOutput.contains("permission denied"))
        try await source.psql("DROP DATABASE \(target)")
    }

    /// Providers of labels are modules of the server, so the label is made in the catalog.
    @Test func theScriptSaysWhatItDoesNotMove() async throws {
        let (source, target) = try await profile()
        #expect(try !scratch.text("report/move-large-objects.sh").contains("NOT MOVED"))
        try await source.psql(
            "INSERT INTO pg_seclabel VALUES (1001, 'pg_largeobject'::regclass, 0, 'selinux', 'x'), (1002, 'pg_largeobject'::regclass, 0, 'selinux', 'x')"
        )
        let outcome = try await scratch.lobscope("profile", source.conninfo(), "--out", "labelled")
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        let lines = try scratch.text("labelled/move-large-objects.sh").split(separator: "\n")
        let first = try #require(lines.firstIndex { $0.contains("NOT MOVED: 2 security labels of them") })
        #expect(lines[..<first].allSatisfy { $0.hasPrefix("#") })
        let query = lines[(first + 1)...(first + 2)].map { $0.drop { "# ".contains($0) } }
        #expect(try await source.psql(query.joined(separator: " ")) == "1001|selinux|x\n1002|selinux|x")
        try await source.psql("DROP DATABASE \(target)")
    }

    @Test func pgDumpMovesTheSame() async throws {
        let (source, target) = try await profile()
        try await source.psql("CREATE TABLE other (t text)")
        let restored = try await move("restore", target, ["DUMP": "dump"])
        #expect(restored.status == 0, "\(restored.errorOutput)")
        #expect(
            try await source.cluster.psql(Self.facts, database: target) == (try await source.psql(Self.facts))
        )
        #expect(
            try await source.cluster.psql("SELECT to_regclass('other') IS NULL", database: target) == "t")
        #expect(try await scratch.shell("stat -c %a dump").output == "700\n")
        try await source.psql("DROP DATABASE \(target)")
    }

    @Test func ownersCanBeLeftOut() async throws {
        let (source, target) = try await profile()
        let moved = try await move("move", target, ["OWNERS": "no"])
        #expect(moved.status == 0, "\(moved.errorOutput)")
        #expect(try await move("check", target, ["OWNERS": "no"]).status == 0)
        #expect(try await move("check", target).status == 1)
        #expect(
            try await source.cluster.psql(
                "SELECT DISTINCT pg_get_userbyid(lomowner), lomacl FROM pg_largeobject_metadata",
                database: target) == "postgres|")
        try await source.psql("DROP DATABASE \(target)")
    }

    /// 54 objects, one of which the role may read.
    @Test func unreadableObjectsMakeTheProfilePartial() async throws {
        let database = try TestDatabase.current
        let (owner, role) = ("owner_\(database.name)", "reader_\(database.name)")
        try await database.psql(
            """
            SELECT count(lo_from_bytea(2000 + i, decode(repeat('ab', 5000 + i), 'hex'))) FROM generate_series(1, 54) i;
            CREATE ROLE \(owner); CREATE ROLE \(role) LOGIN; CREATE TABLE docs (t text); GRANT SELECT ON docs TO \(role); GRANT SELECT ON LARGE OBJECT 2001 TO \(role);
            ALTER LARGE OBJECT 2054 OWNER TO \(owner);
            """)
        let outcome = try await scratch.lobscope("profile", database.conninfo(user: role), "--out", "report")
        #expect(outcome.status == 3, "\(outcome.errorOutput)")
        #expect(outcome.errorOutput.contains("permission denied (53 of 54 large objects)"))
        #expect(outcome.output.contains("54, at least 4.9 KiB"))
        let report = try ReportJSON(try scratch.bytes("report/report.json"))
        #expect(!report.complete && report.largeObjects.totalBytes == 5001)
        #expect(report.largeObjects.totalIsLowerBound == true)
        let owners = try #require(report.largeObjects.owners)
        #expect(owners.map(\.role) == ["postgres", owner])
        #expect(owners.map(\.bytes) == [5001, nil])
        let page = try scratch.text("report/report.md")
        #expect(page.contains("(1 object, size not known)"))
        #expect(!page.contains("object, 0 B") && !page.contains("(0 bytes)"))
        #expect(try scratch.text("report/move-large-objects.sh").contains("\t?\t\(owner)\n"))
        // With the right the next run is complete.
        try await database.psql("GRANT pg_read_all_data TO \(role)")
        let whole = try await scratch.lobscope(
            "profile", database.conninfo(user: role), "--resume", "report", "--out", "whole")
        #expect(whole.status == 0, "\(whole.errorOutput)")
        let sum = (1...54).reduce(0) { $0 + 5000 + $1 }
        #expect(try ReportJSON(try scratch.bytes("whole/report.json")).largeObjects.totalBytes == sum)
    }

    @Test func aDatabaseWithoutLargeObjectsHasNoScript() async throws {
        let database = try TestDatabase.current
        let outcome = try await scratch.lobscope("profile", database.conninfo(), "--out", "report")
        #expect(outcome.status == 0 || outcome.status == 3)
        #expect(try !scratch.names("report").contains("move-large-objects.sh"))
    }
}
