import Foundation
import TestSupport

/// A `lobscope` that runs while a test does something to it.
final class RunningCommand {
    private let process = Process()

    /// Starts it in a folder; what it prints goes to the files `stdout` and `stderr` there.
    init(_ arguments: [String], in scratch: Scratch) throws {
        process.executableURL = URL(fileURLWithPath: BuiltProduct.directory + "/lobscope")
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: scratch.path)
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("PG") }
        process.standardInput = FileHandle.nullDevice
        try scratch.write([], "stdout")
        try scratch.write([], "stderr")
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: scratch.path + "/stdout"))
        process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: scratch.path + "/stderr"))
        try process.run()
    }

    /// Whether it still runs.
    var isRunning: Bool { process.isRunning }

    /// Sends it a signal.
    func send(_ signal: Int32) {
        kill(process.processIdentifier, signal)
    }

    /// Waits for its end, at most so long, then kills it.
    ///
    /// - Returns: the exit status, or 128 plus the number of the signal that ended it.
    func status(within limit: Duration) async throws -> Int32 {
        let end = ContinuousClock.now + limit
        while process.isRunning, .now < end { try await Task.sleep(for: .milliseconds(20)) }
        if process.isRunning { send(SIGKILL) }
        process.waitUntilExit()
        let status = process.terminationStatus
        return process.terminationReason == .uncaughtSignal ? 128 + status : status
    }
}
