public import Testing

/// Gives each test a database of its own, ``TestDatabase/current``, and drops it afterwards.
///
/// Without PostgreSQL on the machine such a test is skipped and says so; with `CI=true` it fails.
public struct DatabaseTrait: TestTrait, SuiteTrait, TestScoping {
    let encoding: String
    let locale: String

    public var isRecursive: Bool { true }

    public func prepare(for test: Test) async throws {
        try await ConditionTrait.enabled("PostgreSQL server programs are installed") {
            await SharedCluster.isAvailable()
        }.prepare(for: test)
    }

    public func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        try await TestDatabase.run(encoding: encoding, locale: locale, body: function)
    }
}

extension Trait where Self == DatabaseTrait {
    /// A fresh UTF8 database with the C locale for each test.
    public static var database: DatabaseTrait { .database() }

    /// A fresh database from `template0` with a server encoding such as `LATIN1`, `EUC_JP` or `SQL_ASCII`.
    public static func database(encoding: String = "UTF8", locale: String = "C") -> DatabaseTrait {
        DatabaseTrait(encoding: encoding, locale: locale)
    }
}
