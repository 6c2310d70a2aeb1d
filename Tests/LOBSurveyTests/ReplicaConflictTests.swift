import EphemeralPostgreSQL
import Foundation
import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import Synchronization
import Testing

/// A replica that replays the clean-up of a vacuum cancels whoever might still need the rows: that costs a chunk.
@Suite(.timeLimit(.minutes(10 * Soak.factor)))
struct ReplicaConflictTests {
    private static let tables = """
        CREATE TABLE t (t text, j jsonb); CREATE TABLE churn (n int);
        INSERT INTO t SELECT repeat('x', i % 1500), jsonb_build_array(repeat('y', i % 300), i) FROM generate_series(1, 20000) i;
        INSERT INTO churn SELECT i FROM generate_series(1, 100) i; SELECT lo_from_bytea(0, '\\x0102');
        """

    @Test func conflictsChangeNoNumber() async throws {
        let primary = try await EphemeralCluster.start(settings: ["synchronous_commit": "on"])
        try await primary.psql(Self.tables)
        let expected = try await primary.psql(
            "SELECT count(*), sum(octet_length(t)), sum(octet_length(j::text)), max(octet_length(j::text)) FROM t"
        )
        let replica = try await primary.startReplica(
            settings: ["max_standby_streaming_delay": "0", "hot_standby_feedback": "off"])
        let isDone = Mutex(false)
        let conninfo = primary.conninfo()
        let churn = Task.detached(executorPreference: BlockingExecutor()) {
            try Self.churn(conninfo, until: { isDone.withLock { $0 } })
        }
        var (runs, conflicts) = (0, 0)
        while conflicts < 50 * Soak.factor, runs < 2000 * Soak.factor {
            let options = SurveyOptions(
                scope: Scope(tables: [try NamePattern("t")]), plan: PlanOptions(method: .full), jobs: 2,
                chunkTime: .milliseconds(60))
            let survey = Survey(try Conninfo(replica.conninfo()), options: options)
            let profile = try await Self.profile(of: survey)
            runs += 1
            conflicts = Self.conflicts(on: replica)
            guard let profile else { continue }
            guard profile.isComplete else {
                #expect(profile.unmeasured.allSatisfy { $0.reason == .replicaConflict })
                #expect(profile.table("t")?.measurement("t") == nil)
                continue
            }
            let text = try #require(profile.table("t")?.measurement("t"))
            let jsonb = try #require(profile.table("t")?.measurement("j"))
            let found =
                "\(text.distribution.rows)|\(text.distribution.sum.bytes)|\(jsonb.distribution.sum.bytes)"
                + "|\(jsonb.distribution.largest?.bytes ?? -1)"
            #expect(found == expected, "after \(conflicts) conflicts in \(runs) runs")
        }
        isDone.withLock { $0 = true }
        try await churn.value
        #expect(conflicts >= 50 * Soak.factor, "in \(runs) runs")
        await replica.stop()
        await primary.stop()
    }

    /// The profile; nil where conflicts kept the survey from reading the catalog, however often it tried.
    private static func profile(of survey: Survey) async throws -> Profile? {
        do throws(SurveyError) {
            return try await survey.run()
        } catch {
            guard case .postgreSQL(let cause) = error,
                cause.isConnectionLost || cause.sqlState == .serializationFailure
            else { throw error }
            return nil
        }
    }

    /// The conflicts until now, as the replica's log tells: a query would meet some itself.
    private static func conflicts(on replica: EphemeralCluster) -> Int {
        let log = FileManager.default.contents(atPath: replica.logFile) ?? Data()
        let wanted = Data("due to conflict with recovery".utf8)
        var (count, start) = (0, log.startIndex)
        while let match = log.range(of: wanted, in: start..<log.endIndex) {
            (count, start) = (count + 1, match.upperBound)
        }
        return count
    }

    /// Updates and vacuums until it is told to stop.
    private static func churn(_ conninfo: String, until isDone: () -> Bool) throws {
        var connection = try Connection(Conninfo(conninfo), applicationName: "churn")
        while !isDone() {
            try connection.execute("UPDATE churn SET n = n + 1")
            try connection.execute("VACUUM churn")
            try connection.execute("SELECT pg_sleep(0.003)")
        }
    }
}
