import EphemeralPostgreSQL
import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import Testing

/// Where a snapshot may not be held for as long as reading takes, what changed meanwhile is read in a last one.
///
/// On a server of its own: transactions of other sessions keep the horizon back, and more is read again than changed.
@Suite(.timeLimit(.minutes(3))) struct SnapshotLimitTests {
    /// Free space in the first blocks, where rows move that are changed.
    private static let table = """
        CREATE TABLE t (id int PRIMARY KEY, n int, t text) WITH (autovacuum_enabled = off);
        INSERT INTO t SELECT i, 0, repeat('x', i % 1500) FROM generate_series(1, 9000) i;
        DELETE FROM t WHERE id BETWEEN 1 AND 300; INSERT INTO t VALUES (20000, 0, repeat('y', 5000)); VACUUM t;
        """

    /// The largest row moves from the end to the beginning after that was read.
    @Test(arguments: [1, 2]) func aRowThatMovesIsSeenByTheCatchUp(jobs: Int) async throws {
        let cluster = try await EphemeralCluster.start()
        try await cluster.psql(Self.table)
        let interference = Interference(
            cluster.conninfo(), on: .chunks(4),
            ["UPDATE t SET n = 1 WHERE id = 20000", "DELETE FROM t WHERE id = 8999"])
        let profile = try await Survey(
            try Conninfo(cluster.conninfo()),
            options: SurveyOptions(
                plan: PlanOptions(method: .full), jobs: jobs, chunkTime: .microseconds(200),
                snapshotLimit: .milliseconds(1))
        ) { interference.hear($0) }.run()
        #expect(interference.hasHappened)
        #expect(profile.unmeasured == [])
        let table = try #require(profile.table("t"))
        let reading = try #require(table.reading)
        #expect(reading.snapshots > 1)
        let sizes = try #require(table.measurement("t")).distribution
        // A pass that cannot hold its snapshot, either, proves nothing.
        switch reading.certainty {
        case .caughtUp:
            #expect(sizes.largest == ByteCount(5000))
            #expect((reading.changedVersions ?? 0) >= 1)
            // The version that was replaced may have been read, too.
            #expect((8701...8704).contains(table.rows.count), "\(table.rows)")
            #expect(table.rows.isExact == false)
        case .severalMoments: break
        case .oneMoment: Issue.record("a snapshot was held for longer than it may be")
        }
        await cluster.stop()
    }

    /// A limit that leaves room for the catch-up: "at most", and it holds.
    @Test func whatWasCaughtUpIsAtMost() async throws {
        let cluster = try await EphemeralCluster.start()
        try await cluster.psql(Self.table)
        let interference = Interference(
            cluster.conninfo(), on: .chunks(4),
            ["UPDATE t SET n = 1 WHERE id = 20000", "SELECT pg_sleep(0.6)"])
        let profile = try await Survey(
            try Conninfo(cluster.conninfo()),
            options: SurveyOptions(
                plan: PlanOptions(method: .full), jobs: 1, chunkTime: .microseconds(200),
                snapshotLimit: .milliseconds(500))
        ) { interference.hear($0) }.run()
        let table = try #require(profile.table("t"))
        let reading = try #require(table.reading)
        #expect(reading.certainty == .caughtUp && reading.snapshots >= 2, "\(reading)")
        #expect(table.measurement("t")?.largestSize == ByteCount(5000))
        #expect(reading.changedVersions == 1)
        let now = try await cluster.psql("SELECT count(*) FROM t")
        #expect("\(table.rows.count)" == now || table.rows.count == (Int(now) ?? 0) + 1)
        await cluster.stop()
    }
}
