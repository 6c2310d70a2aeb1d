import EphemeralPostgreSQL
import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import Synchronization
import TestSupport
import Testing

/// Tables of Citus are measured shard by shard on plain servers, one with the catalog of Citus made by hand.
@Suite(.timeLimit(.minutes(5 * Soak.factor))) struct ShardTests {
    /// A coordinator and two workers of a cluster of Citus as far as lobscope looks at it.
    ///
    /// The coordinator's own tables hold what Citus would show of all shards, so that reading through it gives the same.
    struct Servers {
        let coordinator: EphemeralCluster
        let workers: [EphemeralCluster]

        static func start() async throws -> Servers {
            let coordinator = try await EphemeralCluster.start(settings: ["autovacuum": "off"])
            let workers = [
                try await EphemeralCluster.start(settings: ["autovacuum": "off"]),
                try await EphemeralCluster.start(settings: ["autovacuum": "off"]),
            ]
            let servers = Servers(coordinator: coordinator, workers: workers)
            for (index, worker) in workers.enumerated() {
                try await worker.psql(ownGroup(index + 1) + shards(of: index))
            }
            try await coordinator.psql(tables + ownGroup(0) + servers.catalog)
            try await servers.tellStarts()
            return servers
        }

        static func ownGroup(_ group: Int) -> String {
            """
            SET allow_system_table_mods = on;
            CREATE TABLE pg_catalog.pg_dist_local_group (groupid int); INSERT INTO pg_dist_local_group VALUES (\(group));
            """
        }

        static let hostile = #""t""; DROP TABLE ""ev_102008""; --é"#

        static let tables = """
            CREATE TABLE ev (id int PRIMARY KEY, t text, j jsonb);
            INSERT INTO ev SELECT i, repeat('x', i % 900), jsonb_build_object('k', repeat('y', i % 300)) FROM generate_series(1, 8000) i;
            CREATE TABLE ref (t text); INSERT INTO ref SELECT repeat('r', i) FROM generate_series(1, 50) i;
            CREATE TABLE \(hostile)" (t text); INSERT INTO \(hostile)" SELECT repeat('h', i) FROM generate_series(1, 40) i;
            CREATE TABLE p (n int, t text) PARTITION BY RANGE (n);
            CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (100); CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (100) TO (200);
            INSERT INTO p SELECT i, repeat('p', i) FROM generate_series(0, 199) i;
            CREATE ACCESS METHOD pile TYPE TABLE HANDLER heap_tableam_handler;
            CREATE TABLE whole (t text) USING pile; INSERT INTO whole SELECT repeat('w', i) FROM generate_series(1, 60) i;
            CREATE TABLE own (t text); INSERT INTO own SELECT repeat('o', i) FROM generate_series(1, 30) i;

            """

        /// Shards 102008 to 102011 of `ev` are in turn on both, one of them with other attribute numbers and one empty.
        static func shards(of worker: Int) -> String {
            let other = "CREATE TABLE ev_10200\(8 + worker) (gone int, j jsonb, t text, id int PRIMARY KEY);"
            return """
                \(other) ALTER TABLE ev_10200\(8 + worker) DROP COLUMN gone;
                INSERT INTO ev_10200\(8 + worker) (id, t, j)
                  SELECT i, repeat('x', i % 900), jsonb_build_object('k', repeat('y', i % 300)) FROM generate_series(1, 8000) i
                   WHERE i % 3 = \(worker);
                CREATE TABLE ev_10201\(worker) (id int PRIMARY KEY, t text, j jsonb);
                INSERT INTO ev_10201\(worker)
                  SELECT i, repeat('x', i % 900), jsonb_build_object('k', repeat('y', i % 300)) FROM generate_series(1, 8000) i
                   WHERE i % 3 = 2 AND \(worker) = 1;
                CREATE TABLE ref_102020 (t text); INSERT INTO ref_102020 SELECT repeat('r', i) FROM generate_series(1, 50) i;
                CREATE TABLE \(hostile)_10203\(worker)" (t text);
                INSERT INTO \(hostile)_10203\(worker)" SELECT repeat('h', i) FROM generate_series(1, 40) i WHERE i % 2 = \(worker);
                CREATE TABLE p_10204\(worker) (n int, t text) PARTITION BY RANGE (n);
                CREATE TABLE p1_10205\(worker) PARTITION OF p_10204\(worker) FOR VALUES FROM (0) TO (100);
                CREATE TABLE p2_10206\(worker) PARTITION OF p_10204\(worker) FOR VALUES FROM (100) TO (200);
                INSERT INTO p_10204\(worker) SELECT i, repeat('p', i) FROM generate_series(0, 199) i WHERE i % 2 = \(worker);
                CREATE ACCESS METHOD pile TYPE TABLE HANDLER heap_tableam_handler;
                CREATE TABLE whole_10207\(worker) (t text) USING pile;
                INSERT INTO whole_10207\(worker) SELECT repeat('w', i) FROM generate_series(1, 60) i WHERE i % 2 = \(worker);
                CREATE TABLE own (t text); INSERT INTO own SELECT repeat('!', 5000);
                ANALYZE;
                """
        }

        /// What Citus keeps of them; every placement is named, those of reference tables on both.
        private var catalog: String {
            let nodes = workers.enumerated().map { index, worker in
                "(\(index + 1), \(index + 1), '\(worker.socketDirectory)', \(worker.port), 'primary', true)"
            }
            return """
                CREATE TABLE pg_catalog.pg_dist_partition (logicalrelid regclass NOT NULL, partmethod "char", repmodel "char");
                CREATE TABLE pg_catalog.pg_dist_shard (logicalrelid regclass NOT NULL, shardid bigint NOT NULL);
                CREATE TABLE pg_catalog.pg_dist_placement (placementid bigint, shardid bigint, shardstate int, shardlength bigint, groupid int);
                CREATE TABLE pg_catalog.pg_dist_node (nodeid int, groupid int, nodename text, nodeport int, noderole text, isactive bool);
                INSERT INTO pg_dist_partition VALUES ('ev', 'h', 's'), ('ref', 'n', 't'), ('\(Self.hostile)"', 'h', 's'),
                  ('whole', 'h', 's'), ('p', 'h', 's'), ('p1', 'h', 's'), ('p2', 'h', 's');
                INSERT INTO pg_dist_shard VALUES ('ev', 102008), ('ev', 102009), ('ev', 102010), ('ev', 102011), ('ref', 102020),
                  ('\(Self.hostile)"', 102030), ('\(Self.hostile)"', 102031), ('p', 102040), ('p', 102041), ('p1', 102050), ('p1', 102051),
                  ('p2', 102060), ('p2', 102061), ('whole', 102070), ('whole', 102071);
                INSERT INTO pg_dist_placement SELECT row_number() OVER (ORDER BY shardid), shardid, 1, 0, 1 + shardid % 2 FROM pg_dist_shard;
                INSERT INTO pg_dist_placement VALUES (100, 102020, 1, 0, 2), (101, 102008, 4, 0, 2);
                INSERT INTO pg_dist_node VALUES \(nodes.joined(separator: ", ")), (3, 1, 'nowhere.invalid', 1, 'secondary', true);
                """ + KnownExtension.pretended("citus", schema: "pg_catalog")
                    + "ALTER EXTENSION citus ADD TABLE pg_catalog.pg_dist_partition;"
        }

        /// Lets the coordinator know what it would be told by the workers of today.
        private func tellStarts() async throws {
            var answers: [String] = []
            for worker in workers {
                let start = try await worker.psql(
                    "SELECT (date_part('epoch', pg_postmaster_start_time()) * 1000000)::int8")
                answers.append("('\(worker.socketDirectory)', \(worker.port), true, '\(start)')")
            }
            try await coordinator.psql(
                """
                SET allow_system_table_mods = on;
                CREATE TABLE pg_catalog.told (nodename text, nodeport int, success bool, result text);
                INSERT INTO pg_catalog.told VALUES \(answers.joined(separator: ", "));
                CREATE FUNCTION pg_catalog.run_command_on_workers(command text,
                  OUT nodename text, OUT nodeport int, OUT success bool, OUT result text) RETURNS SETOF record LANGUAGE sql
                  AS 'SELECT nodename, nodeport, success, result FROM pg_catalog.told';
                """)
        }

        func stop() async {
            for worker in workers { await worker.stop() }
            await coordinator.stop()
        }
    }

    static func profile(
        _ servers: Servers, readsShards: Bool = true
    ) async throws -> (profile: Profile, problems: [String: ShardProblem]) {
        let problems = Mutex<[String: ShardProblem]>([:])
        let options = SurveyOptions(
            plan: PlanOptions(method: .full), chunkTime: .microseconds(500), readsShards: readsShards)
        let survey = Survey(try Conninfo(servers.coordinator.conninfo()), options: options) { event in
            if case .shardsNotRead(let table, let problem) = event {
                problems.withLock { $0[table.name.losslessText] = problem }
            }
        }
        return (try await survey.run(), problems.withLock(\.self))
    }

    private static func figures(of profile: Profile) -> [String: SizeDistribution] {
        var figures: [String: SizeDistribution] = [:]
        for table in profile.tables {
            for column in table.columns {
                figures["\(table.relation.name.losslessText).\(column.column.name.losslessText)"] =
                    column.measurement?.distribution
            }
        }
        return figures
    }

    static func expectFigures(of servers: Servers, in profile: Profile) async throws {
        let (whole, _) = try await Self.profile(servers, readsShards: false)
        #expect(profile.unmeasured == [] && whole.unmeasured == [])
        #expect(whole.tables.allSatisfy { $0.reading?.shards == nil })
        #expect(figures(of: profile) == figures(of: whole))
        #expect(figures(of: profile).count == 8)
        // A statement through the coordinator sees each shard as of another moment.
        for table in whole.tables {
            let isSharded = table.relation.isSharded == true
            #expect(table.reading?.certainty == (isSharded ? .severalMoments : .oneMoment))
        }
        #expect(profile.tables.map(\.rows.count) == whole.tables.map(\.rows.count))
        #expect(profile.tables.map(\.relation) == whole.tables.map(\.relation))
    }

    @Test func shardsAreReadWhereTheyAre() async throws {
        let servers = try await Servers.start()
        let (profile, problems) = try await Self.profile(servers)
        #expect(problems == [:])
        try await Self.expectFigures(of: servers, in: profile)
        #expect(profile.tables.allSatisfy { $0.reading?.certainty == .oneMoment })
        let counts = profile.tables.map { $0.reading?.shards?.count ?? 0 }
        #expect(counts.sorted() == [0, 1, 2, 2, 2, 2, 4])
        #expect(profile.table("ref")?.reading?.shards?.count == 1)
        let places = servers.workers.map { "\($0.socketDirectory):\($0.port)" }
        #expect(profile.table("ev")?.reading?.shards?.servers == places.sorted())
        #expect(profile.table("own")?.reading?.shards == nil)
        // Positions of several logs say nothing.
        #expect(profile.table("ev")?.reading?.moment.lsnBefore == nil)
        #expect(profile.table("ev")?.rowFigure == .exact(8000))
        let expected = try await servers.coordinator.psql(
            "SELECT count(*), sum(octet_length(t)), sum(octet_length(j::text)), max(octet_length(j::text)) FROM ev"
        )
        let table = try #require(profile.table("ev"))
        let (text, jsonb) = (try #require(table.measurement("t")), try #require(table.measurement("j")))
        #expect(
            expected
                == "\(text.distribution.rows)|\(text.distribution.sum.bytes)|\(jsonb.distribution.sum.bytes)|\(jsonb.largestSize?.bytes ?? 0)"
        )
        await servers.stop()
    }

    /// What is committed while shards are read takes them apart: no one moment sees all of them.
    @Test func whatChangesMeanwhileIsReadInAddition() async throws {
        let servers = try await Servers.start()
        let busy = servers.workers[1]
        let load = Task {
            _ = try? await busy.psql(
                """
                DO $$ BEGIN FOR i IN 1..1000000 LOOP
                  INSERT INTO ev_102009 VALUES (DEFAULT, 'new', 100000 + i); DELETE FROM ev_102009 WHERE id = 100000 + i - 50;
                  COMMIT; END LOOP; END $$
                """)
        }
        while try await busy.psql("SELECT count(*) FROM ev_102009 WHERE id > 100000") == "0" {}
        let (profile, problems) = try await Self.profile(servers)
        #expect(problems == [:])
        #expect(profile.unmeasured == [])
        for name in ["ev", "p1", "p2"] {
            let reading = try #require(profile.table(name)?.reading)
            #expect(reading.certainty == .caughtUp, "\(name)")
            #expect(reading.snapshots == 2)
        }
        #expect(profile.table("ref")?.reading?.certainty == .oneMoment, "one shard has a moment")
        #expect(
            profile.table("whole")?.reading?.certainty == .severalMoments,
            "what has no blocks has no second pass")
        #expect(profile.table("whole")?.measurement("t")?.distribution.rows == 60)
        let table = try #require(profile.table("ev"))
        #expect((table.reading?.changedVersions ?? 0) > 0)
        #expect((table.measurement("t")?.distribution.rows ?? 0) > 8000)
        #expect(table.rowFigure.provenance != .exact)
        #expect(profile.table("p1")?.measurement("t")?.distribution.rows == 100)
        try await busy.psql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'DO %'")
        await load.value
        await servers.stop()
    }

    @Test func tablesOfServersThatAreGoneAreReadThroughTheCoordinator() async throws {
        let servers = try await Servers.start()
        await servers.workers[1].stop()
        let (profile, problems) = try await Self.profile(servers)
        #expect(Set(problems.keys) == ["ev", Self.losslessHostile, "p1", "p2", "whole"])
        let place = "\(servers.workers[1].socketDirectory):\(servers.workers[1].port)"
        for problem in problems.values {
            guard case .refused(place, _) = problem else {
                Issue.record("\(problem)")
                continue
            }
        }
        try await Self.expectFigures(of: servers, in: profile)
        #expect(profile.table("ev")?.reading?.shards == nil)
        #expect(profile.table("ref")?.reading?.shards?.count == 1)
        await servers.stop()
    }

    private static let losslessHostile = RelationName(
        schema: Identifier("public"), name: Identifier("t\"; DROP TABLE \"ev_102008\"; --é")
    ).name.losslessText

    /// A server of another cluster, with tables of the same names, is not believed.
    @Test func otherServersAreNotRead() async throws {
        let servers = try await Servers.start()
        try await servers.workers[1].psql(
            "UPDATE pg_dist_local_group SET groupid = 7; INSERT INTO ev_102009 VALUES (DEFAULT, 'more', 9000)"
        )
        let (profile, problems) = try await Self.profile(servers)
        let place = "\(servers.workers[1].socketDirectory):\(servers.workers[1].port)"
        #expect(problems["ev"] == .otherServer(place: place))
        try await Self.expectFigures(of: servers, in: profile)
        await servers.stop()
    }

    /// One shard that is not there costs only its own table.
    @Test func shardsThatAreElsewhereAreToldByTable() async throws {
        let servers = try await Servers.start()
        try await servers.workers[0].psql("ALTER TABLE ev_102008 RENAME TO moved")
        let (profile, problems) = try await Self.profile(servers)
        let name = RelationName(schema: Identifier("public"), name: Identifier("ev_102008"))
        let place = "\(servers.workers[0].socketDirectory):\(servers.workers[0].port)"
        #expect(problems == ["ev": .missing(name, place: place)])
        try await Self.expectFigures(of: servers, in: profile)
        #expect(profile.table("p1")?.reading?.shards?.count == 2)
        await servers.stop()
    }

    /// What is moved while it is read may have got rows elsewhere.
    @Test func shardsThatAreMovedMeanwhileAreReadThroughTheCoordinator() async throws {
        let servers = try await Servers.start()
        let load = Task {
            _ = try? await servers.coordinator.psql(
                """
                DO $$ BEGIN FOR i IN 1..1000000 LOOP
                  UPDATE pg_dist_placement SET placementid = placementid + 1000 WHERE shardid = 102009; COMMIT; END LOOP; END $$
                """)
        }
        while try await servers.coordinator.psql("SELECT max(placementid) > 1000 FROM pg_dist_placement")
            == "f"
        {}
        let (profile, problems) = try await Self.profile(servers)
        #expect(problems == ["ev": .moved])
        try await servers.coordinator.psql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'DO %'")
        await load.value
        try await Self.expectFigures(of: servers, in: profile)
        await servers.stop()
    }

    /// Other columns, placements that are not in use or not there, and a catalog of another version.
    @Test func whatCannotBeReadShardByShardIsTold() async throws {
        let servers = try await Servers.start()
        try await servers.workers[0].psql("ALTER TABLE ev_102010 ALTER COLUMN t TYPE varchar(900)")
        try await servers.coordinator.psql(
            """
            UPDATE pg_dist_node SET isactive = false WHERE groupid = 2;
            UPDATE pg_dist_placement SET groupid = 1 WHERE shardid IN (102009, 102011);
            UPDATE pg_dist_shard SET shardid = 999999999999999999 WHERE shardid = 102030;
            """)
        var (profile, problems) = try await Self.profile(servers)
        guard case .missing = problems["ev"], case .unplaced = problems["p1"] else {
            Issue.record("\(problems)")
            return await servers.stop()
        }
        try await Self.expectFigures(of: servers, in: profile)
        try await servers.coordinator.psql(
            "UPDATE pg_dist_node SET isactive = true; UPDATE pg_dist_placement SET groupid = 2 WHERE shardid IN (102009, 102011)"
        )
        (profile, problems) = try await Self.profile(servers)
        guard case .different = problems["ev"], case .unplaced = problems[Self.losslessHostile] else {
            Issue.record("\(problems)")
            return await servers.stop()
        }
        try await servers.coordinator.psql("ALTER TABLE pg_dist_node RENAME isactive TO active")
        (profile, problems) = try await Self.profile(servers)
        #expect(problems.count == 6)
        for problem in problems.values {
            guard case .catalog = problem else {
                Issue.record("\(problem)")
                continue
            }
        }
        try await Self.expectFigures(of: servers, in: profile)
        await servers.stop()
    }
}
