import EphemeralPostgreSQL
import TestSupport
import Testing

/// `--shards` on the command line.
@Suite(.timeLimit(.minutes(5))) struct ShardOptionTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    /// One server with the catalog of Citus made by hand: it has the shards of one table, and those of the other are on a
    /// server that is gone.
    private static let content = """
        CREATE TABLE t (id int PRIMARY KEY, t text); CREATE TABLE gone (id int PRIMARY KEY, t text);
        CREATE TABLE t_102008 (LIKE t INCLUDING ALL); CREATE TABLE t_102009 (LIKE t INCLUDING ALL);
        INSERT INTO t SELECT i, repeat('x', i) FROM generate_series(1, 99) i; INSERT INTO gone TABLE t;
        INSERT INTO t_102008 SELECT * FROM t WHERE id % 2 = 0; INSERT INTO t_102009 SELECT * FROM t WHERE id % 2 = 1;
        SET allow_system_table_mods = on;
        CREATE TABLE pg_catalog.pg_dist_local_group (groupid int); INSERT INTO pg_dist_local_group VALUES (0);
        CREATE TABLE pg_catalog.pg_dist_partition (logicalrelid regclass, partmethod "char", repmodel "char");
        CREATE TABLE pg_catalog.pg_dist_shard (logicalrelid regclass, shardid bigint);
        CREATE TABLE pg_catalog.pg_dist_placement (placementid bigint, shardid bigint, shardstate int, groupid int);
        CREATE TABLE pg_catalog.pg_dist_node (groupid int, nodename text, nodeport int, noderole text, isactive bool);
        INSERT INTO pg_dist_partition VALUES ('t', 'h', 's'), ('gone', 'h', 's');
        INSERT INTO pg_dist_shard VALUES ('t', 102008), ('t', 102009), ('gone', 102010);
        INSERT INTO pg_dist_placement VALUES (1, 102008, 1, 0), (2, 102009, 1, 0), (3, 102010, 1, 1);
        INSERT INTO pg_dist_node VALUES (0, 'localhost', 5432, 'primary', true), (1, '127.0.0.1', 1, 'primary', true);
        CREATE FUNCTION pg_catalog.run_command_on_workers(command text,
          OUT nodename text, OUT nodeport int, OUT success bool, OUT result text) RETURNS SETOF record LANGUAGE sql
          AS $$SELECT '127.0.0.1', 1, true, '0'$$;
        \(KnownExtension.pretended("citus", schema: "pg_catalog"))
        ALTER EXTENSION citus ADD TABLE pg_catalog.pg_dist_partition;
        """

    @Test func whatIsReadWhereIsTold() async throws {
        let server = try await EphemeralCluster.start()
        try await server.psql(Self.content)
        let run = try await scratch.lobscope(
            "profile", server.conninfo(), "--shards", "--table", "t", "--table", "gone", "--out", "report",
            "-v")
        #expect(run.status == 0, "\(run.errorOutput)")
        let told = run.errorOutput.split(separator: "\n").filter {
            $0.hasPrefix("warning: ") || $0.hasPrefix("hint: ")
        }
        #expect(
            told.count == 2 && told[0].contains("public.gone is read through CONNINFO"), "\(run.errorOutput)")
        #expect(
            told[0].contains("127.0.0.1:1 refuses") && told[1].contains("pg_hba.conf"), "\(run.errorOutput)")
        let report = try await scratch.lobscope("render", "report", "--format", "report-json")
        #expect(report.output.contains("\"localhost:5432\""), "\(report.output)")
        #expect(report.output.split(separator: "\"shards\"").count == 2, "\(report.output)")
        let page = try scratch.text("report/report.md")
        #expect(page.contains("2 shards of 1 table, each read where it is"), "\(page)")
        await server.stop()
    }

    @Test(arguments: [
        ["--consistent"], ["--method", "sample"], ["--method", "bound"], ["--time-budget", "10s"],
    ])
    func whatReadsNotEveryRowOfEachServerIsRefused(options: [String]) async throws {
        let run = try await scratch.lobscope(["profile", "dbname=none", "--shards"] + options)
        #expect(run.status == 64 && run.errorOutput.contains("--shards"), "\(run.errorOutput)")
    }
}
