import EphemeralPostgreSQL
import Foundation
import PostgreSQLClient

/// The server, the binary and the sizes that all comparisons share.
struct Bench {
    let server: EphemeralCluster
    let lobscope: String
    let scale: Double
    let repeats: Int

    /// Everything fits into memory, and queries run on one core without JIT: both sides do.
    static let settings = [
        "shared_buffers": "1GB", "jit": "off", "max_parallel_workers_per_gather": "0",
        "log_line_prefix": "%a|%n|", "max_locks_per_transaction": "1024", "max_wal_size": "16GB",
        "wal_level": "minimal", "max_wal_senders": "0",
    ]

    /// So many rows, at least 1,000, for the chosen scale.
    func scaled(_ count: Int) -> Int { max(1000, Int(Double(count) * scale)) }

    /// What the report says of the server.
    func facts() async throws -> String {
        try await server.psql("SHOW server_version")
    }

    /// Creates a database and fills it by a script; every visible row gets its hint bits.
    func create(_ database: String, _ script: String) async throws {
        note("creating \(database)")
        try await server.createDatabase(database)
        try await server.psql(script, database: database)
        try await server.psql("VACUUM (FREEZE, ANALYZE); CHECKPOINT", database: database)
    }

    /// Lets the server log how long each statement in a database takes.
    func log(statementsIn database: String) async throws {
        try await server.psql("ALTER DATABASE \(database) SET log_min_duration_statement = 0")
    }

    /// Runs a query over a connection that is open and warm, and returns its time in milliseconds.
    func query(_ connection: inout Connection, _ sql: SQL) throws -> Double {
        let start = ContinuousClock.now
        try connection.execute(sql)
        return (ContinuousClock.now - start) / .milliseconds(1)
    }

    /// A connection for hand-written SQL.
    func connection(_ database: String) throws -> Connection {
        try Connection(Conninfo(server.conninfo(database: database)), applicationName: "baseline")
    }

    /// Profiles a database in a process of its own, start-up and report included.
    ///
    /// - Parameter isKept: whether its folder stays until ``LobscopeRun/remove()``.
    func profile(
        _ database: String, _ arguments: [String], keeping isKept: Bool = false
    ) async throws -> LobscopeRun {
        let run = try await LobscopeRun.profile(
            lobscope, [server.conninfo(database: database)] + arguments,
            postmaster: server.postmasterPID ?? 0)
        if !isKept { run.remove() }
        return run
    }

    /// Runs both sides in turns and leaves the first pair out.
    func interleave(
        repeats: Int? = nil, _ ours: () async throws -> Double, _ theirs: () async throws -> Double
    ) async throws -> Pairs {
        var pairs = Pairs()
        for turn in 0...(repeats ?? self.repeats) {
            let (mine, other) = (try await ours(), try await theirs())
            if turn > 0 { pairs.add(ours: mine, theirs: other) }
        }
        return pairs
    }

    /// What PostgreSQL itself takes for the same answer, by a statement that a person could write, against the same query as
    /// lobscope.
    func byHand(
        _ row: Int, _ what: String, _ statement: SQL, against words: String, _ query: SQL, in database: String
    ) async throws -> Measured {
        note("row \(row): by hand")
        var connection = try connection(database)
        var other = try self.connection(database)
        let pairs = try await interleave(repeats: min(repeats, 3)) {
            try self.query(&connection, statement)
        } _: {
            try self.query(&other, query)
        }
        return Measured(row, "by hand: \(what)", against: words, pairs, atMost: .infinity)
    }

    /// Tells the person who waits.
    func note(_ text: String) {
        FileHandle.standardError.write(Data("bench: \(text)\n".utf8))
    }
}
