import LOBAdvice
import LOBSurvey
import SizeStatistics
import TestSupport
import Testing

/// A table that somebody has locked costs only itself, and a bounded time.
@Suite(.database) struct LockTests {
    private static let tables = """
        CREATE TABLE locked (t text, j jsonb); CREATE TABLE free_1 (t text); CREATE TABLE free_2 (t text);
        INSERT INTO locked SELECT repeat('x', i), jsonb_build_array(repeat('y', i)) FROM generate_series(1, 3000) i;
        INSERT INTO free_1 SELECT repeat('x', i) FROM generate_series(1, 900) i; INSERT INTO free_2 SELECT 'abc';
        """
    private static let name = RelationName(schema: Identifier("public"), name: Identifier("locked"))

    /// Runs `body` while another session holds an ACCESS EXCLUSIVE lock for so many seconds.
    private static func whileLocked<Value: Sendable>(
        seconds: Int, in database: TestDatabase, body: @Sendable () async throws -> Value
    ) async throws -> Value {
        async let session = database.psql("BEGIN; LOCK TABLE locked; SELECT pg_sleep(\(seconds)); COMMIT")
        try await database.psql(
            """
            DO $$ BEGIN WHILE NOT EXISTS (SELECT FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted
              AND relation = 'locked'::regclass) LOOP PERFORM pg_sleep(0.01); END LOOP; END $$
            """)
        let result: Result<Value, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        try await database.psql(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_sleep(\(seconds))%'
               AND pid <> pg_backend_pid()
            """)
        _ = try? await session
        return try result.get()
    }

    @Test(arguments: [PlanOptions.Method.full, .sample], [1, 3])
    func aTableLockedForEverIsListedAndTheOthersAreMeasured(method: PlanOptions.Method, jobs: Int)
        async throws
    {
        let database = try TestDatabase.current
        try await database.psql(Self.tables)
        let clock = ContinuousClock()
        let everything = SampleDesign(method: .system, percent: 100, seed: 0)
        let (profile, time) = try await Self.whileLocked(seconds: 600, in: database) {
            let start = clock.now
            return (
                try await profileOfCurrent(method: method, sample: everything, jobs: jobs), clock.now - start
            )
        }
        #expect(profile.unmeasured == [Unmeasured(relation: Self.name, reason: .lockTimeout)])
        #expect(profile.table("locked")?.measurement("t") == nil)
        try await expectEqualsPlainSQL(profile, PlainSQL(database: database), atLeast: 2)
        // Not a matter of speed: it must not wait for ever.
        #expect(time < .seconds(60))
    }

    /// The catalog counts blocks in integers, which are negative from 16 TiB.
    @Test func theCatalogOfAnEnormousTableIsRead() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.tables)
        try await database.psql(
            """
            UPDATE pg_class SET relpages = -2, relallvisible = 2147483647
             WHERE oid IN ('locked'::regclass, (SELECT reltoastrelid FROM pg_class WHERE oid = 'locked'::regclass))
            """)
        let profile = try await Self.whileLocked(seconds: 600, in: database) { try await profileOfCurrent() }
        #expect(profile.unmeasured == [Unmeasured(relation: Self.name, reason: .lockTimeout)])
        #expect(profile.table("locked")?.relation.blocks == 4_294_967_294)
        try await expectEqualsPlainSQL(profile, PlainSQL(database: database), atLeast: 2)
    }

    @Test(arguments: [1, 2]) func aTableLockedForAWhileIsMeasured(jobs: Int) async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.tables)
        let profile = try await Self.whileLocked(seconds: 1, in: database) {
            try await profileOfCurrent(jobs: jobs)
        }
        #expect(profile.unmeasured == [])
        try await expectEqualsPlainSQL(profile, PlainSQL(database: database), atLeast: 4)
    }
}
