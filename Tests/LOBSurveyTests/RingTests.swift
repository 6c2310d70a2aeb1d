import EphemeralPostgreSQL
import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import TestSupport
import Testing

/// `--scan ring` leaves shared_buffers to others.
@Suite(.timeLimit(.minutes(2))) struct RingTests {
    /// A table of several times the buffers, each way; then how many buffers hold a block of it.
    @Test func aLargeTableIsReadThroughFewBuffers() async throws {
        let cluster = try await EphemeralCluster.start(settings: ["shared_buffers": "4MB"])
        try await cluster.createDatabase("ring")
        try await cluster.psql(
            """
            CREATE EXTENSION pg_buffercache;
            CREATE TABLE large (id int, t text, j json); ALTER TABLE large ALTER t SET STORAGE plain;
            INSERT INTO large SELECT i, repeat('x', i % 1500), '{"a":1}' FROM generate_series(1, 20000) i;
            DO $$ BEGIN FOR i IN 1..8 LOOP
              EXECUTE format('CREATE TABLE other_%s AS SELECT repeat(''y'', 1900) AS t FROM generate_series(1, 400)', i);
            END LOOP; END $$;
            CREATE TABLE small (t text); INSERT INTO small VALUES ('abc');
            """, database: "ring")
        try await cluster.psql("VACUUM (FREEZE, ANALYZE)", database: "ring")
        var buffers: [ScanWay: Int] = [:]
        for way in ScanWay.allCases {
            let profile = try await profile(cluster, way, "*")
            #expect(profile.unmeasured == [])
            let large = try #require(profile.table("large"))
            let sum = try await cluster.psql("SELECT sum(octet_length(t)) FROM large", database: "ring")
            #expect(large.measurement("t").map { "\($0.distribution.sum.bytes)" } == sum)
            #expect(large.measurement("j")?.distribution.rows == 20_000)
            #expect(large.rows == .init(count: 20_000, isExact: true))
            try await cluster.psql(Self.others, database: "ring")
            _ = try await self.profile(cluster, way, "large")
            let held = try await cluster.psql(
                "SELECT count(*) FROM pg_buffercache WHERE relfilenode = pg_relation_filenode('large')",
                database: "ring")
            buffers[way] = Int(held)
        }
        let (ring, chunks) = (buffers[.ring] ?? .max, buffers[.chunks] ?? 0)
        // Catalogs hold the rest, more of them in newer servers.
        #expect(chunks > 200 && ring < 100, "ring \(ring), chunks \(chunks) of 512 buffers")
        await cluster.stop()
    }

    /// Small tables, whose blocks take the places of all others.
    private static let others = String(
        repeating: (1...8).map { "SELECT max(t) FROM other_\($0);" }.joined(), count: 10)

    private func profile(_ cluster: EphemeralCluster, _ way: ScanWay, _ table: String) async throws -> Profile
    {
        try await Survey(
            try Conninfo(cluster.conninfo(database: "ring")),
            options: SurveyOptions(
                scope: Scope(tables: [try NamePattern(table)]), plan: PlanOptions(method: .full, scan: way))
        ).run()
    }
}
