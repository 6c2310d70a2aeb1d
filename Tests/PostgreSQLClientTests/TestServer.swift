import Foundation
import PostgreSQLClient

/// One private server for all tests of this target; it stops when the test process ends, in any way.
final class TestServer: Sendable {
    static let shared = Result { try TestServer() }

    let folder: String
    let port: Int
    let password = "Canary-Passw0rd-ZQ81"
    private let lifeline: FileHandle

    struct Failure: Error { let reason: String }

    private init() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/lobscope-client-\(getpid())"
        let port = Int.random(in: 20000..<32000)
        self.folder = folder
        self.port = port
        let shell = Process()
        shell.executableURL = URL(fileURLWithPath: "/bin/sh")
        shell.arguments = ["-c", Self.script, "sh", folder, String(port), password]
        let input = Pipe()
        shell.standardInput = input
        shell.standardOutput = FileHandle.nullDevice
        shell.standardError = FileHandle.nullDevice
        try shell.run()
        lifeline = input.fileHandleForWriting
        try waitUntilReady()
    }

    private func waitUntilReady() throws {
        for _ in 0..<300 {
            if FileManager.default.fileExists(atPath: folder + "/ready") { return }
            Thread.sleep(forTimeInterval: 0.1)
        }
        throw Failure(reason: "no PostgreSQL server could be started; is initdb installed?")
    }

    func socketConninfo(database: String = "postgres") -> String {
        "host=\(folder) port=\(port) user=postgres dbname=\(database)"
    }

    func tcpConninfo(port: Int? = nil) -> String {
        "host=127.0.0.1 port=\(port ?? self.port) user=checked password=\(password) dbname=postgres sslmode=disable"
    }

    func connect() throws(PostgreSQLError) -> Connection {
        try Connection(try Conninfo(socketConninfo()), applicationName: "client tests")
    }

    /// The shell waits for the end of its input, which comes when the test process is gone.
    private static let script = """
        folder=$1 port=$2 password=$3
        bin=$(ls -d /usr/lib/postgresql/*/bin "$(dirname "$(command -v initdb || echo /none)")" 2>/dev/null | head -1)
        as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
        umask 077; mkdir "$folder" || exit 1
        [ "$(id -u)" = 0 ] && chown postgres "$folder"
        as "$bin/initdb" -D "$folder/data" -A trust -U postgres -E UTF8 --locale=C -N || exit 1
        printf '%s\\n' 'local all all trust' 'host all all 127.0.0.1/32 scram-sha-256' |
            as tee "$folder/data/pg_hba.conf"
        as "$bin/postgres" -D "$folder/data" -k "$folder" -p "$port" -c listen_addresses=127.0.0.1 -c fsync=off \
            -c max_connections=50 -c logging_collector=on -c log_statement=none &
        pid=$!
        for i in $(seq 100); do "$bin/psql" -h "$folder" -p "$port" -U postgres -c \
            "set password_encryption='scram-sha-256'; create role checked login superuser password '$password'" &&
            touch "$folder/ready" && break; sleep 0.1; done
        cat >/dev/null
        kill -INT $(head -1 "$folder/data/postmaster.pid"); wait $pid; rm -rf "$folder"
        """
}
