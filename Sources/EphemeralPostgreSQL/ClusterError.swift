/// Why a throw-away server could not be found, started or used.
public enum ClusterError: Error, Sendable, Equatable {
    /// No directory with all of the server's programs; `searched` lists where they were looked for.
    case serverNotFound(searched: [String])
    /// The process is root, and there is neither a user `postgres` nor `nobody` to run the server as.
    case noUnprivilegedUser
    /// A program could not be started at all.
    case notRun(program: String, reason: String)
    /// A program ended with a status other than 0; `message` is what it wrote to standard error.
    case failed(program: String, status: Int32, message: String)
    /// The server did not start; `log` is the end of its log.
    case notStarted(log: String)
    /// A setting's name is not one that a configuration file can hold.
    case invalidSetting(String)
    /// The folder for the server could not be made, or its path is too long for a socket.
    case unusableFolder(String)
    /// An answer was not what was asked for.
    case unexpectedAnswer(String)
}

extension ClusterError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .serverNotFound(let searched):
            """
            PostgreSQL server programs not found in \(searched.joined(separator: ", "))
            hint: apt-get install postgresql, or set LOBSCOPE_PG_BIN to the folder that holds initdb
            """
        case .noUnprivilegedUser:
            """
            user "postgres" or "nobody" does not exist, and PostgreSQL does not run as root
            hint: run as another user
            """
        case .notRun(let program, let reason): "\"\(program)\" could not be run: \(reason)"
        case .failed(let program, let status, let message):
            "\"\(program)\" failed with status \(status): \(message)"
        case .notStarted(let log): "\"postgres\" did not start: \(log)"
        case .invalidSetting(let name): "\"\(name)\" is not the name of a setting"
        case .unusableFolder(let path): "\"\(path)\" cannot hold a server"
        case .unexpectedAnswer(let answer): "\"\(answer)\" was not expected"
        }
    }
}
