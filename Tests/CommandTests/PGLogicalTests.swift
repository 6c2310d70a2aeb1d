import EphemeralPostgreSQL
import Foundation
import TestSupport
import Testing

/// `--slots pglogical` on a server that has the extension, with two slots as the guide makes them.
@Suite struct PGLogicalTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    private static let source = """
        CREATE TABLE a (id int PRIMARY KEY, body text, extra jsonb);
        CREATE TABLE b (id int PRIMARY KEY, email text UNIQUE, a_id int REFERENCES a);
        CREATE TABLE keyless (n int, note text);
        CREATE TABLE nowhere (id int PRIMARY KEY, note text);
        INSERT INTO a SELECT i, repeat('x', i * 10), '{}' FROM generate_series(1, 500) i;
        UPDATE a SET extra = jsonb_build_object('k', repeat('y', 300000)) WHERE id = 1;
        CREATE EXTENSION pglogical;
        SELECT pglogical.create_node(node_name := 'source', dsn := 'dbname=shop');
        SELECT pg_create_logical_replication_slot(s, 'pglogical_output') FROM unnest(ARRAY['slot_1', 'slot_2']) s;
        SELECT pglogical.create_replication_set(s, false, true, true, false) FROM unnest(ARRAY['slot_1', 'slot_2']) s;
        SELECT pglogical.create_replication_set('i' || s, true, false, false, true)
          FROM unnest(ARRAY['slot_1', 'slot_2']) s;
        SELECT pglogical.replication_set_add_table(s, 'a', false, ARRAY['id', 'body'])
          FROM unnest(ARRAY['slot_1', 'islot_1']) s;
        SELECT pglogical.replication_set_add_table(s, 'b') FROM unnest(ARRAY['slot_2', 'islot_2']) s;
        SELECT pglogical.replication_set_add_table('islot_2', 'keyless');
        CREATE ROLE reader LOGIN;
        GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader;
        """

    @Test(.needs("ls /usr/share/postgresql/*/extension/pglogical.control"))
    func setsOfARealServerBecomeSlots() async throws {
        let cluster = try await EphemeralCluster.start(
            settings: ["shared_preload_libraries": "pglogical", "wal_level": "logical"])
        try await cluster.createDatabase("shop", encoding: "UTF8", locale: "C")
        try await cluster.psql(Self.source, database: "shop")
        let outcome = try await scratch.lobscope(
            "profile", cluster.conninfo(database: "shop"), "--slots", "pglogical", "--out", "report")
        #expect(outcome.status == 0, "\(outcome.errorOutput)")
        let names = try scratch.names("report")
        #expect(names.filter { $0.contains("slot") } == ["slot_1", "slot_2"])
        let first = try scratch.text("report/slot_1/table-mappings.json")
        let second = try scratch.text("report/slot_2/table-mappings.json")
        #expect(first.contains("\"table-name\": \"a\""))
        #expect(!first.contains("\"table-name\": \"b\""))
        #expect(second.contains("\"table-name\": \"b\"") && second.contains("\"table-name\": \"keyless\""))
        let report = try ReportJSON(try scratch.bytes("report/report.json"))
        // The large jsonb is outside the column list: only the text counts.
        #expect(report.table("a")?.columns.map(\.name) == ["body"])
        #expect(report.table("a")?.mode == "limited")
        #expect(report.table("a")?.slot == "slot_1")
        let found = Set(report.findings.map { "\($0.id) \($0.subject)" })
        #expect(found.contains("slot-column-not-replicated public.a.extra"))
        #expect(found.contains("slot-table-missing public.nowhere"))
        #expect(found.contains("foreign-key-crosses-slots public.b"))
        #expect(!found.contains("slot-not-on-server slot_1"))
        let position = try await cluster.psql(
            "SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = 'slot_1'",
            database: "shop")
        let lines = try await scratch.lobscope("render", "report", "--format", "aws-cli")
        #expect(lines.output.contains("--cdc-start-position '\(position)'"))

        let refused = try await scratch.lobscope(
            "profile", cluster.conninfo(database: "shop", user: "reader"), "--slots", "pglogical", "--out",
            "other")
        #expect(refused.status == 1)
        #expect(refused.errorOutput.contains("may not be read by this role\nhint: GRANT USAGE"))
    }

    @Test func aSchemaOfThatNameIsNoExtension() async throws {
        let cluster = try await EphemeralCluster.start()
        try await cluster.psql(
            """
            CREATE SCHEMA pglogical;
            CREATE TABLE pglogical.replication_set (set_id oid, set_nodeid oid, set_name name);
            CREATE TABLE pglogical.local_node (node_id oid);
            CREATE TABLE pglogical.replication_set_table (set_id oid, set_reloid regclass, set_att_list text[]);
            """, database: "postgres")
        let outcome = try await scratch.lobscope(
            "profile", cluster.conninfo(database: "postgres"), "--slots", "pglogical", "--out", "report")
        #expect(outcome.status == 1)
        #expect(outcome.errorOutput.contains("extension \"pglogical\" is not in the database"))
    }
}
