import EphemeralPostgreSQL
import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import Synchronization
import TestSupport
import Testing

/// Several replicas of one primary are read at the same time, each table from one of them: the figures are those of the primary,
/// whatever becomes of a replica.
@Suite(.timeLimit(.minutes(5 * Soak.factor))) struct ReadersTests {
    private static let tables = 6

    /// Tables that take long enough for both replicas to get some, a partitioned one, a small one and large objects.
    private static var content: String {
        let large = (0..<tables).map { number in
            """
            CREATE TABLE t\(number) (t text, j jsonb);
            INSERT INTO t\(number) SELECT repeat('x', i % 700 + \(number)), jsonb_build_array(repeat('y', i % 300), i)
              FROM generate_series(1, 15000) i;
            """
        }.joined(separator: "\n")
        return large + """

            CREATE TABLE p (n int, t text) PARTITION BY RANGE (n);
            CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (5000);
            CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (5000) TO (20000);
            INSERT INTO p SELECT i, repeat('z', i % 900) FROM generate_series(0, 15000) i;
            CREATE TABLE small (t text); INSERT INTO small SELECT repeat('s', i) FROM generate_series(1, 100) i;
            SELECT count(lo_from_bytea(50000 + i, decode(repeat('00', i % 50), 'hex'))) FROM generate_series(1, 300) i;
            ANALYZE;
            """
    }

    /// A primary and two streaming replicas of it.
    private struct Servers {
        let primary: EphemeralCluster
        let replicas: [EphemeralCluster]

        static func start(_ sql: String = content) async throws -> Servers {
            let primary = try await EphemeralCluster.start(settings: ["autovacuum": "off"])
            try await primary.psql(sql)
            return Servers(
                primary: primary,
                replicas: [try await primary.startReplica(), try await primary.startReplica()])
        }

        var places: [String] { replicas.map { "\($0.socketDirectory):\($0.port)" } }

        func stop() async {
            for replica in replicas { await replica.stop() }
            await primary.stop()
        }
    }

    private static func survey(
        _ main: EphemeralCluster, readers: [String], jobs: Int = 2, chunkTime: Duration = .microseconds(300),
        isConsistent: Bool = false, throttle: Throttle = Throttle(),
        listener: @escaping @Sendable (SurveyEvent) -> Void = { _ in }
    ) throws -> Survey {
        let options = SurveyOptions(
            plan: PlanOptions(method: .full), jobs: jobs, chunkTime: chunkTime, isConsistent: isConsistent,
            throttle: throttle, readers: try readers.map { try Conninfo($0) })
        return Survey(try Conninfo(main.conninfo()), options: options, listener: listener)
    }

    /// All that is known of sizes, by table and column.
    private static func figures(of profile: Profile) -> [String: SizeDistribution] {
        var figures: [String: SizeDistribution] = [:]
        for table in profile.tables {
            for column in table.columns {
                figures["\(table.relation.name.losslessText).\(column.column.name.losslessText)"] =
                    column.measurement?.distribution
            }
        }
        figures["large objects"] = profile.largeObjects?.sizes
        return figures
    }

    private static func places(of profile: Profile) -> Set<String> {
        Set(profile.tables.compactMap { $0.reading?.reader })
    }

    private static func expectFigures(of primary: EphemeralCluster, in profile: Profile) async throws {
        let direct = try await survey(primary, readers: []).run()
        #expect(direct.isComplete)
        #expect(direct.certificate?.readers == nil && places(of: direct).isEmpty)
        let (found, wanted) = (figures(of: profile), figures(of: direct))
        #expect(wanted.count == 2 * tables + 4)
        #expect(found == wanted)
        // By plain SQL too: both surveys are ours.
        let rows = try await primary.psql(
            "SELECT count(*), sum(octet_length(t)), sum(octet_length(j::text)) FROM t0")
        let table = try #require(profile.table("t0"))
        let (text, jsonb) = (try #require(table.measurement("t")), try #require(table.measurement("j")))
        #expect(
            rows
                == "\(text.distribution.rows)|\(text.distribution.sum.bytes)|\(jsonb.distribution.sum.bytes)")
    }

    @Test func tablesAreReadFromBothReplicas() async throws {
        let servers = try await Servers.start()
        let profile = try await Self.survey(
            servers.primary, readers: servers.replicas.map { $0.conninfo() }
        ).run()
        #expect(profile.unmeasured == [])
        try await Self.expectFigures(of: servers.primary, in: profile)
        #expect(Self.places(of: profile) == Set(servers.places))
        #expect(profile.tables.allSatisfy { $0.reading?.certainty == .oneMoment })
        #expect(profile.tables.allSatisfy { $0.reading?.moment.replica?.replayed != nil })
        let parts = profile.tables.filter { ["p1", "p2"].contains($0.relation.name.name.losslessText) }
        #expect(parts.count == 2 && Set(parts.map(\.reading)).count == 1, "one moment for all partitions")
        #expect(profile.certificate?.readers?.map(\.place) == servers.places)
        #expect(profile.certificate?.readers?.allSatisfy { $0.replica != nil && $0.lost == nil } == true)
        #expect(profile.certificate?.replica == nil)
        #expect(profile.largeObjects?.reading?.reader == servers.places[0])
        await servers.stop()
    }

    /// Rows are not read from the server that has the catalog.
    @Test func thePrimaryIsSpared() async throws {
        let servers = try await Servers.start()
        let reads = "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_user_tables"
        try await servers.primary.psql("SELECT pg_stat_reset()")
        let profile = try await Self.survey(
            servers.primary, readers: servers.replicas.map { $0.conninfo() }
        ).run()
        #expect(profile.isComplete)
        #expect(try await servers.primary.psql(reads) == "0")
        await servers.stop()
    }

    /// What a replica had begun that is gone, the other reads.
    @Test func aReplicaThatIsKilledIsReplaced() async throws {
        let servers = try await Servers.start()
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let killer = Task {
            for await _ in begun { break }
            await servers.replicas[1].stop()
        }
        let chunks = Atomic<Int>(0)
        let lost = Mutex<[String]>([])
        let profile = try await Self.survey(
            servers.primary, readers: servers.replicas.map { $0.conninfo() }, chunkTime: .microseconds(50)
        ) { event in
            if case .read = event, chunks.add(1, ordering: .relaxed).newValue == 30 { begin.yield() }
            if case .readerLost(let place, _) = event { lost.withLock { $0.append(place) } }
        }.run()
        begin.finish()
        await killer.value
        #expect(profile.unmeasured == [])
        #expect(lost.withLock(\.self) == [servers.places[1]])
        #expect(profile.certificate?.readers?.map(\.lost) == [nil, .connectionLost])
        #expect(Self.places(of: profile).contains(servers.places[0]))
        try await Self.expectFigures(of: servers.primary, in: profile)
        await servers.stop()
    }

    /// Where no reader is left, the tables are listed.
    @Test func tablesOfLostReadersAreListed() async throws {
        let servers = try await Servers.start()
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let killer = Task {
            for await _ in begun { break }
            for replica in servers.replicas { await replica.stop() }
        }
        let chunks = Atomic<Int>(0)
        let profile = try await Self.survey(
            servers.primary, readers: servers.replicas.map { $0.conninfo() }, chunkTime: .microseconds(50)
        ) { event in
            if case .read = event, chunks.add(1, ordering: .relaxed).newValue == 30 { begin.yield() }
        }.run()
        begin.finish()
        await killer.value
        #expect(!profile.isComplete)
        #expect(Set(profile.unmeasured.map(\.reason)) == [.connectionLost], "\(profile.unmeasured)")
        let listed = Set(profile.unmeasured.compactMap(\.relation))
        for table in profile.tables where table.relation.columns.contains(where: \.isMeasured) {
            let isMeasured = table.columns.allSatisfy { $0.measurement != nil }
            #expect(isMeasured || listed.contains(table.relation.name), "\(table.relation.name)")
        }
        #expect(profile.largeObjects == nil)
        await servers.stop()
    }

    /// A replica that is busy is waited for, while the other reads.
    @Test func eachReaderIsWatched() async throws {
        let servers = try await Servers.start()
        let busy = servers.replicas[1]
        let load = Task { _ = try? await busy.psql("SELECT pg_sleep(600)") }
        while try await busy.psql(Self.sleeping("count(*)")) == "0" {}
        let reasons = Mutex<Set<String>>([])
        let profile = try await Self.survey(
            servers.primary, readers: servers.replicas.map { $0.conninfo() },
            throttle: Throttle(maxLoad: 0)
        ) { event in
            if case .paused(let reason, _, _) = event { _ = reasons.withLock { $0.insert(reason) } }
        }.run()
        try await busy.psql(Self.sleeping("pg_terminate_backend(pid)"))
        await load.value
        #expect(profile.unmeasured == [])
        let told = reasons.withLock(\.self)
        #expect(told.contains { $0.hasPrefix("\(servers.places[1]): ") }, "\(told)")
        #expect(!told.contains { $0.hasPrefix("\(servers.places[0]): ") }, "\(told)")
        #expect(Self.places(of: profile) == [servers.places[0]])
        try await Self.expectFigures(of: servers.primary, in: profile)
        await servers.stop()
    }

    private static func sleeping(_ columns: String) -> String {
        "SELECT \(columns) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
    }
}

/// What cannot be a reader is refused before anything is read.
@Suite(.timeLimit(.minutes(5 * Soak.factor))) struct UnfitReaderTests {
    private static let content = """
        CREATE TABLE t (t text); INSERT INTO t SELECT repeat('x', i) FROM generate_series(1, 100) i;
        CREATE UNLOGGED TABLE fleeting (t text); INSERT INTO fleeting VALUES ('x');
        CREATE DATABASE other; CREATE ROLE someone LOGIN SUPERUSER;
        """

    private static func survey(
        _ main: EphemeralCluster, reader: String, isConsistent: Bool = false
    ) async throws -> Result<Profile, SurveyError> {
        let options = SurveyOptions(isConsistent: isConsistent, readers: [try Conninfo(reader)])
        let survey = Survey(try Conninfo(main.conninfo()), options: options)
        do throws(SurveyError) { return .success(try await survey.run()) } catch { return .failure(error) }
    }

    private static func refusal(_ result: Result<Profile, SurveyError>) -> String {
        switch result {
        case .success: "none"
        case .failure(let error): error.description
        }
    }

    @Test func otherServersAreRefused() async throws {
        let primary = try await EphemeralCluster.start()
        try await primary.psql(Self.content)
        let stranger = try await EphemeralCluster.start()
        let replica = try await primary.startReplica()
        let other = Self.refusal(try await Self.survey(primary, reader: stranger.conninfo()))
        #expect(other.hasPrefix("--reader \(stranger.socketDirectory):\(stranger.port): of another cluster"))
        #expect(other.contains("\nhint: name streaming replicas of one primary"))
        let database = Self.refusal(
            try await Self.survey(primary, reader: replica.conninfo(database: "other")))
        #expect(database.contains("database \"other\", and not \"postgres\""), "\(database)")
        let role = Self.refusal(try await Self.survey(primary, reader: replica.conninfo(user: "someone")))
        #expect(role.contains("connects as \"someone\", and not as \"postgres\""), "\(role)")
        let moment = Self.refusal(
            try await Self.survey(primary, reader: replica.conninfo(), isConsistent: true))
        #expect(moment.contains("no moment in common"), "\(moment)")
        await replica.stop()
        let gone = Self.refusal(try await Self.survey(primary, reader: replica.conninfo()))
        #expect(gone.hasPrefix("--reader 1: "), "\(gone)")
        await stranger.stop()
        await primary.stop()
    }

    /// A replica without a table that the catalog has; rows that came later are no reason, and are not in the figures.
    @Test func aReplicaThatIsBehindIsRefused() async throws {
        let primary = try await EphemeralCluster.start()
        try await primary.psql(Self.content)
        let replica = try await primary.startReplica()
        try await replica.psql("SELECT pg_wal_replay_pause()")
        try await primary.psql("INSERT INTO t VALUES ('later')")
        let before = try await Self.survey(primary, reader: replica.conninfo()).get()
        #expect(before.table("t")?.measurement("t")?.distribution.rows == 100)
        // A replica does not have the rows of unlogged tables, wherever the catalog is from.
        #expect(before.unmeasured.map(\.reason) == [.unlogged])
        try await primary.psql("CREATE TABLE later (t text)")
        let refusal = Self.refusal(try await Self.survey(primary, reader: replica.conninfo()))
        #expect(refusal.contains("has replayed to "), "\(refusal)")
        #expect(refusal.contains("pg_wal_replay_resume()"))
        try await replica.psql("SELECT pg_wal_replay_resume()")
        let after = try await Self.survey(primary, reader: replica.conninfo()).get()
        #expect(after.table("t")?.measurement("t")?.distribution.rows == 101)
        #expect(after.table("later")?.reading?.reader != nil)
        await replica.stop()
        await primary.stop()
    }
}
