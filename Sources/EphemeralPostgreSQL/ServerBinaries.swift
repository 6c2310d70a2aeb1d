#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The folder that holds the programs of one PostgreSQL server.
public struct ServerBinaries: Sendable, Equatable {
    /// The folder with `initdb`, `pg_ctl`, `postgres`, `pg_basebackup` and, as a rule, `psql`.
    public let directory: String

    /// The programs without which no cluster can be started.
    static let required = ["initdb", "pg_ctl", "postgres"]

    /// Finds the programs: the folder in `LOBSCOPE_PG_BIN` alone if it is set, else where `pg_config` says,
    /// the newest `/usr/lib/postgresql/*/bin`, or `PATH`.
    ///
    /// - Parameter environment: The variables to look in, by default those of the process.
    /// - Throws: ``ClusterError/serverNotFound(searched:)``.
    public static func find(
        environment: [String: String]? = nil
    ) async throws(ClusterError) -> ServerBinaries {
        let environment = environment ?? ProcessInfo.processInfo.environment
        let path = pathFolders(environment["PATH"] ?? "")
        if let chosen = environment["LOBSCOPE_PG_BIN"], !chosen.isEmpty {
            return try first(of: [chosen], path: path)
        }
        var candidates = versionFolders() + path
        if let configured = await configuredFolder(path: path) {
            candidates.insert(configured, at: 0)
        }
        return try first(of: candidates, path: path)
    }

    private static func first(
        of candidates: [String], path: [String]
    ) throws(ClusterError) -> ServerBinaries {
        for folder in candidates {
            guard required.allSatisfy({ isExecutable(folder + "/" + $0) }) else { continue }
            guard isExecutable(folder + "/psql") || path.contains(where: { isExecutable($0 + "/psql") })
            else { continue }
            return ServerBinaries(directory: folder)
        }
        throw .serverNotFound(searched: candidates)
    }

    private static func configuredFolder(path: [String]) async -> String? {
        guard let folder = path.first(where: { isExecutable($0 + "/pg_config") }) else { return nil }
        let command = Command(program: "pg_config", arguments: ["--bindir"], directory: folder)
        return (try? await command.run())?.text
    }

    /// Debian's folders, the highest major version first.
    private static func versionFolders() -> [String] {
        let root = "/usr/lib/postgresql"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return names.compactMap(Int.init).sorted(by: >).map { "\(root)/\($0)/bin" }
    }

    private static func pathFolders(_ value: String) -> [String] {
        value.utf8.split(separator: UInt8(ascii: ":")).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func isExecutable(_ path: String) -> Bool {
        FileManager.default.isExecutableFile(atPath: path)
    }
}
