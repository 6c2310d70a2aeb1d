import EphemeralPostgreSQL
import Foundation
import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import Synchronization
import TestSupport
import Testing

/// Tables that change all the time: each figure equals the oracle at the moment of its certificate, or is "at most" and holds,
/// or is "at least", or is not known.
@Suite(.timeLimit(.minutes(15 * Soak.factor))) struct ChurnTests {
    /// Transactions that a replica may be behind: it waits up to 5 s for what reads there, and may be slow beside that.
    private static let mostBehind = 10_000

    /// How a survey is disturbed.
    private enum Disturbance: CaseIterable {
        case none, slow, brokenSnapshots, pauses, kills
    }

    @Test func everyFigureIsThatOfItsMomentOnAPrimary() async throws {
        let cluster = try await EphemeralCluster.start()
        try await cluster.psql(Churn.schema)
        try await churned(cluster.conninfo(), on: cluster.conninfo(), runs: 70 * Soak.factor) {
            churn, outcome, seen in
            for (table, figures, reading) in outcome {
                try Self.expectHolds(figures, table, reading, churn)
            }
            // What nothing disturbs is exact, so that less is no way out.
            if seen.disturbance == .none { #expect(outcome.allSatisfy { $0.2.certainty == .oneMoment }) }
        }
        await cluster.stop()
    }

    /// Expects that figures say what the oracle says at their moment, as far as they claim to.
    static func expectHolds(
        _ figures: Churn.Figures, _ table: String, _ reading: TableReading, _ churn: Churn
    ) throws {
        let snapshot = try #require(reading.moment.snapshot)
        let oracle = churn.figures(table, after: churn.visible(in: snapshot))
        switch reading.certainty {
        case .oneMoment: #expect(figures == oracle, "\(table) in \(reading)")
        case .caughtUp:
            #expect(
                figures.rows >= oracle.rows && figures.largest >= oracle.largest, "\(table) in \(reading)")
        case .severalMoments: break
        }
    }

    /// A replica does not list the transactions that run, so any moment of the survey will do.
    @Test func everyFigureIsThatOfAMomentOnAReplica() async throws {
        let primary = try await EphemeralCluster.start()
        try await primary.psql(Churn.schema)
        let replica = try await primary.startReplica(settings: ["max_standby_streaming_delay": "5s"])
        try await churned(primary.conninfo(), on: replica.conninfo(), runs: 30 * Soak.factor) {
            churn, outcome, seen in
            for (table, figures, reading) in outcome {
                let oracle = churn.figures(
                    table,
                    in: max(0, seen.transactions.lowerBound - Self.mostBehind)...seen.transactions.upperBound)
                switch reading.certainty {
                case .oneMoment: #expect(oracle.contains(figures), "\(table) in \(reading)")
                case .caughtUp:
                    #expect(figures.largest >= oracle.map(\.largest).min() ?? 0, "\(table) in \(reading)")
                case .severalMoments: break
                }
                #expect(reading.moment.replica?.replayed != nil)
            }
        }
        await replica.stop()
        await primary.stop()
    }

    typealias Outcome = [(String, Churn.Figures, TableReading)]

    private struct Seen {
        let disturbance: Disturbance
        let transactions: ClosedRange<Int>
    }

    /// Runs surveys while a writer changes the tables.
    private func churned(
        _ source: String, on server: String, runs: Int, _ check: (Churn, Outcome, Seen) throws -> Void
    ) async throws {
        var certainties: [TableReading.Certainty: Int] = [:]
        try await churning(source) { churn in
            try await Task.sleep(for: .seconds(1))
            for run in 0..<runs {
                let disturbance = Disturbance.allCases[run % Disturbance.allCases.count]
                let before = churn.count
                let profile = try await survey(server, disturbance)
                let outcome = Self.outcome(profile)
                for (_, _, reading) in outcome { certainties[reading.certainty, default: 0] += 1 }
                try check(churn, outcome, Seen(disturbance: disturbance, transactions: before...churn.count))
                #expect(profile.unmeasured.allSatisfy { $0.relation != nil }, "\(profile.unmeasured)")
            }
        }
        #expect((certainties[.oneMoment] ?? 0) > 0 && (certainties[.caughtUp] ?? 0) > 0, "\(certainties)")
    }

    /// Does something while a writer changes the tables.
    func churning(
        _ source: String, rows: Int = 600, _ body: (Churn) async throws -> Void
    ) async throws {
        let churn = Churn()
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let writer = Task.detached(executorPreference: BlockingExecutor()) {
            try churn.run(source, seed: 11, rows: rows, pause: .milliseconds(1)) { start.yield() }
        }
        for await _ in started { break }
        do { try await body(churn) } catch {
            churn.stop()
            throw error
        }
        churn.stop()
        try await writer.value
    }

    /// The figures of the two logical tables, as far as they were read.
    static func outcome(_ profile: Profile) -> Outcome {
        ["q", "part"].compactMap { name in
            let tables = profile.tables.filter { $0.relation.logicalName.name == Identifier(name) }
            let readings = tables.compactMap(\.reading)
            guard let reading = readings.first, readings.count == tables.count else { return nil }
            var figures = Churn.Figures()
            for table in tables {
                let sizes = table.measurement("doc")?.distribution ?? SizeDistribution()
                figures.rows += table.rows.count
                figures.sum += sizes.sum.bytes
                figures.largest = max(figures.largest, sizes.largest?.bytes ?? 0)
            }
            #expect(Set(readings.map(\.certainty)).count == 1)
            return (name, figures, reading)
        }
    }

    private func survey(_ server: String, _ disturbance: Disturbance) async throws -> Profile {
        var options = SurveyOptions(
            plan: PlanOptions(method: .full), jobs: 2,
            chunkTime: disturbance == .none ? .milliseconds(40) : .microseconds(200))
        let heard = Mutex(0)
        let pauseFile = NSTemporaryDirectory() + "/lobscope-churn-\(UUID().uuidString)"
        switch disturbance {
        case .none: break
        case .slow: options.throttle.rest = 3
        case .brokenSnapshots: options.snapshotLimit = .milliseconds(40)
        case .pauses: (options.throttle.pauseFile, options.snapshotLimit) = (pauseFile, .milliseconds(300))
        case .kills: return try await resumed(server, options)
        }
        let profile = try await Survey(try Conninfo(server), options: options) { event in
            guard disturbance == .pauses, case .read = event else { return }
            let isNow = heard.withLock { count in
                count += 1
                return count == 5
            }
            guard isNow else { return }
            #expect(FileManager.default.createFile(atPath: pauseFile, contents: nil))
            Task.detached {
                try? await Task.sleep(for: .milliseconds(500))
                try? FileManager.default.removeItem(atPath: pauseFile)
            }
        }.run()
        return profile
    }

    /// A survey that is killed in the middle, and another one that resumes it from what was kept.
    private func resumed(_ server: String, _ options: SurveyOptions) async throws -> Profile {
        let kept = Mutex<Data?>(nil)
        let running = Mutex<Task<Profile, any Error>?>(nil)
        let checkpointing = Checkpointing(interval: .milliseconds(1)) { checkpoint in
            kept.withLock { $0 = try? JSONEncoder().encode(checkpoint) }
        }
        let chunks = Mutex(0)
        let first = Survey(
            try Conninfo(server), options: options, checkpointing: checkpointing
        ) { event in
            guard case .read = event, kept.withLock({ $0 != nil }) else { return }
            let isNow = chunks.withLock { count in
                count += 1
                return count == 8
            }
            if isNow { running.withLock { $0?.cancel() } }
        }
        let task = running.withLock { running in
            let task = Task { try await first.run() }
            running = task
            return task
        }
        let whole = try await task.value
        // What was kept last is what a killed process leaves.
        guard !whole.isComplete, let data = kept.withLock(\.self) else { return whole }
        let checkpoint = try JSONDecoder().decode(SurveyCheckpoint.self, from: data)
        let resumption = Resumption(profile: try #require(checkpoint.profile), checkpoint: checkpoint)
        return try await Survey(try Conninfo(server), options: options, resuming: resumption).run()
    }
}
