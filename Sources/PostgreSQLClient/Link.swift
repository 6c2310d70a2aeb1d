internal import CLibPQ

/// Where a connection leads, and how it is protected.
public struct Link: Sendable, Equatable {
    /// The host name, address or socket folder, escaped for display.
    public let host: String
    /// The port; 0 if it is not known.
    public let port: Int
    /// The name of the database, escaped for display.
    public let database: String
    /// The name of the user, escaped for display.
    public let user: String
    /// The sslmode in force, for example `prefer`.
    public let sslMode: String
    /// Whether TLS is in use.
    public let isTLS: Bool
    /// Whether GSSAPI encryption, which authenticates the server, is in use.
    public let isGSSEncrypted: Bool
    /// Whether the connection is a Unix socket.
    public let isUnixSocket: Bool
    /// Whether the address is of this machine.
    public let isLoopback: Bool
    /// Whether the way that the password goes proves that the server knows it and has the certificate of this link
    /// (`channel_binding=require`).
    public let requiresChannelBinding: Bool

    init(_ connection: OpaquePointer) {
        let host = unsafe CText.bytes(PQhost(connection))
        let address = unsafe CText.bytes(PQhostaddr(connection))
        self.host = VisibleText.escaping(host)
        port = unsafe Int(VisibleText.escaping(CText.bytes(PQport(connection)))) ?? 0
        database = unsafe CText.visible(PQdb(connection))
        user = unsafe CText.visible(PQuser(connection))
        isTLS = unsafe PQsslInUse(connection) == 1
        isGSSEncrypted = unsafe PQgssEncInUse(connection) == 1
        isUnixSocket = address.isEmpty && (host.first == 0x2F || host.first == 0x40)
        isLoopback = Self.isLoopback(address)
        let options = unsafe ConninfoOptions.effective(connection)
        sslMode = VisibleText.escaping(options.first { $0.keyword == "sslmode" }?.value ?? [])
        requiresChannelBinding =
            options.first { $0.keyword == "channel_binding" }?.value.elementsEqual("require".utf8) ?? false
    }

    /// A link as its facts say, for the rule alone.
    init(
        sslMode: String, isTLS: Bool, address: String, isUnixSocket: Bool = false,
        isGSSEncrypted: Bool = false, requiresChannelBinding: Bool = false
    ) {
        (host, port, database, user) = (address, 5432, "", "")
        (self.sslMode, self.isTLS, self.isGSSEncrypted) = (sslMode, isTLS, isGSSEncrypted)
        self.isUnixSocket = isUnixSocket
        self.requiresChannelBinding = requiresChannelBinding
        isLoopback = Self.isLoopback(Array(address.utf8))
    }

    /// 127.0.0.0/8, the same in an IPv6 socket, or ::1.
    private static func isLoopback(_ address: [UInt8]) -> Bool {
        address.starts(with: "127.".utf8) || address.starts(with: "::ffff:127.".utf8)
            || address.elementsEqual("::1".utf8)
    }

    /// Whether somebody on the way could pose as the server: remote, and the server's certificate not checked.
    public var isUnverifiedRemote: Bool {
        if isUnixSocket || isLoopback || isGSSEncrypted { return false }
        return !(isTLS && (sslMode == "verify-full" || sslMode == "verify-ca" || requiresChannelBinding))
    }
}
