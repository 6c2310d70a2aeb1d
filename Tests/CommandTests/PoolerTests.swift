import TestSupport
import Testing

/// A pooler before the server: the same figures, or one line about what is missing.
@Suite(.database, .enabled("PgBouncer is installed") { await Pooler.isAvailable() }) struct PoolerTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
    }

    private func profile(_ mode: Pooler.Mode, size: Int) async throws -> BuiltProduct.Outcome {
        let database = try TestDatabase.current
        let pooler = try Pooler(mode, size: size, before: database.cluster)
        defer { pooler.stop() }
        return try await scratch.lobscope(
            "profile", pooler.conninfo(database: database.name), "--method", "full", "--out",
            "\(mode)-\(size)")
    }

    @Test func aPoolThatIsTooSmallEndsWithThree() async throws {
        try await TestDatabase.current.psql(
            "CREATE TABLE notes (id int PRIMARY KEY, body text); INSERT INTO notes SELECT i, repeat('x', i % 1500) FROM generate_series(1, 60000) i"
        )
        let whole = try await profile(.transaction, size: 3)
        #expect(whole.status == 0, "\(whole.errorOutput)")
        let report = try ReportJSON(try scratch.bytes("transaction-3/report.json"))
        #expect(report.complete && report.table("notes")?.columns.last?.largestBytes == 1499)

        let short = try await profile(.transaction, size: 1)
        #expect(short.status == 3)
        let left = try ReportJSON(try scratch.bytes("transaction-1/report.json"))
        #expect(!left.complete && left.table("notes")?.columns.last?.largestBytes == nil)
        #expect(
            left.unmeasured.contains {
                $0.subject == "public.notes" && $0.reason.contains("too few connections")
            })
        let needed =
            "public.notes: too few connections (3 are needed at a time: 2 that read, and one that holds"
        #expect(short.output.contains(needed), "\(short.output)")
        #expect(try scratch.names("transaction-1").contains("checkpoint.zst"))

        let refused = try await profile(.statement, size: 3)
        #expect(refused.status == 1)
        #expect(
            refused.errorOutput.contains(
                "connection: the pooler refuses transactions (statement pooling)\nhint: connect to the server itself"
            ), "\(refused.errorOutput)")
    }
}
