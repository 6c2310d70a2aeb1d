/// Why a connection or a statement failed.
///
/// No case holds a password or a value of a row; texts of the server are escaped.
public enum PostgreSQLError: Error, Sendable, CustomStringConvertible {
    /// The connection string cannot be used; the string itself is never quoted.
    case conninfo(reason: String, hint: String?)
    /// No connection was made; `sqlState` is set where a server refused it.
    case connect(reason: String, hint: String?, sqlState: SQLState?)
    /// The server reported an error.
    case server(ServerError)
    /// The connection was lost, or was already closed.
    case connectionLost(reason: String)
    /// The statement was not done in this time; the connection is closed.
    case deadlineExceeded(Duration)
    /// The value of a column (from 0) is not what was asked for.
    case decoding(column: Int, expected: String)
    /// The server or the caller broke a rule of the protocol.
    case protocolViolation(String)
    /// The task was cancelled.
    case cancelled

    /// The SQLSTATE, where a server gave one.
    public var sqlState: SQLState? {
        switch self {
        case .server(let error): error.sqlState
        case .connect(_, _, let state): state
        default: nil
        }
    }

    /// The same error with the positions in its batch counted from another statement than the first.
    public func counted(from first: Int) -> PostgreSQLError {
        guard first != 0, case .server(let error) = self else { return self }
        return .server(error.counted(from: first))
    }

    /// Whether the connection that threw this cannot be used any more, and a new one may work.
    public var isConnectionLost: Bool {
        switch self {
        case .connectionLost, .deadlineExceeded: true
        case .server(let error): error.severity != .error || error.sqlState.sqlClass == "08"
        default: false
        }
    }

    /// Whether no connection came about; of a server that was just there, that may pass.
    public var isRefusedConnection: Bool {
        if case .connect = self { true } else { false }
    }

    /// What went wrong in one line; a remedy follows on a line of its own that starts with `hint:`.
    public var description: String {
        switch self {
        case .conninfo(let reason, let hint), .connect(let reason, let hint, _):
            hint.map { "\(reason)\nhint: \($0)" } ?? reason
        case .server(let error): error.description
        case .connectionLost(let reason): "connection to the server was lost: \(reason)"
        case .deadlineExceeded(let limit): "no answer from the server within \(limit)"
        case .decoding(let column, let expected): "column \(column) of the result is not \(expected)"
        case .protocolViolation(let what): "unexpected answer from the server: \(what)"
        case .cancelled: "cancelled"
        }
    }
}
