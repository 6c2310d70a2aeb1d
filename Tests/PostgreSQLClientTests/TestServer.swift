import EphemeralPostgreSQL
import PostgreSQLClient

/// The one server of this target's tests: on its socket for everyone, on the loopback address with a password.
struct TestServer: Sendable {
    struct Failure: Error { let reason: String }

    private static let starting = Task {
        try await EphemeralCluster.start(settings: ["max_connections": "60"], listenOnLoopback: true)
    }

    let folder: String
    let port: Int
    let password: String

    /// Starts the server if this is the first test that asks.
    static func shared() async throws -> TestServer {
        let cluster = try await starting.value
        guard let password = cluster.password else { throw Failure(reason: "server does not listen") }
        return TestServer(folder: cluster.socketDirectory, port: cluster.port, password: password)
    }

    func socketConninfo(database: String = "postgres") -> String {
        "host=\(folder) port=\(port) user=postgres dbname=\(database)"
    }

    func tcpConninfo(port: Int? = nil, password: String? = nil) -> String {
        "host=127.0.0.1 port=\(port ?? self.port) user=postgres password=\(password ?? self.password) "
            + "dbname=postgres sslmode=disable"
    }

    func connect() throws(PostgreSQLError) -> Connection {
        try Connection(try Conninfo(socketConninfo()), applicationName: "client tests")
    }
}
