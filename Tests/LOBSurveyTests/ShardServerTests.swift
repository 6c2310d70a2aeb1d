import EphemeralPostgreSQL
import Foundation
import LOBAdvice
import LOBSurvey
import TestSupport
import Testing

/// Which servers are believed to be those of a cluster of Citus, and what a crash of one of them ends.
@Suite(.timeLimit(.minutes(5 * Soak.factor))) struct ShardServerTests {
    /// A server of another cluster, with the same number and shards of the same names, that the name of a worker leads to from
    /// here.
    @Test func serversThatTheCoordinatorDoesNotMeanAreNotRead() async throws {
        let servers = try await ShardTests.Servers.start()
        let (first, second) = (servers.workers[0], servers.workers[1])
        try await servers.coordinator.psql(
            """
            UPDATE told SET result = result::int8 + 1 WHERE nodeport = \(first.port);
            UPDATE told SET success = false, result = 'no route' WHERE nodeport = \(second.port);
            """)
        try await first.psql("INSERT INTO ref_102020 SELECT repeat('!', 5000)")
        try await second.psql("INSERT INTO ev_102009 VALUES (DEFAULT, repeat('!', 5000), 9000)")
        let (profile, problems) = try await ShardTests.profile(servers)
        #expect(problems["ref"] == .otherServer(place: "\(first.socketDirectory):\(first.port)"))
        let places = servers.workers.map { "\($0.socketDirectory):\($0.port)" }
        #expect(
            [.otherServer(place: places[0]), .unreached(place: places[1])].contains(problems["ev"]),
            "\(problems)")
        #expect(problems.count == 6)
        #expect(profile.tables.allSatisfy { $0.reading?.shards == nil })
        try await ShardTests.expectFigures(of: servers, in: profile)
        await servers.stop()
    }

    /// The catalog of a worker comes after that of the coordinator, and an older Citus may not say when servers were started.
    @Test func onlyTheCoordinatorIsBelieved() async throws {
        let servers = try await ShardTests.Servers.start()
        try await servers.coordinator.psql("UPDATE pg_dist_local_group SET groupid = 3")
        var (profile, problems) = try await ShardTests.profile(servers)
        #expect(problems.count == 6 && problems.values.allSatisfy { $0 == .behind }, "\(problems)")
        try await ShardTests.expectFigures(of: servers, in: profile)
        try await servers.coordinator.psql(
            """
            UPDATE pg_dist_local_group SET groupid = 0; SET allow_system_table_mods = on;
            DROP FUNCTION pg_catalog.run_command_on_workers
            """)
        (profile, problems) = try await ShardTests.profile(servers)
        #expect(problems.count == 6)
        for problem in problems.values {
            guard case .catalog(let words) = problem, words.contains("run_command_on_workers") else {
                Issue.record("\(problem)")
                continue
            }
        }
        try await ShardTests.expectFigures(of: servers, in: profile)
        await servers.stop()
    }

    /// A worker that crashes while a shard is read is not given the same through the coordinator.
    @Test func aCrashOfAWorkerEndsAll() async throws {
        let servers = try await ShardTests.Servers.start()
        let bad = """
            CREATE TYPE bad; CREATE FUNCTION bad_in(cstring) RETURNS bad LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
            CREATE FUNCTION bad_out(bad) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
            CREATE TYPE bad (INPUT = bad_in, OUTPUT = bad_out, LIKE = int4);
            """
        try await servers.coordinator.psql(
            bad + """
                CREATE TABLE poison (b bad[]); INSERT INTO poison VALUES ('{7}');
                INSERT INTO pg_dist_partition VALUES ('poison', 'h', 's'); INSERT INTO pg_dist_shard VALUES ('poison', 102080);
                INSERT INTO pg_dist_placement VALUES (200, 102080, 1, 0, 2);
                """)
        try await servers.workers[1].psql(
            bad + "CREATE TABLE poison_102080 (b bad[]); INSERT INTO poison_102080 VALUES ('{7}'); CHECKPOINT"
        )
        let (profile, problems) = try await ShardTests.profile(servers)
        #expect(problems["poison"] == nil, "\(problems)")
        let poison = profile.unmeasured.filter { $0.relation?.name.losslessText == "poison" }
        #expect(poison.map(\.reason) == [.crashed], "\(profile.unmeasured)")
        #expect(Self.crashes(servers.workers[1]) > 0)
        #expect(Self.crashes(servers.coordinator) == 0)
        await servers.stop()
    }

    private static func crashes(_ server: EphemeralCluster) -> Int {
        let log = (try? Data(contentsOf: URL(filePath: server.logFile))) ?? Data()
        return String(decoding: log, as: UTF8.self).split(separator: "\n").count {
            $0.contains("was terminated by signal")
        }
    }
}
