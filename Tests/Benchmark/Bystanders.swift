import EphemeralPostgreSQL
import Foundation
import PostgreSQLClient

/// Row 14: how long others wait for lobscope, and how soon it is gone.
struct Bystanders {
    let bench: Bench

    func measure() async throws -> [Measured] {
        try await bench.create(
            "bystanders",
            """
            CREATE TABLE wide AS SELECT i AS id, repeat(md5(i::text), 1 + i % 20) AS a, md5(i::text) AS b
              FROM generate_series(1, \(bench.scaled(1_000_000))) i;
            CREATE TABLE slow AS SELECT i AS id, (SELECT jsonb_agg('1e130000'::jsonb) FROM generate_series(1, 10)) AS j
              FROM generate_series(1, 10000) i;
            """)
        bench.note("row 14: ALTER TABLE")
        let waits = try await waitsOfDDL()
        bench.note("row 14: cancel")
        let cancels = try await cancelTimes()
        bench.note("row 14: signals")
        let (interrupts, kills) = (try await ends(by: SIGINT), try await ends(by: SIGKILL))
        return [
            Measured(
                14, "ALTER TABLE that waits for lobscope, p99 of \(waits.count)", value: waits.quantile(0.99),
                atMost: 60, .milliseconds),
            Measured(
                14, "cancel of a running statement, p99 of \(cancels.count)", value: cancels.quantile(0.99),
                atMost: 50, .milliseconds),
            Measured(
                14, "Ctrl-C until lobscope has ended, p99 of \(interrupts.count)",
                value: interrupts.quantile(0.99), atMost: 500, .milliseconds),
            Measured(
                14, "kill -9 of lobscope until its statements have ended, p99 of \(kills.count)",
                value: kills.quantile(0.99), atMost: 2000, .milliseconds),
        ]
    }

    /// Statements that need the table for themselves, while it is profiled over and over.
    private func waitsOfDDL() async throws -> [Double] {
        var connection = try bench.connection("bystanders")
        var waits: [Double] = []
        while waits.count < 200 {
            let run = try start(["--table", "wide", "--method", "full"])
            while run.isRunning, waits.count < 200 {
                try await Task.sleep(for: .milliseconds(Int.random(in: 5...60)))
                let isSet = waits.count.isMultiple(of: 2)
                waits.append(
                    try bench.query(
                        &connection,
                        isSet
                            ? "ALTER TABLE wide ALTER b SET DEFAULT 'b'"
                            : "ALTER TABLE wide ALTER b DROP DEFAULT"))
            }
            run.terminate()
            run.waitUntilExit()
        }
        return waits
    }

    /// From the request until the statement has ended, as when a run is interrupted.
    private func cancelTimes() async throws -> [Double] {
        var times: [Double] = []
        for _ in 0..<50 {
            let conninfo = try Conninfo(bench.server.conninfo(database: "bystanders"))
            let statement = Task.detached(executorPreference: BlockingExecutor()) {
                var connection = try Connection(conninfo, applicationName: "cancelled")
                do throws(PostgreSQLError) {
                    try connection.batch([Statement("SELECT sum(length(j::text)) FROM slow")]) { _, _ in }
                } catch {}
                return ContinuousClock.now
            }
            try await Task.sleep(for: .milliseconds(Int.random(in: 300...400)))
            let start = ContinuousClock.now
            statement.cancel()
            times.append((try await statement.value - start) / .milliseconds(1))
        }
        return times
    }

    /// From a signal until lobscope has ended, or for SIGKILL until the server has stopped its statements.
    private func ends(by signal: Int32) async throws -> [Double] {
        var times: [Double] = []
        let sessions =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'lobscope' AND state = 'active'"
        for _ in 0..<20 {
            let run = try start(["--table", "slow", "--method", "full"])
            while try await bench.server.psql(sessions) == "0" {
                try await Task.sleep(for: .milliseconds(20))
            }
            try await Task.sleep(for: .milliseconds(Int.random(in: 50...300)))
            let start = ContinuousClock.now
            kill(run.processIdentifier, signal)
            while run.isRunning { try await Task.sleep(for: .milliseconds(1)) }
            while signal == SIGKILL, try await bench.server.psql(sessions) != "0" {
                try await Task.sleep(for: .milliseconds(10))
            }
            times.append((ContinuousClock.now - start) / .milliseconds(1))
        }
        return times
    }

    private func start(_ arguments: [String]) throws -> Process {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bench-\(UUID())").path
        let process = Process()
        process.executableURL = URL(fileURLWithPath: bench.lobscope)
        process.arguments =
            ["profile", bench.server.conninfo(database: "bystanders")] + arguments
            + ["--out", folder, "--quiet"]
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("PG") }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.terminationHandler = { _ in try? FileManager.default.removeItem(atPath: folder) }
        try process.run()
        return process
    }
}

extension [Double] {
    /// The smallest value that is at least as large as this share of all.
    func quantile(_ share: Double) -> Double {
        guard !isEmpty else { return .nan }
        return sorted()[Swift.min(count - 1, Int((Double(count) * share).rounded(.up)) - 1)]
    }
}
