/// An error that the server reported for a statement.
///
/// DETAIL, CONTEXT, HINT, the internal query and the statement are never read from the server's answer: they
/// quote row contents. The primary message is kept only for classes that name objects and conditions.
public struct ServerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// How bad an error is, in the server's own, never translated, word.
    public enum Severity: String, Sendable {
        /// The statement failed.
        case error = "ERROR"
        /// The session ended.
        case fatal = "FATAL"
        /// All sessions ended.
        case panic = "PANIC"
    }

    /// The severity, from the field that servers never translate.
    public let severity: Severity
    /// The kind of error.
    public let sqlState: SQLState
    /// The server's primary message, escaped and at most 8 KiB, or our own words for the SQLSTATE.
    public let message: String
    /// The position of the statement in its batch, from 0; nil outside of a batch.
    public private(set) var statementIndex: Int?

    /// Keeps the message of the server only if its class cannot quote a value.
    ///
    /// - Parameter serverMessage: the bytes of the primary message as they came from the server.
    public init(severity: Severity, sqlState: SQLState, serverMessage: [UInt8]?, statementIndex: Int? = nil) {
        self.severity = severity
        self.sqlState = sqlState
        self.statementIndex = statementIndex
        if let serverMessage, sqlState.mayShowServerMessage {
            message = VisibleText.escaping(serverMessage)
        } else {
            message = sqlState.meaning
        }
    }

    /// The same error with positions counted from another statement than the first.
    ///
    /// - Parameter first: the position of the statement that is number 0; those before it have numbers below.
    public func counted(from first: Int) -> ServerError {
        var error = self
        error.statementIndex = statementIndex.map { $0 - first }
        return error
    }

    /// The severity, the code and the message on one line.
    public var description: String { "server reported \(severity.rawValue) \(sqlState): \(message)" }
}
