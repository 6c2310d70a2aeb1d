#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The folder of one server: its data, its socket and its log, private to the user that runs it.
struct ServerFolder: Sendable {
    let path: String
    let binaries: ServerBinaries
    let identity: Identity?

    var data: String { path + "/data" }
    var log: String { path + "/server.log" }

    /// Bytes that a path may have so that the socket's name after it fits `sockaddr_un` everywhere.
    static let longestPath = 89

    /// Makes the folder, mode 0700, in `TMPDIR` or, where that is too long or belongs to root, in `/tmp`.
    static func create(
        binaries: ServerBinaries, identity: Identity?
    ) async throws(ClusterError) -> ServerFolder {
        var parent = "/tmp"
        if identity == nil, let chosen = ProcessInfo.processInfo.environment["TMPDIR"], chosen.hasPrefix("/"),
            chosen.utf8.count + "/lobscope-pg.XXXXXX".utf8.count <= longestPath
        {
            parent = chosen
        }
        // The real path, because a postmaster's working directory is compared with it.
        let script = #"umask 077 && cd "$1" && d=$(mktemp -d "$(pwd -P)/lobscope-pg.XXXXXX") && echo "$d""#
        let made = try await Command(
            program: "sh", arguments: ["-c", script, "sh", parent], directory: binaries.directory,
            identity: identity
        ).run().text
        guard made.hasPrefix("/"), made.utf8.count <= longestPath else { throw .unusableFolder(made) }
        return ServerFolder(path: made, binaries: binaries, identity: identity)
    }

    /// A command that runs as the server's user, with the folder as its home.
    func command(_ program: String, _ arguments: [String]) -> Command {
        Command(
            program: program, arguments: arguments, directory: binaries.directory, identity: identity,
            environment: ["HOME": path])
    }

    /// Appends bytes to a file, which the server's user then owns.
    func append(_ bytes: [UInt8], to file: String) async throws(ClusterError) {
        try await command("sh", ["-c", #"umask 077 && cat >>"$1""#, "sh", file]).run(input: bytes)
    }

    /// The first line of this data directory's `postmaster.pid`, or nil when no server runs.
    func postmasterPID() -> Int32? {
        guard let bytes = FileManager.default.contents(atPath: data + "/postmaster.pid") else { return nil }
        return bytes.split(separator: UInt8(ascii: "\n")).first.flatMap {
            Int32(String(decoding: $0, as: UTF8.self))
        }
    }

    /// The last 2000 bytes of the server's log.
    func endOfLog() -> String {
        Array((FileManager.default.contents(atPath: log) ?? Data()).suffix(2000)).text
    }
}
