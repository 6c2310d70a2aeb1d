/// A throw-away PostgreSQL server in a temporary folder, reachable through its private Unix socket.
///
/// The server runs as the current user or, when that is root, as `postgres` or `nobody`. It is stopped and
/// its folder removed by ``stop()``, when the last reference goes, and when the process ends in any way.
public final class EphemeralCluster: Sendable {
    /// The number in the socket's name, and the TCP port where the server listens on the loopback address.
    public let port: Int
    /// The password of user `postgres` over TCP, or nil where the server does not listen.
    public let password: String?
    /// The server's version as a number, 150018 for 15.18.
    public let serverVersion: Int
    let folder: ServerFolder
    private let watchdog: Watchdog

    init(folder: ServerFolder, watchdog: Watchdog, port: Int, password: String?) async throws(ClusterError) {
        let version = try await Psql(folder: folder, port: port).run(Array("SHOW server_version_num".utf8))
        guard let number = Int(version.text) else { throw .unexpectedAnswer(version.text) }
        self.port = port
        self.password = password
        self.serverVersion = number
        self.folder = folder
        self.watchdog = watchdog
    }

    /// The folder that holds the server's socket, mode 0700.
    public var socketDirectory: String { folder.path }
    /// The server's data directory.
    public var dataDirectory: String { folder.data }
    /// The folder with everything of this server in it, removed by ``stop()``.
    public var directory: String { folder.path }
    /// The server's log file.
    public var logFile: String { folder.log }
    /// The process id of the running server, or nil when it does not run.
    public var postmasterPID: Int32? { folder.postmasterPID() }

    /// A libpq keyword string that connects through the socket.
    public func conninfo(database: String = "postgres", user: String = "postgres") -> String {
        Conninfo.string([
            "host": socketDirectory, "port": String(port), "dbname": database, "user": user,
        ])
    }

    /// A libpq keyword string that connects as `postgres` over TCP, with the password in it.
    ///
    /// - Returns: nil where the server was not asked to listen.
    public func loopbackConninfo(database: String = "postgres") -> String? {
        password.map {
            Conninfo.string([
                "host": "127.0.0.1", "port": String(port), "dbname": database, "user": "postgres",
                "password": $0,
            ])
        }
    }

    /// Stops the server (fast shutdown) and removes its folder; later calls do nothing.
    public func stop() async {
        await watchdog.release()
    }

    /// Leaves the server running, for good: neither ``stop()`` nor the end of this process stops it any more.
    public func keepRunning() async {
        await watchdog.dismiss()
    }

    /// Stops the server in the given way and starts it again on the same folder and port.
    public func restart(mode: ShutdownMode = .fast) async throws(ClusterError) {
        try await folder.command(
            "pg_ctl",
            ["restart", "-s", "-w", "-t", "120", "-m", mode.rawValue, "-D", folder.data, "-l", folder.log]
        ).run()
    }
}

/// How a server treats its sessions when it stops.
public enum ShutdownMode: String, Sendable, CaseIterable {
    /// Waits for every session to end.
    case smart
    /// Rolls back and disconnects every session.
    case fast
    /// Ends without a checkpoint; the next start recovers.
    case immediate
}
