internal import CLibPQ

/// Why no connection was made, told without secrets and with a remedy.
struct ConnectFailure {
    private let message: [UInt8]
    private let timeout: Duration?

    /// Reads libpq's message and takes every known secret out of it.
    init(_ connection: OpaquePointer, _ settings: SessionSettings, timedOut: Bool = false) {
        var secrets = settings.secrets
        unsafe secrets.append(CText.bytes(PQpass(connection)))
        message = unsafe Self.scrubbed(CText.bytes(PQerrorMessage(connection)), of: secrets)
        timeout = timedOut ? settings.timeout : nil
    }

    init(message: [UInt8], secrets: [[UInt8]] = [], timeout: Duration? = nil) {
        self.message = Self.scrubbed(message, of: secrets)
        self.timeout = timeout
    }

    /// Short secrets are left: replacing every `a` would show that the password is `a`.
    private static func scrubbed(_ message: [UInt8], of secrets: [[UInt8]]) -> [UInt8] {
        var message = message
        for secret in secrets where secret.count >= 6 {
            message = ByteSearch.replacing(secret, in: message, with: Array("********".utf8))
        }
        return message
    }

    var error: PostgreSQLError {
        if let timeout {
            return .connect(
                reason: "server did not answer within \(timeout)" + (place.map { ": " + $0 } ?? ""),
                hint: "check host, port and firewall, or raise connect_timeout", sqlState: nil)
        }
        if let refusal = ServerRefusal(message) {
            let text = "unverified server text: \"\(VisibleText.escaping(refusal.text))\""
            let what = "server refused the connection with \(refusal.sqlState)"
            return .connect(
                reason: [place, "\(what) (\(text))"].compactMap(\.self).joined(separator: ": "),
                hint: refusal.hint, sqlState: refusal.sqlState)
        }
        return .connect(
            reason: VisibleText.escaping(firstLine), hint: LibPQHint.remedy(for: message), sqlState: nil)
    }

    private var firstLine: [UInt8] {
        let line = Array(message.prefix { $0 != 0x0A })
        return line.isEmpty ? Array("connection failed".utf8) : line
    }

    /// `connection to server at "…" (…), port …`, which libpq puts first.
    private var place: String? {
        guard message.starts(with: "connection to server".utf8) else { return nil }
        return ByteSearch.first(Array(" failed: ".utf8), in: message).map {
            VisibleText.escaping(Array(message[..<$0]))
        }
    }
}

/// The server's part of a failed connection: `FATAL:  28P01: password authentication failed …`.
private struct ServerRefusal {
    let sqlState: SQLState
    /// The primary message alone; DETAIL and LOCATION are on later lines.
    let text: [UInt8]

    init?(_ message: [UInt8]) {
        var start = 0
        while let found = ByteSearch.first([0x3A, 0x20, 0x20], in: message, from: start) {
            start = found + 3
            guard message.count >= start + 7, let state = SQLState(message[start..<start + 5]) else {
                continue
            }
            guard message[start + 5] == 0x3A, message[start + 6] == 0x20 else { continue }
            sqlState = state
            text = Array(message[(start + 7)...].prefix { $0 != 0x0A })
            return
        }
        return nil
    }

    var hint: String? {
        switch sqlState {
        case .invalidPassword:
            "check the password in PGPASSWORD, ~/.pgpass or the service file, and the user name"
        case .invalidAuthorization: "check user, database and TLS against pg_hba.conf on the server"
        case .undefinedDatabase:
            "check the name of the database; without one, libpq takes the name of the user"
        case .tooManyConnections: "wait for connections to end, or ask for a higher max_connections"
        case .cannotConnectNow: "the server is starting or shutting down; try again"
        case .insufficientPrivilege:
            "GRANT CONNECT ON DATABASE ... TO this role, as the owner of the database"
        case .objectNotInPrerequisiteState: "choose another database: this one takes no connections"
        default: nil
        }
    }
}
