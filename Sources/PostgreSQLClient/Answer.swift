internal import CLibPQ

/// One result that libpq handed out; cleared when it goes out of scope.
@safe struct Answer: ~Copyable {
    let handle: OpaquePointer

    init(_ handle: OpaquePointer) { unsafe self.handle = unsafe handle }

    deinit { unsafe PQclear(handle) }

    var status: ExecStatusType { unsafe PQresultStatus(handle) }

    /// How many rows the server says it sent; nil if the command does not say.
    var announcedRows: UInt64? {
        let tag = unsafe CText.bytes(PQcmdStatus(handle))
        guard tag.starts(with: "SELECT ".utf8) || tag.starts(with: "COPY ".utf8) else { return nil }
        return UInt64(VisibleText.escaping(unsafe CText.bytes(PQcmdTuples(handle))))
    }

    /// The error that this answer is, without any field that quotes a statement or a row.
    func error(statement: Int?, connectionIsBad: Bool) -> PostgreSQLError {
        if let state = SQLState(field(.sqlState)) {
            let severity = VisibleText.escaping(field(.severity))
            return .server(
                ServerError(
                    severity: ServerError.Severity(rawValue: severity) ?? .error, sqlState: state,
                    serverMessage: field(.message), statementIndex: statement))
        }
        let message = unsafe CText.bytes(PQresultErrorMessage(handle))
        if connectionIsBad { return .connectionLost(reason: LostReason.text(from: message)) }
        return .protocolViolation(LostReason.text(from: message, otherwise: "error without an SQLSTATE"))
    }

    private enum Field: Unicode.Scalar {
        case severity = "V"
        case sqlState = "C"
        case message = "M"
    }

    private func field(_ field: Field) -> [UInt8] {
        unsafe CText.bytes(PQresultErrorField(handle, Int32(field.rawValue.value)))
    }
}

/// Why libpq lost a connection, in our own words: its message may repeat an error of the server with values in it.
enum LostReason {
    static func text(from message: [UInt8], otherwise: String = "libpq reported an error") -> String {
        entries.first { ConninfoText.contains(message, $0.fragment) }?.reason ?? otherwise
    }

    private static let entries: [(fragment: StaticString, reason: String)] = [
        ("server closed the connection unexpectedly", "the server closed it"),
        ("Connection timed out", "the link is dead: the server's host does not answer"),
        ("Connection reset by peer", "it was reset by the server or the network"),
        ("Broken pipe", "it was closed by the server or the network"),
        ("No route to host", "no route to the server's host"),
        ("lost synchronization", "the stream from the server is damaged"),
        ("unexpected response", "the stream from the server is damaged"),
        ("insufficient data", "the stream from the server is damaged"),
        ("message contents do not agree", "the stream from the server is damaged"),
        ("SSL", "TLS reported an error"),
        ("out of memory", "libpq has no memory"),
    ]
}
