import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import Synchronization
import TestSupport
import Testing

/// With one snapshot all tables are read as they were at one moment.
@Suite(.database, .timeLimit(.minutes(2))) struct ConsistencyTests {
    private static let tables = """
        CREATE TABLE a (t text, j jsonb); CREATE TABLE b (t text);
        INSERT INTO a SELECT repeat('x', i % 1500), jsonb_build_array(i) FROM generate_series(1, 20000) i;
        INSERT INTO b SELECT repeat('y', 100) FROM generate_series(1, 50) i;
        """

    private func profile(
        throttle: Throttle = Throttle(), method: PlanOptions.Method = .full,
        listener: @escaping @Sendable (SurveyEvent) -> Void
    ) async throws -> Profile {
        let options = SurveyOptions(
            plan: PlanOptions(method: method, exactSeconds: 0), chunkTime: .microseconds(300),
            isConsistent: true, throttle: throttle)
        return try await Survey(
            try Conninfo(try TestDatabase.current.conninfo()), options: options, listener: listener
        ).run()
    }

    @Test(arguments: [PlanOptions.Method.full, .auto, .sample])
    func laterRowsAreNotSeen(method: PlanOptions.Method) async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.tables + "ANALYZE;")
        let before = try await database.psql("SELECT sum(octet_length(t)) FROM a")
        let interference = Interference(
            database.conninfo(), on: .plan,
            ["INSERT INTO b SELECT repeat('z', 5000) FROM generate_series(1, 50)", "SELECT 1"])
        let late = Interference(
            database.conninfo(), on: .chunks(1),
            ["INSERT INTO a SELECT repeat('z', 5000) FROM generate_series(1, 500)", "DELETE FROM b"])
        let profile = try await profile(method: method) { event in
            interference.hear(event)
            late.hear(event)
        }
        #expect(late.hasHappened)
        #expect(profile.unmeasured == [])
        #expect((profile.impact?.snapshotSeconds ?? 0) > 0)
        guard method != .sample else { return }
        let sum = try #require(profile.table("a")?.measurement("t")?.distribution.sum.bytes)
        #expect("\(sum)" == before)
        // What was inserted before the snapshot was taken, and deleted after it.
        #expect(profile.table("b")?.rows == .init(count: 100, isExact: true))
    }

    /// A snapshot knows the old catalog only; the tables are those of now.
    @Test(arguments: [
        (Unmeasured.Reason.dropped, "DROP TABLE a" as SQL),
        (.dropped, "ALTER TABLE a RENAME TO c"),
        (.changed, "TRUNCATE a"),
        (.changed, "ALTER TABLE a RENAME j TO k"),
        (
            .changed,
            "DO $$ BEGIN ALTER TABLE a RENAME TO c; ALTER TABLE b RENAME TO a; ALTER TABLE c RENAME TO b; END $$"
        ),
    ])
    func aChangedTableIsGivenUp(reason: Unmeasured.Reason, statement: SQL) async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.tables)
        let interference = Interference(database.conninfo(), on: .chunks(4), [statement])
        let profile = try await profile { interference.hear($0) }
        #expect(interference.hasHappened)
        let name = RelationName(schema: Identifier("public"), name: Identifier("a"))
        #expect(profile.unmeasured.first { $0.relation == name }?.reason == reason)
        #expect(profile.table("a")?.measurement("t") == nil)
    }

    @Test func aLostSnapshotEndsTheSurvey() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.tables)
        let killing = Interference(
            database.conninfo(), on: .chunks(4),
            [
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                 WHERE datname = current_database() AND state = 'idle in transaction'
                   AND query LIKE '%pg_export_snapshot%'
                """
            ])
        let profile = try await profile { killing.hear($0) }
        #expect(killing.hasHappened)
        #expect(profile.unmeasured.contains { $0.reason == .snapshotLost })
        #expect(profile.unmeasured.allSatisfy { $0.reason == .snapshotLost })
    }

    @Test func anOldSnapshotIsToldOf() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.tables)
        var throttle = Throttle(pauseFile: "/", maxPause: .milliseconds(600))
        throttle.snapshotWarning = .milliseconds(1)
        let ages = Mutex<[Double]>([])
        _ = try await profile(throttle: throttle) { event in
            guard case .snapshotIsOld(let seconds) = event else { return }
            ages.withLock { $0.append(seconds) }
        }
        #expect(ages.withLock(\.count) >= 1)
    }

    /// What comes after the one moment is not in it: no second look mixes another one in.
    @Test func aPartitionThatIsAttachedLaterIsOfNoOtherMoment() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            Self.tables
                + """
                CREATE TABLE root (k int, t text) PARTITION BY RANGE (k); CREATE TABLE part PARTITION OF root FOR VALUES FROM (0) TO (9);
                INSERT INTO root SELECT 1, repeat('p', 100) FROM generate_series(1, 500);
                """)
        let late = Interference(
            database.conninfo(), on: .chunks(2),
            [
                "UPDATE b SET t = repeat('z', 5000)",
                "CREATE TABLE later PARTITION OF root FOR VALUES FROM (9) TO (99)",
                "INSERT INTO later SELECT 10, repeat('q', 7000)",
            ])
        let profile = try await profile { late.hear($0) }
        #expect(late.hasHappened)
        #expect(profile.certificate?.isOneMoment == true)
        #expect(Set(profile.tables.compactMap { $0.reading?.moment.takenAt }).count == 1)
        #expect(profile.table("part")?.rows == .init(count: 500, isExact: true))
        #expect(profile.table("b")?.measurement("t")?.largestSize == ByteCount(100))
    }
}
