import EphemeralPostgreSQL
import Foundation
import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import Synchronization
import TestSupport
import Testing

/// A survey waits for others, says why, and ends by a deadline.
@Suite(.timeLimit(.minutes(3))) struct ThrottleTests {
    private static let table = """
        CREATE TABLE t (t text);
        INSERT INTO t SELECT repeat('x', i % 1500) FROM generate_series(1, 20000) i;
        """

    /// What a listener heard, in short.
    private final class Heard: Sendable {
        private let state = Mutex((pauses: [String](), resumed: 0, chunks: 0, chunksInPause: 0))

        func hear(_ event: SurveyEvent) {
            state.withLock { state in
                switch event {
                case .paused(let reason, _, _): state.pauses.append(reason)
                case .resumed: state.resumed += 1
                case .read: state.chunks += 1
                default: break
                }
            }
        }

        var pauses: [String] { state.withLock(\.pauses) }
        var resumed: Int { state.withLock(\.resumed) }
        var chunks: Int { state.withLock(\.chunks) }
    }

    /// Runs a survey, and `meanwhile` once it has paused.
    private func profile(
        _ conninfo: String, _ throttle: Throttle, budget: Double? = nil, _ heard: Heard,
        meanwhile: @escaping @Sendable () async throws -> Void = {}
    ) async throws -> Profile {
        let (paused, pause) = AsyncStream.makeStream(of: Void.self)
        let reaction = Task {
            for await _ in paused {
                #expect(heard.chunks == 0)
                return try await meanwhile()
            }
        }
        let options = SurveyOptions(
            plan: PlanOptions(method: .full, timeBudget: budget), chunkTime: .milliseconds(2),
            throttle: throttle)
        let profile = try await Survey(try Conninfo(conninfo), options: options) { event in
            heard.hear(event)
            if case .paused = event { pause.yield() }
        }.run()
        pause.finish()
        try await reaction.value
        return profile
    }

    private func expectWhole(_ profile: Profile) throws {
        #expect(profile.unmeasured == [])
        let sum = try #require(profile.table("t")?.measurement("t")?.distribution.sum)
        #expect(sum == ByteCount((1...20_000).reduce(0) { $0 + $1 % 1500 }))
    }

    @Test(.database) func aPauseFileHoldsUntilItIsRemoved() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.table)
        let path = NSTemporaryDirectory() + "lobscope-pause-\(UUID().uuidString)"
        try Data().write(to: URL(fileURLWithPath: path))
        let heard = Heard()
        let profile = try await profile(database.conninfo(), Throttle(pauseFile: path), heard) {
            try await Task.sleep(for: .milliseconds(600))
            #expect(heard.chunks == 0)
            try FileManager.default.removeItem(atPath: path)
        }
        try expectWhole(profile)
        #expect(Set(heard.pauses) == ["\"\(path)\" is there"])
        #expect(heard.resumed == 1)
        let pause = try #require(profile.impact?.pauses.first)
        #expect(pause.cause == .pauseFile && pause.count == 1 && pause.seconds >= 0.5)
    }

    @Test(.database) func aPauseEndsByItsDeadline() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.table + "SELECT lo_create(0);")
        let heard = Heard()
        let throttle = Throttle(pauseFile: "/", maxPause: .milliseconds(700))
        let profile = try await profile(database.conninfo(), throttle, heard)
        #expect(heard.chunks == 0)
        #expect(
            profile.unmeasured == [
                Unmeasured(relation: nil, reason: .pausedTooLong, detail: "\"/\" is there"),
                Unmeasured(
                    relation: RelationName(schema: Identifier("public"), name: Identifier("t")),
                    reason: .pausedTooLong, detail: "\"/\" is there"),
            ])
    }

    @Test(.database) func aTimeBudgetEndsWithWhatIsDone() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.table + "CREATE TABLE u (t text); INSERT INTO u VALUES ('abc');")
        let heard = Heard()
        // Each piece takes a millisecond at least, and rests for a second then.
        let profile = try await profile(database.conninfo(), Throttle(rest: 1000), budget: 2, heard)
        #expect((1...8).contains(heard.chunks))
        #expect(
            profile.unmeasured.contains { $0.relation?.name == Identifier("t") && $0.reason == .timeBudget })
        #expect(profile.unmeasured.allSatisfy { $0.reason == .timeBudget })
        #expect(profile.tables.count == 2)
    }

    /// One long statement, as for a sample, is cancelled too.
    @Test(.database) func aTimeBudgetEndsAStatementThatTakesLonger() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE t (t text); CREATE TABLE endless (j jsonb);
            INSERT INTO endless SELECT (SELECT jsonb_agg('1e130000'::jsonb) FROM generate_series(1, 100))
              FROM generate_series(1, 500);
            """)
        let begin = ContinuousClock.now
        var plan = PlanOptions(method: .sample, timeBudget: 1)
        plan.sample = SampleDesign(method: .bernoulli, percent: 100, seed: 1)
        let survey = Survey(
            try Conninfo(database.conninfo()),
            options: SurveyOptions(plan: plan))
        let profile = try await survey.run()
        // Far less than the minute that the statement takes.
        #expect(begin.duration(to: .now) < .seconds(20))
        #expect(profile.unmeasured.map(\.reason).contains(.timeBudget))
        let left =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY%'"
        #expect(try await database.psql(left + " AND state = 'active'") == "0")
    }
}

/// What other sessions and replicas do decides when a survey pauses; each test has servers of its own.
@Suite(.timeLimit(.minutes(3))) struct LoadTests {
    private static let table = """
        CREATE TABLE t (t text);
        INSERT INTO t SELECT repeat('x', i % 1500) FROM generate_series(1, 20000) i;
        """

    private func profile(
        _ conninfo: String, _ throttle: Throttle, onPause: @escaping @Sendable (String) async throws -> Void
    ) async throws -> (profile: Profile, reasons: Set<String>) {
        let reasons = Mutex<Set<String>>([])
        let (paused, pause) = AsyncStream.makeStream(of: String.self)
        let reaction = Task {
            for await reason in paused { return try await onPause(reason) }
        }
        let options = SurveyOptions(
            plan: PlanOptions(method: .full), chunkTime: .milliseconds(2), throttle: throttle)
        let profile = try await Survey(try Conninfo(conninfo), options: options) { event in
            guard case .paused(let reason, _, _) = event else { return }
            reasons.withLock { _ = $0.insert(reason) }
            pause.yield(reason)
        }.run()
        pause.finish()
        try await reaction.value
        return (profile, reasons.withLock(\.self))
    }

    @Test func activeSessionsOfOthersPauseASurvey() async throws {
        let cluster = try await EphemeralCluster.start()
        try await cluster.psql(Self.table + "CREATE ROLE reader LOGIN; GRANT SELECT ON t TO reader;")
        let others = (0..<3).map { _ in Task { try await cluster.psql("SELECT pg_sleep(600)") } }
        let active =
            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active'"
        while try await cluster.psql(active) != "3" { try await Task.sleep(for: .milliseconds(50)) }

        let (profile, reasons) = try await profile(cluster.conninfo(), Throttle(maxLoad: 2)) { _ in
            try await Task.sleep(for: .milliseconds(500))
            try await cluster.psql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'")
        }
        #expect(reasons.contains("3 other sessions are active, more than --max-load 2"))
        #expect(profile.unmeasured == [])
        #expect(profile.impact?.pauses.map(\.cause) == [.load])
        for other in others { _ = try? await other.value }

        // The role cannot see what the session of the superuser does: it might be one too many.
        let other = Task { try await cluster.psql("SELECT pg_sleep(600)") }
        while try await cluster.psql(active) != "1" { try await Task.sleep(for: .milliseconds(50)) }
        let (partial, hidden) = try await self.profile(
            cluster.conninfo(user: "reader"), Throttle(maxLoad: 0, maxPause: .milliseconds(600))
        ) { _ in }
        #expect(hidden.contains { $0.hasPrefix("the load is not known: the role may not see 1 sessions") })
        #expect(partial.unmeasured.map(\.reason) == [.pausedTooLong, .pausedTooLong])
        let (whole, none) = try await self.profile(
            cluster.conninfo(user: "reader"), Throttle(maxLoad: 5, maxPause: .milliseconds(600))
        ) { _ in }
        #expect(none.isEmpty)
        #expect(whole.unmeasured == [])
        other.cancel()
        await cluster.stop()
    }

    @Test(arguments: [LagLimit.bytes(1000), .seconds(1)])
    func aReplicaThatIsBehindPausesASurvey(limit: LagLimit) async throws {
        let primary = try await EphemeralCluster.start()
        try await primary.psql(Self.table)
        let patient = Throttle(maxLag: limit, maxPause: .seconds(60))
        let brief = Throttle(maxLag: limit, maxPause: .milliseconds(600))
        let (alone, unknown) = try await profile(primary.conninfo(), brief) { _ in }
        #expect(unknown == ["the lag is not known: no replica is connected to this server"])
        #expect(alone.unmeasured.map(\.reason).contains(.pausedTooLong))

        let replica = try await primary.startReplica()
        while try await primary.psql("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'")
            != "1"
        {
            try await Task.sleep(for: .milliseconds(50))
        }
        let (fine, reasons) = try await profile(primary.conninfo(), patient) { _ in }
        #expect(fine.unmeasured == [], "\(reasons)")

        for server in [primary, replica] {
            try await replica.psql("SELECT pg_wal_replay_pause()")
            try await primary.psql(
                "CREATE TABLE IF NOT EXISTS more (t text); INSERT INTO more SELECT repeat('y', 1000) FROM generate_series(1, 5000)"
            )
            let (profile, reasons) = try await profile(server.conninfo(), patient) { _ in
                try await Task.sleep(for: .milliseconds(500))
                try await replica.psql("SELECT pg_wal_replay_resume()")
            }
            let subject = server === replica ? "this replica is " : "a replica is "
            if limit == .bytes(1000) {
                #expect(
                    reasons.contains { $0.hasPrefix(subject) && $0.hasSuffix("more than --max-lag 1000B") })
                #expect(profile.impact?.pauses.map(\.cause) == [.lag])
            }
            #expect(profile.unmeasured == [], "\(reasons)")
            #expect(profile.impact?.walBytes == nil || server === primary)
        }
        await primary.stop()
        // What a replica receives nothing of, it cannot be behind of by a known amount.
        let (lost, why) = try await profile(replica.conninfo(), brief) { _ in }
        #expect(why.contains("the lag is not known: this replica receives nothing from its primary"))
        #expect(lost.unmeasured.map(\.reason).contains(.pausedTooLong))
        await replica.stop()
    }

    /// The lag in seconds is known although the replica never moves.
    @Test func aReplicaThatStandsStillIsBehindInSeconds() async throws {
        let primary = try await EphemeralCluster.start()
        try await primary.psql(Self.table)
        let replica = try await primary.startReplica()
        while try await primary.psql("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'")
            != "1"
        {
            try await Task.sleep(for: .milliseconds(50))
        }
        try await replica.psql("SELECT pg_wal_replay_pause()")
        try await primary.psql("CREATE TABLE more (t text)")
        // The file holds the survey back until the lag has grown.
        let path = NSTemporaryDirectory() + "lobscope-pause-\(UUID().uuidString)"
        try Data().write(to: URL(fileURLWithPath: path))
        let throttle = Throttle(maxLag: .seconds(1), pauseFile: path, maxPause: .seconds(60))
        let (profile, reasons) = try await profile(primary.conninfo(), throttle) { _ in
            try await Task.sleep(for: .seconds(2))
            try FileManager.default.removeItem(atPath: path)
            try await Task.sleep(for: .seconds(1))
            try await replica.psql("SELECT pg_wal_replay_resume()")
        }
        #expect(
            reasons.contains { $0.hasPrefix("a replica is ") && $0.hasSuffix("more than --max-lag 1s") },
            "\(reasons)")
        #expect(profile.unmeasured == [])
        await replica.stop()
        await primary.stop()
    }

    /// The first reader of new rows sets hint bits; with checksums they go to the WAL, and the profile says so.
    @Test func walOfHintBitsIsMeasured() async throws {
        let cluster = try await EphemeralCluster.start(
            settings: ["full_page_writes": "on"], extraInitdbArguments: ["-k"])
        try await cluster.psql(
            "CREATE TABLE t (t text); INSERT INTO t SELECT repeat('x', 500) FROM generate_series(1, 40000)")
        try await cluster.psql("CHECKPOINT")
        let position = "SELECT pg_current_wal_insert_lsn() - '0/0'"
        let before = try #require(Int64(try await cluster.psql(position)))
        let profile = try await Survey(
            try Conninfo(cluster.conninfo()), options: SurveyOptions(plan: PlanOptions(method: .full))
        ).run()
        let after = try #require(Int64(try await cluster.psql(position)))
        let measured = try #require(profile.impact?.walBytes)
        // Most of some 22 MB.
        #expect(after - before > 10_000_000)
        #expect(abs(Double(measured) / Double(after - before) - 1) < 0.05)
        let again = try await Survey(
            try Conninfo(cluster.conninfo()), options: SurveyOptions(plan: PlanOptions(method: .full))
        ).run()
        #expect(try #require(again.impact?.walBytes) < 1_000_000)
        await cluster.stop()
    }
}
