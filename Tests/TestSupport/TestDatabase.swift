public import EphemeralPostgreSQL
import Synchronization

/// A fresh database on the shared server, that one test has for itself.
public struct TestDatabase: Sendable {
    /// The database's name.
    public let name: String
    /// The server.
    public let cluster: EphemeralCluster

    /// The database of the running test, which has the trait `.database`.
    @TaskLocal public static var scoped: TestDatabase?

    private static let count = Atomic<Int>(0)

    /// The database of the running test.
    ///
    /// - Throws: ``NoTestDatabase`` in a test without the trait `.database`.
    public static var current: TestDatabase {
        get throws(NoTestDatabase) {
            guard let scoped else { throw NoTestDatabase() }
            return scoped
        }
    }

    /// The keyword string that connects to it as `user` through the private socket.
    public func conninfo(user: String = "postgres") -> String {
        cluster.conninfo(database: name, user: user)
    }

    /// Runs a script by `psql`, the oracle that shares no code with what is tested, and returns its rows.
    @discardableResult
    public func psql(
        _ sql: String, user: String = "postgres", clientEncoding: String = "UTF8"
    ) async throws(ClusterError) -> String {
        try await cluster.psql(sql, database: name, user: user, clientEncoding: clientEncoding)
    }

    /// Runs a script given in bytes, for text that is not UTF-8.
    @discardableResult
    public func psqlBytes(
        _ sql: [UInt8], user: String = "postgres", clientEncoding: String = "UTF8"
    ) async throws(ClusterError) -> [UInt8] {
        try await cluster.psqlBytes(sql, database: name, user: user, clientEncoding: clientEncoding)
    }

    /// Creates a database, runs `body` with it as ``current``, and drops it.
    static func run(
        encoding: String, locale: String, body: () async throws -> Void
    ) async throws {
        let cluster = try await SharedCluster.process.cluster()
        let name = "test_\(count.add(1, ordering: .relaxed).newValue)"
        try await cluster.createDatabase(name, encoding: encoding, locale: locale)
        let result: Result<Void, any Error>
        do {
            result = .success(
                try await $scoped.withValue(TestDatabase(name: name, cluster: cluster), operation: body))
        } catch {
            result = .failure(error)
        }
        try await cluster.dropDatabase(name)
        try result.get()
    }
}

/// A test asked for its database but has no trait `.database`.
public struct NoTestDatabase: Error, CustomStringConvertible {
    public var description: String { "test has no database\nhint: add the trait .database" }
}
