/// `psql` on one server, without start-up file, alignment or headers; the first error ends it.
struct Psql {
    let folder: ServerFolder
    let port: Int
    var database = "postgres"
    var user = "postgres"
    var clientEncoding = "UTF8"

    func run(_ sql: [UInt8]) async throws(ClusterError) -> [UInt8] {
        try await command.run(input: sql)
    }

    func run(
        writing body: (InputWriter) async throws(ClusterError) -> Void
    ) async throws(ClusterError) -> [UInt8] {
        try await command.run(writing: body)
    }

    private var command: Command {
        let conninfo = Conninfo.string([
            "host": folder.path, "port": String(port), "dbname": database, "user": user,
        ])
        return Command(
            program: "psql", arguments: ["-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-d", conninfo],
            directory: folder.binaries.directory, identity: folder.identity,
            environment: ["HOME": folder.path, "PGCLIENTENCODING": clientEncoding])
    }
}

extension EphemeralCluster {
    /// Runs SQL by `psql`, which reads it as a script: several statements, COPY data and `\` commands work.
    ///
    /// - Parameters:
    ///   - sql: The script.
    ///   - clientEncoding: The encoding of the script and of the answer.
    /// - Returns: The rows, unaligned and without headers, without the last line end.
    /// - Throws: ``ClusterError/failed(program:status:message:)`` at the first error, with psql's message.
    @discardableResult
    public func psql(
        _ sql: String, database: String = "postgres", user: String = "postgres",
        clientEncoding: String = "UTF8"
    ) async throws(ClusterError) -> String {
        try await psqlBytes(
            Array(sql.utf8), database: database, user: user, clientEncoding: clientEncoding
        ).text
    }

    /// Runs a script given in bytes and returns the bytes that psql wrote, with the last line end.
    @discardableResult
    public func psqlBytes(
        _ sql: [UInt8], database: String = "postgres", user: String = "postgres",
        clientEncoding: String = "UTF8"
    ) async throws(ClusterError) -> [UInt8] {
        try await Psql(
            folder: folder, port: port, database: database, user: user, clientEncoding: clientEncoding
        ).run(sql)
    }

    /// Runs a script that `body` writes piece by piece, such as COPY data of any length.
    @discardableResult
    public func psql(
        database: String, user: String = "postgres",
        writing body: (InputWriter) async throws(ClusterError) -> Void
    ) async throws(ClusterError) -> String {
        try await Psql(folder: folder, port: port, database: database, user: user).run(writing: body).text
    }

    /// Creates a database from `template0`.
    ///
    /// - Parameters:
    ///   - name: The name as it is, quoted here.
    ///   - encoding: The server encoding, such as `LATIN1` or `SQL_ASCII`.
    ///   - locale: The libc locale; it must fit the encoding, as `C` always does.
    public func createDatabase(
        _ name: String, encoding: String = "UTF8", locale: String = "C"
    ) async throws(ClusterError) {
        let statement =
            SQLText.quoted(name, by: "\"", after: "CREATE DATABASE ")
            + SQLText.quoted(encoding, by: "'", after: " TEMPLATE template0 ENCODING ")
            + SQLText.quoted(locale, by: "'", after: " LC_COLLATE ")
            + SQLText.quoted(locale, by: "'", after: " LC_CTYPE ")
        try await psqlBytes(statement)
    }

    /// Drops a database, disconnecting its sessions; one that does not exist is no error.
    public func dropDatabase(_ name: String) async throws(ClusterError) {
        let force = serverVersion >= 130_000 ? Array(" WITH (FORCE)".utf8) : []
        try await psqlBytes(SQLText.quoted(name, by: "\"", after: "DROP DATABASE IF EXISTS ") + force)
    }
}

/// Names and strings in SQL, by bytes.
enum SQLText {
    /// `prefix`, then `text` in quotes with each quote in it doubled.
    static func quoted(_ text: String, by quote: Unicode.Scalar, after prefix: String) -> [UInt8] {
        let mark = UInt8(ascii: quote)
        return Array(prefix.utf8) + [mark] + text.utf8.flatMap { $0 == mark ? [mark, mark] : [$0] } + [mark]
    }
}
