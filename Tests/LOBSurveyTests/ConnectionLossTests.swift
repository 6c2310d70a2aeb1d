import EphemeralPostgreSQL
import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import Synchronization
import TestSupport
import Testing

/// A connection that is cut costs one chunk: the result equals plain SQL each time.
struct ConnectionLossTests {
    private static let tables = """
        CREATE TABLE t (t text, j jsonb); CREATE TABLE u (t text); SELECT lo_from_bytea(0, '\\x0102');
        INSERT INTO t SELECT repeat('x', i % 1500), jsonb_build_array(repeat('y', i % 300)) FROM generate_series(1, 20000) i;
        INSERT INTO u SELECT repeat('x', i % 1500) FROM generate_series(1, 5000) i;
        """

    /// Backends are killed at random times until so many have been.
    ///
    /// On a server of its own: beside a transaction of others that began before the rows did, what is read in several snapshots is
    /// "at most", and may count each row twice.
    @Test(arguments: [(1, 70), (2, 70), (4, 80)])
    func killedBackendsChangeNoNumber(jobs: Int, wanted: Int) async throws {
        let database = try await EphemeralCluster.start()
        try await database.psql(Self.tables)
        let expected = try await database.psql(
            "SELECT count(*), sum(octet_length(t)), max(octet_length(t)), sum(octet_length(j::text)), max(octet_length(j::text)) FROM t"
        )
        let executor = BlockingExecutor()
        var (kills, runs) = (0, 0)
        let wanted = wanted * Soak.factor
        while kills < wanted {
            let stage = Mutex(Stage.preparing)
            // Its statements block a thread, which the others need.
            let killer = Task.detached(executorPreference: executor) {
                try Self.kill(database.conninfo()) { stage.withLock(\.self) }
            }
            let chunks = Atomic<Int>(0)
            let profile: Profile
            do {
                let options = SurveyOptions(
                    plan: PlanOptions(method: .full), jobs: jobs, chunkTime: .microseconds(200))
                profile = try await Survey(try Conninfo(database.conninfo()), options: options) { event in
                    if case .planned = event { stage.withLock { $0 = .reading } }
                    if case .read = event { chunks.add(1, ordering: .relaxed) }
                }.run()
            } catch {
                stage.withLock { $0 = .done }
                throw error
            }
            stage.withLock { $0 = .done }
            kills += try await killer.value
            runs += 1
            #expect(profile.unmeasured == [])
            #expect(chunks.load(ordering: .relaxed) > 20)
            let table = try #require(profile.table("t"))
            let (text, jsonb) = (try #require(table.measurement("t")), try #require(table.measurement("j")))
            let found =
                "\(text.distribution.rows)|\(text.distribution.sum.bytes)|\(text.distribution.largest?.bytes ?? -1)"
                + "|\(jsonb.distribution.sum.bytes)|\(jsonb.distribution.largest?.bytes ?? -1)"
            #expect(found == expected, "after \(kills) kills in \(runs) runs")
            #expect(profile.largeObjects?.sizes.sum == ByteCount(2))
        }
        #expect(kills >= wanted)
        await database.stop()
    }

    private enum Stage { case preparing, reading, done }

    /// Ends every connection of lobscope to the database at random times until the run is done; returns how many.
    ///
    /// Before the plan is made, twice at most: a few losses end a survey that has read nothing, and on a busy machine
    /// the catalog takes longer than a connection lives here.
    private static func kill(_ conninfo: String, stage: () -> Stage) throws -> Int {
        var connection = try Connection(Conninfo(conninfo), applicationName: "killer")
        var kills: Int64 = 0
        while true {
            switch stage() {
            case .done: return Int(kills)
            case .preparing where kills >= 2:
                try connection.rows("SELECT pg_sleep(0.01)") { (_: borrowing Row) in }
                continue
            case .preparing, .reading: break
            }
            try connection.rows(
                """
                SELECT count(pg_terminate_backend(a.pid)) FROM (SELECT pg_sleep(random() * 0.3) OFFSET 0) s,
                  LATERAL (SELECT pid FROM pg_stat_activity WHERE application_name = 'lobscope' AND datname = current_database()
                            AND s IS NOT NULL OFFSET 0) a
                """
            ) { (row: borrowing Row) throws(PostgreSQLError) in kills += try row.int64(0) }
        }
    }

    @Test(.database, arguments: [ShutdownMode.fast, .immediate])
    func aServerThatRestartsChangesNoNumber(mode: ShutdownMode) async throws {
        let cluster = try await EphemeralCluster.start()
        try await cluster.psql(Self.tables)
        let expected = try await cluster.psql(
            "SELECT count(*), sum(octet_length(t)), sum(octet_length(j::text)) FROM t")
        for _ in 0..<3 {
            let (started, begin) = AsyncStream.makeStream(of: Void.self)
            let restart = Task {
                for await _ in started { break }
                try await cluster.restart(mode: mode)
            }
            let chunks = Atomic<Int>(0)
            let options = SurveyOptions(
                plan: PlanOptions(method: .full), jobs: 2, chunkTime: .microseconds(200))
            let profile = try await Survey(try Conninfo(cluster.conninfo()), options: options) { event in
                if case .read = event, chunks.add(1, ordering: .relaxed).newValue == 50 { begin.yield() }
            }.run()
            begin.finish()
            try await restart.value
            #expect(profile.unmeasured == [])
            let text = try #require(profile.table("t")?.measurement("t"))
            let jsonb = try #require(profile.table("t")?.measurement("j"))
            #expect(
                "\(text.distribution.rows)|\(text.distribution.sum.bytes)|\(jsonb.distribution.sum.bytes)"
                    == expected)
        }
        await cluster.stop()
    }
}
