import EphemeralPostgreSQL
import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import Synchronization
import Testing

/// A server that gives fewer connections than were asked for costs time and nothing else.
@Suite(.timeLimit(.minutes(3)))
struct ConnectionLimitTests {
    /// What limits them.
    enum Limit: CaseIterable {
        case role, database, server

        /// A server with database `limited`, where role `narrow` may have so many connections.
        func start(_ count: Int, _ tables: String) async throws -> EphemeralCluster {
            let cluster = try await EphemeralCluster.start(
                settings: self == .server
                    ? ["max_connections": "6", "superuser_reserved_connections": "\(6 - count)"] : [:])
            try await cluster.psql("CREATE DATABASE limited; CREATE ROLE narrow LOGIN;")
            try await cluster.psql(
                tables + "GRANT SELECT ON ALL TABLES IN SCHEMA public TO narrow;", database: "limited")
            switch self {
            case .role: try await cluster.psql("ALTER ROLE narrow CONNECTION LIMIT \(count)")
            case .database: try await cluster.psql("ALTER DATABASE limited CONNECTION LIMIT \(count)")
            case .server: break
            }
            return cluster
        }
    }

    @Test(arguments: Limit.allCases) func aSurveyGoesOnWithTheConnectionsThatItGets(limit: Limit) async throws
    {
        let cluster = try await limit.start(
            2,
            """
            CREATE TABLE t (t text, j jsonb);
            INSERT INTO t SELECT repeat('x', i % 1500), jsonb_build_array(repeat('y', i % 300)) FROM generate_series(1, 100000) i;
            """)
        let expected = try await cluster.psql(
            "SELECT count(*), sum(octet_length(t)), sum(octet_length(j::text)) FROM t", database: "limited")
        let reasons = Mutex<[String]>([])
        let options = SurveyOptions(
            plan: PlanOptions(method: .full), jobs: 4, chunkTime: .microseconds(500))
        let profile = try await Survey(
            try Conninfo(cluster.conninfo(database: "limited", user: "narrow")), options: options
        ) {
            if case .reconnecting(let reason, _) = $0 { reasons.withLock { $0.append(reason) } }
        }.run()
        #expect(profile.isComplete, "\(profile.unmeasured)")
        let table = try #require(profile.table("t"))
        let (text, jsonb) = (try #require(table.measurement("t")), try #require(table.measurement("j")))
        #expect(
            "\(text.distribution.rows)|\(text.distribution.sum.bytes)|\(jsonb.distribution.sum.bytes)"
                == expected)
        #expect(reasons.withLock { $0.contains { $0.contains("53300") } }, "\(reasons.withLock(\.self))")
        await cluster.stop()
    }

    /// A snapshot takes a connection of its own: where there is none, that is named after some seconds, with how many it takes.
    @Test(arguments: Limit.allCases, [1, 3]) func aSingleConnectionIsTooFew(limit: Limit, jobs: Int)
        async throws
    {
        let cluster = try await limit.start(
            1,
            """
            CREATE TABLE t AS SELECT repeat('x', i % 900) t FROM generate_series(1, 60000) i;
            CREATE TABLE tiny (t text); INSERT INTO tiny VALUES ('abc');
            """)
        let start = ContinuousClock.now
        let conninfo = try Conninfo(cluster.conninfo(database: "limited", user: "narrow"))
        let profile = try await Survey(conninfo, options: SurveyOptions(jobs: jobs)).run()
        #expect(profile.unmeasured.map(\.reason) == [.poolTooSmall])
        #expect(profile.unmeasured.first?.detail?.contains("\(jobs + 1) are needed at a time") == true)
        #expect(start.duration(to: .now) < .seconds(30))
        #expect(profile.table("tiny")?.measurement("t")?.distribution.sum == ByteCount(3))
        await cluster.stop()
    }

    /// All that a server has: for some seconds none is free, and then one.
    @Test func aSurveyWaitsForAServerThatHasNoConnectionLeft() async throws {
        let cluster = try await EphemeralCluster.start(settings: [
            "max_connections": "5", "superuser_reserved_connections": "3",
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
