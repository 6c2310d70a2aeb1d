extension EphemeralCluster {
    /// Starts a new, empty server.
    ///
    /// - Parameters:
    ///   - binaries: The programs to use; by default those of ``ServerBinaries/find(environment:)``.
    ///   - settings: Server settings by name, over defaults that favour speed over durability.
    ///   - extraInitdbArguments: Further arguments of `initdb`; UTF8 and the C locale are the default.
    ///   - listenOnLoopback: Also listens on 127.0.0.1, with SCRAM and a random password.
    public static func start(
        binaries: ServerBinaries? = nil,
        settings: [String: String] = [:],
        extraInitdbArguments: [String] = [],
        listenOnLoopback: Bool = false
    ) async throws(ClusterError) -> EphemeralCluster {
        let start = try await ClusterStart(
            binaries: binaries, password: listenOnLoopback ? ClusterStart.randomPassword() : nil)
        return try await start.cleaningUp { () throws(ClusterError) in
            try await start.initialize(arguments: extraInitdbArguments)
            return try await start.launch(settings: settings)
        }
    }

    /// Starts a streaming replica of this server, in a folder of its own; it listens on 127.0.0.1 where this server does, with
    /// the same password.
    ///
    /// - Parameter settings: Server settings by name, over those of this server.
    public func startReplica(settings: [String: String] = [:]) async throws(ClusterError) -> EphemeralCluster
    {
        let start = try await ClusterStart(binaries: folder.binaries, password: password)
        return try await start.cleaningUp { () throws(ClusterError) in
            try await start.folder.command(
                "pg_basebackup",
                [
                    "-D", start.folder.data, "-d", conninfo(), "-R", "-X", "stream", "-c", "fast",
                    "--no-sync",
                ]
            ).run()
            return try await start.launch(settings: settings, defaults: [:])
        }
    }
}

/// The steps from an empty folder to a running server.
struct ClusterStart: Sendable {
    let folder: ServerFolder
    let password: String?
    private let watchdog: Watchdog

    init(binaries: ServerBinaries?, password: String?) async throws(ClusterError) {
        let found: ServerBinaries
        if let binaries { found = binaries } else { found = try await ServerBinaries.find() }
        let identity = try await Identity.unprivileged()
        folder = try await ServerFolder.create(binaries: found, identity: identity)
        self.password = password
        watchdog = Watchdog(folder: folder.path, data: folder.data, binaries: found, identity: identity)
    }

    /// Runs the steps when it is their turn, and leaves nothing behind when one of them fails.
    func cleaningUp(
        _ steps: () async throws(ClusterError) -> EphemeralCluster
    ) async throws(ClusterError) -> EphemeralCluster {
        await StartQueue.process.enter()
        do {
            try await watchdog.ready()
            let cluster = try await steps()
            await StartQueue.process.leave()
            return cluster
        } catch {
            await StartQueue.process.leave()
            await watchdog.release()
            throw error
        }
    }

    func initialize(arguments: [String]) async throws(ClusterError) {
        var all = [
            "-D", folder.data, "-U", "postgres", "--encoding=UTF8", "--locale=C", "--no-sync",
            "--auth-local=trust", "--auth-host=scram-sha-256",
        ]
        if let password {
            let file = folder.path + "/password"
            try await folder.append(Array(password.utf8), to: file)
            all.append("--pwfile=" + file)
        }
        try await folder.command("initdb", all + arguments).run()
    }

    /// Configures and starts the server; another port is tried where one is taken.
    func launch(
        settings: [String: String], defaults: [String: String] = ServerSettings.defaults
    ) async throws(ClusterError) -> EphemeralCluster {
        var values = defaults.merging(settings) { $1 }
        values["unix_socket_directories"] = folder.path
        values["unix_socket_permissions"] = "0700"
        values["listen_addresses"] = password == nil ? "" : "127.0.0.1"
        for _ in 0..<20 {
            let port = Int.random(in: 20_000..<32_000)
            values["port"] = String(port)
            try await folder.append(
                ServerSettings(values: values).lines(), to: folder.data + "/postgresql.conf")
            if try await startServer() {
                return try await EphemeralCluster(
                    folder: folder, watchdog: watchdog, port: port, password: password)
            }
        }
        throw .notStarted(log: folder.endOfLog())
    }

    /// Starts the server, or returns false when its port is taken.
    private func startServer() async throws(ClusterError) -> Bool {
        do {
            try await folder.command(
                "pg_ctl", ["start", "-s", "-w", "-t", "120", "-D", folder.data, "-l", folder.log]
            ).run()
            return true
        } catch {
            let log = folder.endOfLog()
            guard password != nil, log.contains("could not create any TCP/IP sockets") else {
                throw .notStarted(log: log.isEmpty ? "\(error)" : log)
            }
            return false
        }
    }

    static func randomPassword() -> String {
        var random = SystemRandomNumberGenerator()
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
        return String(
            decoding: (0..<32).map { _ in alphabet[Int.random(in: alphabet.indices, using: &random)] },
            as: UTF8.self)
    }
}
