import Foundation

/// One run of the release binary as its user sees it, and what it cost.
struct LobscopeRun {
    private let program: String
    private let folder: String
    /// The largest limit of a column in bytes, and the largest size seen; not numbers where there is none.
    let largestLimit, largestSize: Double
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

    /// The columns of a report.
    private static func columns(of folder: String) -> [[String: Any]] {
        // Of a large one nobody asks.
        guard let data = FileManager.default.contents(atPath: folder + "/report.json"),
            data.count < 10_000_000,
            let report = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
            let tables = report["tables"] as? [[String: Any]]
        else { return [] }
        return tables.flatMap { $0["columns"] as? [[String: Any]] ?? [] }
    }

    /// Forgets the folder.
    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    /// The snapshot in the folder.
    func snapshot() throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        guard let name = names.first(where: { $0.hasSuffix(".json.zst") }) else {
            throw BenchmarkError.noEntry("*.json.zst")
        }
        return folder + "/" + name
    }

    /// The size of a file in the folder, in MB.
    func megabytes(of file: String) -> Double {
        let size = try? FileManager.default.attributesOfItem(atPath: folder + "/" + file)[.size] as? NSNumber
        return (size?.doubleValue ?? .nan) / 1e6
    }

    /// Seconds that one format takes to be made from the snapshot.
    func render(_ format: String) throws -> Double {
        try run(["render", try snapshot(), "--format", format])
    }

    /// Seconds that another command takes, whatever its status says of what it found.
    func run(_ arguments: [String]) throws -> Double {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        let start = ContinuousClock.now
        try process.run()
        process.waitUntilExit()
        guard [0, 2, 3].contains(process.terminationStatus) else {
            throw BenchmarkError.failed(status: process.terminationStatus, arguments: arguments)
        }
        return (ContinuousClock.now - start) / .seconds(1)
    }

    /// `lobscope profile` with its folder somewhere temporary, which stays until ``remove()``.
    ///
    /// - Throws: `BenchmarkError.failed` unless it ends with status 0.
    static func profile(_ program: String, _ arguments: [String], postmaster: Int32) async throws
        -> LobscopeRun
    {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bench-\(UUID())").path
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
            try? FileManager.default.removeItem(atPath: folder)
            throw BenchmarkError.failed(status: process.terminationStatus, arguments: arguments)
        }
        // The server has to reap its sessions before their time is known.
        try await Task.sleep(for: .milliseconds(100))
        let columns = Self.columns(of: folder)
        return LobscopeRun(
            program: program, folder: folder,
            largestLimit: columns.compactMap { $0["limitBytes"] as? Double }.max() ?? .nan,
            largestSize: columns.compactMap { $0["largestBytes"] as? Double }.max() ?? .nan,
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
