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
        CREATE TABLE half (id int PRIMARY KEY, note text);
        CREATE TABLE nowhere (id int PRIMARY KEY, note text);
        INSERT INTO a SELECT i, repeat('x', i * 10), '{}' FROM generate_series(1, 500) i;
        UPDATE a SET extra = jsonb_build_object('k', repeat('y', 300000)) WHERE id = 1;
        CREATE EXTENSION pglogical;
        SELECT pglogical.create_node(node_name := 'source', dsn := 'dbname=shop');
        SELECT pglogical.create_replication_set(s, false, true, true, false) FROM unnest(ARRAY['slot_1', 'slot_2']) s;
        SELECT pglogical.create_replication_set('i' || s, true, false, false, true)
          FROM unnest(ARRAY['slot_1', 'slot_2']) s;
        SELECT pglogical.replication_set_add_table(s, 'a', false, ARRAY['id', 'body'])
          FROM unnest(ARRAY['slot_1', 'islot_1']) s;
        SELECT pglogical.replication_set_add_table(s, 'b') FROM unnest(ARRAY['slot_2', 'islot_2']) s;
        SELECT pglogical.replication_set_add_table('islot_2', 'keyless');
        SELECT pglogical.replication_set_add_table('slot_2', 'half');
        CREATE ROLE reader LOGIN;
        GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader;
        """

    @Test(.needs("ls /usr/share/postgresql/*/extension/pglogical.control"))
    func setsOfARealServerBecomeSlots() async throws {
        let cluster = try await EphemeralCluster.start(
            settings: ["shared_preload_libraries": "pglogical", "wal_level": "logical"])
        try await cluster.createDatabase("shop", encoding: "UTF8", locale: "C")
        try await cluster.psql(Self.source, database: "shop")
        try await allowPlugins(cluster)
        try await cluster.psql(
            "SELECT pg_create_logical_replication_slot(s, 'pglogical_output') FROM unnest(ARRAY['slot_1', 'slot_2']) s",
            database: "shop")
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
        // Keyless tables have inserts only, as pglogical takes no more of them.
        #expect(found.filter { $0.hasPrefix("slot-changes-missing") } == ["slot-changes-missing public.half"])
        #expect(!found.contains { $0.hasPrefix("slot-plugin-differs") })
        let remedy = try #require(report.findings.first { $0.id == "slot-changes-missing" }).remedy
        try await cluster.psql(remedy, database: "shop")
        let mended = try await scratch.lobscope(
            "profile", cluster.conninfo(database: "shop"), "--slots", "pglogical", "--out", "mended")
        #expect(mended.status == 0)
        #expect(!(try scratch.text("mended/report.json")).contains("slot-changes-missing"))
        #expect(!found.contains("slot-not-on-server slot_1"))
        #expect(!found.contains { $0.hasPrefix("output-plugin-not-allowed") })
        let position = try await cluster.psql(
            "SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = 'slot_1'",
            database: "shop")
        let lines = try await scratch.lobscope("render", "report", "--format", "aws-cli")
        #expect(lines.output.contains("# CDC_START_POSITION_SLOT_1: the slot has confirmed \(position), "))
        #expect(lines.output.contains("--cdc-start-position \"${CDC_START_POSITION_SLOT_1:?is not set}\""))
        let early = try await scratch.lobscope(
            "render", "report", "--format", "aws-cli", "--cdc-start", "0/1")
        #expect(
            early.status == 1 && early.errorOutput.contains("has confirmed \(position)"),
            "\(early.errorOutput)")

        // Before anything is measured, so that nothing is lost.
        let unbegun = try await scratch.lobscope(
            "profile", cluster.conninfo(database: "shop"), "--slots", "pglogical", "--cdc-start", "0/1",
            "--out", "early")
        #expect(unbegun.status == 1 && unbegun.errorOutput.contains("has confirmed \(position)"))
        #expect(unbegun.output.isEmpty)

        let refused = try await scratch.lobscope(
            "profile", cluster.conninfo(database: "shop", user: "reader"), "--slots", "pglogical", "--out",
            "other")
        #expect(refused.status == 1)
        #expect(refused.errorOutput.contains("may not be read by this role\nhint: GRANT USAGE"))
    }

    /// Where the server has `output_plugin_libraries`: what its default forbids is told, and the remedy allows it.
    private func allowPlugins(_ cluster: EphemeralCluster) async throws {
        let setting = "SELECT count(*) FROM pg_settings WHERE name = 'output_plugin_libraries'"
        let hasSetting = try await cluster.psql(setting) == "1"
        let before = try await scratch.lobscope(
            "profile", cluster.conninfo(database: "shop"), "--slots", "pglogical", "--out", "before")
        #expect(before.status == 0, "\(before.errorOutput)")
        let found = try ReportJSON(try scratch.bytes("before/report.json")).findings.filter {
            $0.id == "output-plugin-not-allowed"
        }
        #expect(found.map(\.severity) == (hasSetting ? ["error"] : []))
        guard hasSetting else { return }
        let remedy = try #require(found.first?.remedy)
        #expect(remedy.contains("parameter group"))
        let statements = try #require(remedy.components(separatedBy: "; on Amazon").first)
        try await cluster.psql(statements)
        try await Task.sleep(for: .milliseconds(300))
        #expect(
            try await cluster.psql("SHOW output_plugin_libraries") == "pgoutput, test_decoding, pglogical")
        try await cluster.psql(
            "ALTER SYSTEM SET output_plugin_libraries = pgoutput, test_decoding, pglogical, pglogical_output;"
                + " SELECT pg_reload_conf();")
        try await Task.sleep(for: .milliseconds(300))
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
