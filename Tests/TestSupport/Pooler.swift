public import EphemeralPostgreSQL
import Foundation
import Synchronization

/// A PgBouncer in front of a test server, reachable through a Unix socket beside the server's.
///
/// It runs as the server's user, and is stopped by ``stop()`` or when this process ends in any way.
public final class Pooler: Sendable {
    /// When a connection of the pool goes back to it.
    public enum Mode: String, Sendable, CaseIterable {
        case session, transaction, statement
    }

    /// It could not be started.
    public struct NotStarted: Error, CustomStringConvertible {
        /// What it said.
        public let description: String
    }

    /// Where it is, Debian's folder of such programs included, which is not in everybody's path.
    private static let path =
        (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin") + ":/usr/local/sbin:/usr/sbin"
    private static let number = Atomic<Int>(6432)

    private let folder: String
    private let port: Int
    private let process: Process
    private let input: Pipe

    /// Whether tests with a pooler may run: with `CI=true` always, so that a missing one fails there.
    public static func isAvailable() async -> Bool {
        if ProcessInfo.processInfo.environment["CI"] == "true" { return true }
        let outcome = try? await BuiltProduct("sh").run(
            ["-c", "command -v pgbouncer"], environment: ["PATH": path])
        return outcome?.status == 0
    }

    /// Starts one.
    ///
    /// - Parameters:
    ///   - size: connections to the server that it has for each database and user.
    ///   - settings: further lines of its section `[pgbouncer]`.
    public init(
        _ mode: Mode, size: Int, before cluster: EphemeralCluster, settings: [String] = []
    ) throws {
        folder = cluster.directory
        port = Self.number.add(1, ordering: .relaxed).newValue
        let file = "\(folder)/pooler-\(port).ini"
        let lines = [
            "[databases]", "* = host=\(cluster.socketDirectory) port=\(cluster.port) user=postgres",
            "[pgbouncer]", "listen_addr =", "listen_port = \(port)", "unix_socket_dir = \(folder)",
            "unix_socket_mode = 0700", "auth_type = any", "pool_mode = \(mode.rawValue)",
            "default_pool_size = \(size)", "max_client_conn = 50",
        ]
        try Data((lines + settings + [""]).joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: file))
        let owner = try FileManager.default.attributesOfItem(atPath: folder)[.ownerAccountName] as? String
        (process, input) = (Process(), Pipe())
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", Self.script, "sh", file, geteuid() == 0 ? owner ?? "postgres" : ""]
        process.environment = ["PATH": Self.path]
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        process.standardError = output
        try process.run()
        try Self.waitUntilReady(output.fileHandleForReading)
    }

    /// Ends with its standard input, and takes the pooler with it.
    private static let script = #"""
        exec 3<&0
        pgbouncer ${2:+-u "$2"} "$1" </dev/null 3<&- & pid=$!
        cat <&3 >/dev/null
        kill -KILL "$pid"
        wait "$pid"
        """#

    /// Reads its log until it listens.
    private static func waitUntilReady(_ log: FileHandle) throws {
        var said = Data()
        while !String(decoding: said, as: UTF8.self).contains("process up") {
            let more = log.availableData
            guard !more.isEmpty, said.count < 1 << 16 else {
                throw NotStarted(description: String(decoding: said, as: UTF8.self))
            }
            said += more
        }
        // Nobody reads what it says later; it must not wait for that.
        log.readabilityHandler = { handle in
            if handle.availableData.isEmpty { handle.readabilityHandler = nil }
        }
    }

    /// The keyword string that connects through it to a database as `postgres`.
    public func conninfo(database: String) -> String {
        "host=\(folder) port=\(port) dbname=\(database) user=postgres"
    }

    /// Stops it at once.
    public func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    deinit { stop() }
}
