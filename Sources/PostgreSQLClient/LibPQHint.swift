/// Remedies for what libpq itself reports while connecting.
enum LibPQHint {
    static func remedy(for message: [UInt8]) -> String? {
        entries.first { ConninfoText.contains(message, $0.fragment) }?.remedy
    }

    private static let entries: [(fragment: StaticString, remedy: String)] = [
        ("definition of service", "check PGSERVICEFILE, ~/.pg_service.conf and the name of the service"),
        ("service file", "check PGSERVICEFILE and ~/.pg_service.conf"),
        ("no password supplied", "set PGPASSWORD, or add a line to ~/.pgpass (mode 0600)"),
        ("could not translate host name", "check the host name"),
        ("Connection refused", "check that the server runs there and accepts TCP connections on this port"),
        ("No such file or directory", "no server has its socket there; check host, port and PGHOST"),
        ("certificate", "check sslrootcert, sslmode and the host name in the server's certificate"),
        ("does not support SSL", "the server has no TLS; sslmode asks for it"),
        ("sslmode", "use disable, allow, prefer, require, verify-ca or verify-full"),
        ("No route to host", "check host, routing and firewall"),
        ("Network is unreachable", "check host, routing and firewall"),
        ("timed out", "check host, port and firewall"),
        ("server closed the connection", "check that host and port are those of a PostgreSQL server"),
        ("invalid connection option", "see the parameter key words in the manual of libpq"),
    ]
}
