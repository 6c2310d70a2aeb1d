import EphemeralPostgreSQL
import Foundation
import LOBAdvice
import LOBStore
import PostgreSQLClient
import TestSupport
import Testing

/// A command that is killed while the tables change, and another one that resumes it.
extension ChurnTests {
    @Test func aKilledProcessIsResumed() async throws {
        let cluster = try await EphemeralCluster.start()
        try await cluster.psql(Churn.schema)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "lobscope-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        var random = SeededGenerator(seed: 23)
        var (resumed, caughtUp) = (0, 0)
        try await churning(cluster.conninfo(), rows: 3000) { churn in
            for run in 0..<10 * Soak.factor {
                let report = "\(folder.path)/\(run)"
                let isKept = try await Self.profileKilled(
                    cluster.conninfo(), report, in: folder.path,
                    after: .milliseconds(Int.random(in: 0..<1500, using: &random)))
                let goOn = isKept ? ["--resume", report] : []
                let outcome = try await BuiltProduct("lobscope").run(
                    ["profile", cluster.conninfo(), "--method", "full", "--out", report + "-whole"] + goOn)
                #expect(outcome.status == 0, "\(outcome.errorOutput)")
                resumed += isKept ? 1 : 0
                let profile = try Self.profile(in: report + "-whole")
                for (table, figures, reading) in Self.outcome(profile) {
                    try Self.expectHolds(figures, table, reading, churn)
                    caughtUp += reading.certainty == .caughtUp ? 1 : 0
                }
                #expect(Self.outcome(profile).count == 2)
            }
        }
        #expect(resumed > 0 && caughtUp > 0, "\(resumed) resumed, \(caughtUp) figures caught up")
        await cluster.stop()
    }

    /// Starts a profile that rests most of the time, and kills it; returns whether it left something to go on with.
    private static func profileKilled(
        _ conninfo: String, _ report: String, in folder: String, after pause: Duration
    ) async throws -> Bool {
        let command = try RunningCommand(
            [
                "profile", conninfo, "--method", "full", "--nice", "200", "--checkpoint-every", "5ms",
                "--out", report,
            ],
            in: folder)
        try await Task.sleep(for: pause)
        command.send(SIGKILL)
        _ = try await command.status(within: .seconds(20))
        let left = (try? FileManager.default.contentsOfDirectory(atPath: report)) ?? []
        return left.contains { $0.hasPrefix("checkpoint") }
    }

    /// The profile in the only snapshot of a report folder.
    private static func profile(in report: String) throws -> Profile {
        let name = try #require(try SnapshotListing.names(in: report).first)
        return try Snapshot.open(report + "/" + name).profile
    }
}
