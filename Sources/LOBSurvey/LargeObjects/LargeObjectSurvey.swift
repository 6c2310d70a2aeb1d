import LOBProfile
import PostgreSQLClient

/// Measures the large objects of the database, and who refers to them: in short transactions, one step at a time, each
/// of which can be done again.
struct LargeObjectSurvey: Sendable {
    let session: ServerSession
    let gate: Gate
    let results: SurveyResults
    /// Time that a step should take.
    let target: Duration
    /// Seconds of rest after each second of work.
    let rest: Double

    /// How often a step is tried, on a new connection each time.
    private static let attempts = 5

    /// Measures all objects.
    ///
    /// - Throws: `PostgreSQLError` when nothing is known of the objects; where only references are missing, the summary
    ///   says so.
    func run() async throws(PostgreSQLError) -> LargeObjectSummary {
        var scan = LargeObjectScan(session: session, target: target)
        var failures = 0
        while true {
            do throws(PostgreSQLError) {
                try await advance(&scan, &failures)
                return scan.summary
            } catch {
                failures += 1
                guard failures < Self.attempts,
                    ScanWorker.isTemporary(error) || error.sqlState == .lockNotAvailable
                else { throw error }
                let pause = 0.1 * Double(1 << failures)
                results.report(.reconnecting(reason: error.description, after: pause))
                guard (try? await Task.sleep(for: .seconds(pause))) != nil else { throw .cancelled }
            }
        }
    }

    /// Takes steps over one connection until all is done.
    private func advance(
        _ scan: inout LargeObjectScan, _ failures: inout Int
    ) async throws(PostgreSQLError) {
        var connection = try session.connect()
        while !scan.isFinished {
            guard await gate.pass() else { throw .cancelled }
            let start = ContinuousClock.now
            try scan.step(over: &connection)
            failures = 0
            let worked = start.duration(to: .now)
            if rest > 0, (try? await Task.sleep(for: worked * rest)) == nil { throw .cancelled }
        }
        session.spare.keep(connection)
    }
}
