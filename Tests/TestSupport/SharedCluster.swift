public import EphemeralPostgreSQL
import Foundation

/// The one server that all tests of a process share, started by the first that needs it.
///
/// Its watchdog stops it when the process ends.
public actor SharedCluster {
    /// The process's server.
    public static let process = SharedCluster()

    private var starting: Task<EphemeralCluster, any Error>?

    /// The server, started now if it was not.
    public func cluster() async throws -> EphemeralCluster {
        if let starting { return try await starting.value }
        let task = Task { try await EphemeralCluster.start() as EphemeralCluster }
        starting = task
        return try await task.value
    }

    /// Whether a test that needs a server may run.
    ///
    /// With `CI=true` it always may, so that a missing server fails there instead of hiding tests.
    public static func isAvailable() async -> Bool {
        if ProcessInfo.processInfo.environment["CI"] == "true" { return true }
        return (try? await ServerBinaries.find()) != nil
    }
}
