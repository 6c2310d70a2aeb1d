import Foundation

/// One run of the release binary as its user sees it, and what it cost.
struct LobscopeRun {
    /// From start to end, in milliseconds.
    let milliseconds: Double
    /// When it was started, in milliseconds since 1970, as the server's log tells time.
    let startedAt: Double
    /// Processor time of the process, in seconds.
    let processorSeconds: Double
    /// Processor time of the server's sessions that ended meanwhile, in seconds.
    let serverSeconds: Double
    /// The most memory that it had held at some moments, in MiB; moments are in milliseconds since 1970.
    let peaks: [(at: Double, mebibytes: Double)]

    /// The most memory that it held until a moment, in MiB.
    func peakMebibytes(until moment: Double = .infinity) -> Double {
        peaks.last { $0.at <= moment }?.mebibytes ?? .nan
    }

    /// `lobscope profile` with its folder somewhere temporary.
    ///
    /// - Throws: `BenchmarkError.failed` unless it ends with status 0.
    static func profile(_ program: String, _ arguments: [String], postmaster: Int32) async throws
        -> LobscopeRun
    {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bench-\(UUID())").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["profile"] + arguments + ["--out", folder, "--quiet"]
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("PG") }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        let mine = ProcessTimes.ofEndedChildren(of: nil)
        let servers = ProcessTimes.ofEndedChildren(of: postmaster)
        let (startedAt, start) = (Date().timeIntervalSince1970 * 1000, ContinuousClock.now)
        try process.run()
        var peaks: [(at: Double, mebibytes: Double)] = []
        while process.isRunning {
            let peak = ProcessTimes.peakMebibytes(of: process.processIdentifier)
            if peak > peaks.last?.mebibytes ?? 0 {
                peaks.append((Date().timeIntervalSince1970 * 1000, peak))
            }
            try await Task.sleep(for: .milliseconds(2))
        }
        let time = (ContinuousClock.now - start) / .milliseconds(1)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchmarkError.failed(status: process.terminationStatus, arguments: arguments)
        }
        // The server has to reap its sessions before their time is known.
        try await Task.sleep(for: .milliseconds(100))
        return LobscopeRun(
            milliseconds: time, startedAt: startedAt,
            processorSeconds: ProcessTimes.ofEndedChildren(of: nil) - mine,
            serverSeconds: ProcessTimes.ofEndedChildren(of: postmaster) - servers, peaks: peaks)
    }
}

/// Why a benchmark could not be run.
enum BenchmarkError: Error, CustomStringConvertible {
    case failed(status: Int32, arguments: [String])
    case noEntry(String)

    var description: String {
        switch self {
        case .failed(let status, let arguments):
            "\"lobscope profile \(arguments)\" ended with status \(status)"
        case .noEntry(let name): "\"\(name)\" is in no statement of the server's log"
        }
    }
}
