import EphemeralPostgreSQL
import Foundation
import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import Synchronization
import TestSupport
import Testing

/// A server that crashes: what was being read then is not sent again, and what the crash emptied is told.
@Suite(.timeLimit(.minutes(5))) struct CrashTests {
    private static let tables = """
        CREATE TABLE victim (id int, j jsonb); CREATE TABLE other (t text); CREATE TABLE tiny (t text);
        INSERT INTO victim SELECT i, to_jsonb(repeat('x', 20000)) FROM generate_series(1, 2000) i;
        INSERT INTO other SELECT repeat('y', i % 1500) FROM generate_series(1, 5000) i;
        INSERT INTO tiny VALUES ('z'); CHECKPOINT;
        """

    /// Kills the server's process of whoever reads table victim, each time that somebody does.
    ///
    /// - Returns: how many it killed.
    private static func kill(_ conninfo: String, until isDone: () -> Bool) -> Int {
        var kills = 0
        while !isDone() {
            // Its own connection is lost with each crash.
            do throws(PostgreSQLError) {
                var connection = try Connection(Conninfo(conninfo), applicationName: "killer")
                while !isDone() {
                    var pid: Int32?
                    try connection.rows(
                        """
                        SELECT pid FROM pg_stat_activity WHERE application_name = 'lobscope' AND state = 'active'
                           AND query LIKE '%"victim"%' LIMIT 1
                        """
                    ) { (row: borrowing Row) throws(PostgreSQLError) in pid = try row.int32(0) }
                    if let pid, Foundation.kill(pid, SIGKILL) == 0 { kills += 1 }
                }
            } catch {
                usleep(1000)
            }
        }
        return kills
    }

    private static func crashes(of cluster: EphemeralCluster) throws -> Int {
        let log = String(decoding: try Data(contentsOf: URL(filePath: cluster.logFile)), as: UTF8.self)
        return log.split(separator: "\n").count { $0.contains("was terminated by signal 9") }
    }

    @Test(arguments: [1, 4]) func aPieceThatIsKilledEachTimeIsListed(jobs: Int) async throws {
        let cluster = try await EphemeralCluster.start()
        try await cluster.psql(Self.tables)
        let isDone = Mutex(false)
        let killer = Task.detached(executorPreference: BlockingExecutor()) {
            Self.kill(cluster.conninfo(), until: { isDone.withLock { $0 } })
        }
        let conninfo = try Conninfo(cluster.conninfo())
        let options = SurveyOptions(plan: PlanOptions(method: .full), jobs: jobs)
        let outcome = try await Survey(conninfo, options: options).runResumably()
        isDone.withLock { $0 = true }
        #expect(await killer.value >= 1)
        let listed = outcome.profile.unmeasured.filter { $0.reason == .crashed }
        #expect(
            listed.contains {
                // The piece by itself, without the sentence about it.
                $0.relation?.name == Identifier("victim") && !($0.detail ?? "while").contains("while")
            }, "\(outcome.profile.unmeasured)")
        #expect(listed.contains { ($0.detail ?? "").contains("while it read public.") })
        #expect((1...2).contains(try Self.crashes(of: cluster)))
        // Nothing was lost by it: once nobody kills any more, the survey is gone on with.
        let resumption = Resumption(
            profile: outcome.profile, checkpoint: try #require(outcome.checkpoint))
        let rest = try await Survey(conninfo, options: options, resuming: resumption).run()
        #expect(rest.unmeasured == [])
        #expect(rest.table("victim")?.rows.count == 2000)
        #expect(rest.table("victim")?.measurement("j")?.largestSize == ByteCount(20_002))
        #expect(rest.table("other")?.rows.count == 5000)
        await cluster.stop()
    }

    /// Another session crashes the server while nothing is read: the survey goes on, and an unlogged table that was measured
    /// before is empty now.
    @Test(arguments: [true, false]) func anUnloggedTableThatACrashEmptiedIsListed(
        isMeasuredBefore: Bool
    ) async throws {
        let cluster = try await EphemeralCluster.start()
        try await cluster.psql(
            """
            CREATE UNLOGGED TABLE fleeting (t text); CREATE TABLE lasting (t text);
            INSERT INTO fleeting SELECT repeat('y', i % 900) FROM generate_series(1, \(isMeasuredBefore ? 9000 : 3000)) i;
            INSERT INTO lasting SELECT repeat('z', i % 900) FROM generate_series(1, \(isMeasuredBefore ? 3000 : 9000)) i;
            ANALYZE; CHECKPOINT;
            """)
        let hasCrashed = Mutex(false)
        let conninfo = cluster.conninfo()
        let survey = Survey(
            try Conninfo(conninfo),
            options: SurveyOptions(plan: PlanOptions(method: .full), jobs: 1, chunkTime: .milliseconds(1))
        ) { event in
            guard case .read(let name, _) = event, name.name == Identifier("lasting") else { return }
            let isNow = hasCrashed.withLock { has in
                defer { has = true }
                return !has
            }
            if isNow { Self.crash(conninfo) }
        }
        let profile = try await survey.run()
        let wasCrashed = hasCrashed.withLock { $0 }
        #expect(wasCrashed)
        #expect(try Self.crashes(of: cluster) == 1)
        #expect(
            profile.unmeasured.map(\.subject) == ["public.fleeting"]
                && profile.unmeasured.map(\.reason) == [.emptied],
            "\(profile.unmeasured)")
        #expect(profile.table("fleeting")?.measurement("t") == nil)
        #expect(profile.table("lasting")?.measurement("t")?.largestSize == ByteCount(899))
        #expect(profile.table("lasting")?.rows == .init(count: isMeasuredBefore ? 3000 : 9000, isExact: true))
        await cluster.stop()
    }

    /// Between a survey and the one that resumes it.
    @Test func anUnloggedTableThatWasEmptiedBeforeTheSurveyIsGoneOnWithIsListed() async throws {
        let cluster = try await EphemeralCluster.start()
        try await cluster.psql(
            """
            CREATE UNLOGGED TABLE fleeting (t text); CREATE TABLE lasting (t text);
            INSERT INTO fleeting SELECT repeat('y', i % 900) FROM generate_series(1, 9000) i;
            INSERT INTO lasting SELECT repeat('z', i % 900) FROM generate_series(1, 3000) i; ANALYZE; CHECKPOINT;
            """)
        let options = SurveyOptions(plan: PlanOptions(method: .full), jobs: 1, chunkTime: .milliseconds(1))
        let conninfo = try Conninfo(cluster.conninfo())
        let running = Mutex<Task<SurveyOutcome, any Error>?>(nil)
        let survey = Survey(conninfo, options: options) { event in
            guard case .read(let name, _) = event, name.name == Identifier("lasting") else { return }
            running.withLock { $0?.cancel() }
        }
        let task = running.withLock { running in
            let task = Task { try await survey.runResumably() }
            running = task
            return task
        }
        let outcome = try await task.value
        #expect(outcome.profile.table("fleeting")?.measurement("t")?.largestSize == ByteCount(899))
        let resumption = Resumption(
            profile: outcome.profile, checkpoint: try #require(outcome.checkpoint))
        try await cluster.restart(mode: .immediate)
        let rest = try await Survey(conninfo, options: options, resuming: resumption).run()
        #expect(rest.unmeasured.map(\.subject) == ["public.fleeting"])
        #expect(rest.unmeasured.map(\.reason) == [.emptied])
        #expect(rest.table("lasting")?.rows.count == 3000)
        await cluster.stop()
    }

    /// Ends a server's process of a session of ours, and waits until the server is there again.
    private static func crash(_ conninfo: String) {
        do {
            let victim = try Connection(Conninfo(conninfo), applicationName: "victim")
            #expect(Foundation.kill(victim.backendPID, SIGKILL) == 0)
            for _ in 0..<1000 {
                usleep(10_000)
                if (try? victim.checkIsOpen()) != nil { continue }
                if (try? Connection(Conninfo(conninfo), applicationName: "probe")) != nil { return }
            }
            Issue.record("the server did not come back")
        } catch {
            Issue.record(error)
        }
    }
}
