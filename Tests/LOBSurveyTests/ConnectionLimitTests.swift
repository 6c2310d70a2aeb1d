import EphemeralPostgreSQL
import LOBProfile
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import Synchronization
import Testing

/// A server that gives fewer connections than were asked for costs time and nothing else.
@Suite(.timeLimit(.minutes(3)))
struct ConnectionLimitTests {
    @Test func aSurveyGoesOnWithTheConnectionsThatItGets() async throws {
        let cluster = try await EphemeralCluster.start()
        try await cluster.psql(
            """
            CREATE TABLE t (t text, j jsonb);
            INSERT INTO t SELECT repeat('x', i % 1500), jsonb_build_array(repeat('y', i % 300)) FROM generate_series(1, 200000) i;
            CREATE ROLE narrow LOGIN CONNECTION LIMIT 1; GRANT SELECT ON t TO narrow;
            """)
        let expected = try await cluster.psql(
            "SELECT count(*), sum(octet_length(t)), sum(octet_length(j::text)) FROM t")
        let reasons = Mutex<[String]>([])
        let options = SurveyOptions(
            plan: PlanOptions(method: .full), jobs: 4, chunkTime: .microseconds(500))
        let profile = try await Survey(try Conninfo(cluster.conninfo(user: "narrow")), options: options) {
            if case .reconnecting(let reason, _) = $0 { reasons.withLock { $0.append(reason) } }
        }.run()
        #expect(profile.isComplete, "\(profile.unmeasured)")
        let table = try #require(profile.table("t"))
        let (text, jsonb) = (try #require(table.measurement("t")), try #require(table.measurement("j")))
        #expect(
            "\(text.distribution.rows)|\(text.distribution.sum.bytes)|\(jsonb.distribution.sum.bytes)"
                == expected)
        #expect(reasons.withLock { $0.contains { $0.contains("too many connections") } })
        await cluster.stop()
    }

    /// All that a server has: for some seconds none is free, and then one.
    @Test func aSurveyWaitsForAServerThatHasNoConnectionLeft() async throws {
        let cluster = try await EphemeralCluster.start(settings: [
            "max_connections": "4", "superuser_reserved_connections": "3",
        ])
        try await cluster.psql(
            """
            CREATE TABLE t AS SELECT repeat('x', i % 900) t FROM generate_series(1, 60000) i;
            CREATE ROLE plain LOGIN; GRANT SELECT ON t TO plain;
            """)
        var holder: Connection? = try Connection(
            Conninfo(cluster.conninfo(user: "plain")), applicationName: "holder")
        try holder?.execute("SELECT 1")
        let survey = Survey(
            try Conninfo(cluster.conninfo(user: "plain")),
            options: SurveyOptions(jobs: 3, chunkTime: .microseconds(500)))
        let running = Task { try await survey.run() }
        try await Task.sleep(for: .milliseconds(1500))
        holder = nil
        let profile = try await running.value
        #expect(profile.isComplete, "\(profile.unmeasured)")
        #expect(profile.table("t")?.measurement("t")?.distribution.rows == 60_000)
        await cluster.stop()
    }
}
