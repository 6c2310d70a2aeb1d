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
        isLoopback = address.starts(with: "127.".utf8) || address.elementsEqual("::1".utf8)
        let mode = unsafe ConninfoOptions.effective(connection).first { $0.keyword == "sslmode" }
        sslMode = VisibleText.escaping(mode?.value ?? [])
    }

    /// Whether somebody on the way could pose as the server: remote, and the server's certificate not checked.
    public var isUnverifiedRemote: Bool {
        if isUnixSocket || isLoopback || isGSSEncrypted { return false }
        return !(isTLS && (sslMode == "verify-full" || sslMode == "verify-ca"))
    }
}
