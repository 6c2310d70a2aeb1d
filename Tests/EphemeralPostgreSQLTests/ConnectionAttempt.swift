import EphemeralPostgreSQL
import Subprocess
import TestSupport

/// A connection by psql with a connection string of the test's choice.
enum ConnectionAttempt {
    /// How the server authenticated the connection's user, or nil when it refused.
    static func answer(_ conninfo: String) async throws -> String? {
        let sql =
            "SELECT auth_method FROM pg_hba_file_rules WHERE type = 'host' AND address = '127.0.0.1' LIMIT 1"
        let outcome = try await BuiltProduct("psql").run(["-XAtqw", "-d", conninfo, "-c", sql])
        guard outcome.status == 0 else { return nil }
        return String(decoding: outcome.stdout.dropLast(), as: UTF8.self)
    }
}
