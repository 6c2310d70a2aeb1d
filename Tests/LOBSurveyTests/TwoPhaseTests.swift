import LOBAdvice
import LOBSurvey
import SizeStatistics
import TestSupport
import Testing

/// Columns whose text must be made, measured by the stored size of every row and the text of some.
@Suite(.database) struct TwoPhaseTests {
    private static let documents = """
        CREATE TABLE documents (id int PRIMARY KEY, body jsonb, raw json, note text);
        INSERT INTO documents
        SELECT i, CASE WHEN i % 11 = 0 THEN NULL ELSE jsonb_build_object('k', repeat(md5(i::text), i % 40 + 1),
                 'big', CASE WHEN i % 997 = 0 THEN repeat(md5((i * 7)::text) || i, 3000) END) END,
               json_build_object('r', repeat(md5(i::text), i % 30)), repeat('n', i % 100)
          FROM generate_series(1, 8000) i;
        ANALYZE documents;
        """

    private func profile(jobs: Int = 2, seed: Int64 = 1) async throws -> TableProfile {
        let options = PlanOptions(
            method: .auto, sample: SampleDesign(method: .system, percent: 5, seed: seed), exactSeconds: 0)
        return try #require(try await profileOfCurrent(plan: options, jobs: jobs).table("documents"))
    }

    @Test(arguments: [1, 3]) func theLargestValueIsFoundAndEveryRowIsCounted(jobs: Int) async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.documents)
        let table = try await profile(jobs: jobs)
        for name in ["body", "raw"] {
            let measurement = try #require(table.measurement(name))
            let strata = try #require(measurement.strata)
            #expect(measurement.method == .twoPhase)
            let oracle = try await database.psql(
                """
                SELECT count(\(name)), count(*) - count(\(name)), max(octet_length(\(name)::text)),
                       max(pg_column_size(\(name))) FROM documents
                """)
            let stored = try #require(strata.strata.last?.stored.buckets.last)
            let largestStored = try #require(Int64(oracle.split(separator: "|").last?.dropLast(0) ?? ""))
            #expect(
                oracle.utf8.starts(
                    with:
                        "\(strata.rows)|\(measurement.distribution.nulls)|\(measurement.distribution.largest?.bytes ?? -1)|"
                        .utf8))
            #expect(stored.lower.bytes < largestStored && largestStored <= stored.upper.bytes)
            #expect(strata.randomRows >= 300)
        }
        #expect(table.measurement("note")?.method == .full)
        #expect(table.rows == .init(count: 8000, isExact: true))
    }

    @Test func theSameSeedReadsTheSameRows() async throws {
        try await TestDatabase.current.psql(Self.documents)
        let first = try await profile(jobs: 1, seed: 7)
        let again = try await profile(jobs: 3, seed: 7)
        let other = try await profile(jobs: 1, seed: 8)
        #expect(first.measurement("body")?.strata == again.measurement("body")?.strata)
        #expect(first.measurement("body")?.strata != other.measurement("body")?.strata)
    }

    @Test func theEstimateNamesItsAssumption() async throws {
        try await TestDatabase.current.psql(Self.documents)
        let table = try await profile()
        let column = try #require(table.columns.first { $0.column.name == Identifier("body") })
        let estimate = ColumnEstimator(policy: Policy()).estimate(column, of: table)
        #expect(estimate.coverage == .sampled)
        #expect(estimate.statement.utf8.count > 0 && estimate.statement.contains("compresses far better"))
        let largest = try #require(estimate.largest)
        let limit = try #require(estimate.limit)
        #expect(limit >= largest && limit.bytes <= 2 * largest.bytes)
        #expect((estimate.risk(above: limit) ?? 1) <= 0.05)
    }
}
