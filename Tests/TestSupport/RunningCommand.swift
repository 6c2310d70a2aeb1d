import Foundation

/// A `lobscope` that runs while a test does something to it.
public final class RunningCommand {
    private let process = Process()

    /// Starts it in a folder; what it prints goes to the files `stdout` and `stderr` there.
    public init(_ arguments: [String], in folder: String) throws {
        process.executableURL = URL(fileURLWithPath: BuiltProduct.directory + "/lobscope")
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("PG") }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try Self.file("stdout", in: folder)
        process.standardError = try Self.file("stderr", in: folder)
        try process.run()
    }

    private static func file(_ name: String, in folder: String) throws -> FileHandle {
        let file = URL(fileURLWithPath: folder + "/" + name)
        try Data().write(to: file)
        return try FileHandle(forWritingTo: file)
    }

    /// Whether it still runs.
    public var isRunning: Bool { process.isRunning }

    /// Sends it a signal.
    public func send(_ signal: Int32) {
        kill(process.processIdentifier, signal)
    }

    /// Waits for its end, at most so long, then kills it.
    ///
    /// - Returns: the exit status, or 128 plus the number of the signal that ended it.
    public func status(within limit: Duration) async throws -> Int32 {
        let end = ContinuousClock.now + limit
        while process.isRunning, .now < end { try await Task.sleep(for: .milliseconds(20)) }
        if process.isRunning { send(SIGKILL) }
        process.waitUntilExit()
        let status = process.terminationStatus
        return process.terminationReason == .uncaughtSignal ? 128 + status : status
    }
}
