import LOBProfile
import PostgreSQLClient

/// Measures the large objects of the database, and who refers to them: in short transactions, one step at a time, each
/// of which can be done again.
struct LargeObjectSurvey: Sendable {
    let session: ServerSession
    let moments: Moments
    let gate: Gate
    let results: SurveyResults
    /// Time that a step should take.
    let target: Duration
    /// Seconds of rest after each second of work.
    let rest: Double

    /// What went wrong since the last step that was taken.
    private struct Failures {
        private var elsewhere = 0
        private var others = 0

        /// How often a step is tried, on a new connection each time.
        private static let attempts = 5
        /// How often in a row connections may lead to other servers: where they do, they say nothing of this one.
        private static let elsewhereAttempts = 15

        var areTooMany: Bool { elsewhere >= Self.elsewhereAttempts || others >= Self.attempts }

        mutating func note(_ error: PostgreSQLError) {
            if error.isElsewhere { elsewhere += 1 } else { others += 1 }
        }

        /// Seconds to wait before the next attempt.
        func pause(after error: PostgreSQLError) -> Double {
            error.isElsewhere ? 0.1 : 0.1 * Double(1 << others)
        }
    }

    /// Measures all objects.
    ///
    /// What could not be read is listed in the results.
    ///
    /// - Throws: `PostgreSQLError` when not all objects were looked at; where only references are missing, the summary has
    ///   none.
    func run() async throws(PostgreSQLError) -> LargeObjectSummary {
        var scan = LargeObjectScan(session: session, target: target, moments: moments)
        defer { scan.leave() }
        var failures = Failures()
        while true {
            do throws(PostgreSQLError) {
                try await advance(&scan, &failures)
                return summary(of: scan)
            } catch {
                failures.note(error)
                guard !failures.areTooMany,
                    error.isTemporary || error.sqlState == .lockNotAvailable
                else { return try partial(scan, error) }
                let pause = failures.pause(after: error)
                results.report(.reconnecting(reason: error.description, after: pause))
                guard (try? await Task.sleep(for: .seconds(pause))) != nil else {
                    return try partial(scan, .cancelled)
                }
            }
        }
    }

    /// What is known where who refers to the objects could not be looked at to the end.
    private func partial(
        _ scan: LargeObjectScan, _ error: PostgreSQLError
    ) throws(PostgreSQLError) -> LargeObjectSummary {
        guard scan.hasAllSizes else { throw error }
        results.add(Survey.largeObjectsUnmeasured(error, gate.stop, of: "columns that refer to them"))
        return summary(of: scan)
    }

    private func summary(of scan: LargeObjectScan) -> LargeObjectSummary {
        let summary = scan.summary
        let failed = scan.failed.sorted { $0.key.rawValue < $1.key.rawValue }
        let denied = summary.unreadable - failed.reduce(0) { $0 + $1.value }
        let parts = (denied > 0 ? [(.permissionDenied, denied)] : []) + failed.map { ($0.key, $0.value) }
        for (reason, count) in parts {
            results.add(
                Unmeasured(
                    relation: nil, reason: reason, detail: "\(count) of \(summary.count) large objects"))
        }
        return summary
    }

    /// Takes steps over one connection until all is done.
    private func advance(
        _ scan: inout LargeObjectScan, _ failures: inout Failures
    ) async throws(PostgreSQLError) {
        var connection = try session.connect { (connection) throws(PostgreSQLError) in
            try session.brief().run([], over: &connection) { _, _ in }
        }
        while !scan.isFinished {
            guard await gate.pass() else { throw .cancelled }
            let start = ContinuousClock.now
            try scan.step(over: &connection)
            failures = Failures()
            let worked = start.duration(to: .now)
            if rest > 0, (try? await Task.sleep(for: worked * rest)) == nil { throw .cancelled }
        }
        session.spare.keep(connection)
    }
}
