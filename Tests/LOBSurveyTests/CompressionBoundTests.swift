import LOBProfile
import LOBSurvey
import SizeStatistics
import TestSupport
import Testing

/// What a stored size proves, and what it does not: PostgreSQL's real compression, and an adversary's table.
@Suite(.database) struct CompressionBoundTests {
    /// The most compressible values there are: one byte, repeated.
    @Test(arguments: [("pglz", 87.0, 88.0), ("lz4", 250, 256)])
    func noValueExpandsMoreThanItsBound(compression: String, least: Double, most: Double) async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE t (j json COMPRESSION \(compression));
            INSERT INTO t SELECT to_json(repeat(c, n)) FROM unnest('{a,ab,abc,abcdefgh," "}'::text[]) c,
                unnest('{3000,30000,300000,3000000,30000000}'::int[]) n;
            INSERT INTO t SELECT to_json(repeat(repeat('a', 270) || 'b', 30000));
            """)
        let answer = try await database.psql(
            "SELECT max(octet_length(j::text)::float8 / pg_column_size(j)), count(*) FROM t "
                + "WHERE pg_column_compression(j) = '\(compression)'")
        let parts = answer.split(separator: "|").compactMap { Double($0) }
        #expect(parts[1] == 26)
        #expect(parts[0] > least && parts[0] <= most, "\(parts[0])")
    }

    private func twoPhase(_ table: String) async throws -> (ColumnProfile, TableProfile, Profile) {
        let profile = try await profileOfCurrent(plan: PlanOptions(exactSeconds: 0))
        let measured = try #require(profile.table(table))
        return (try #require(measured.columns.first), measured, profile)
    }

    /// One document in a thousand compresses 80 times better than the others and is the largest, though it is stored
    /// small: the report must not be certain of a limit that such a document breaks.
    @Test(arguments: ["jsonb", "json"])
    func anAdversarysTableIsReportedWithTheAssumptionItBreaks(type: String) async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE documents (j \(type) COMPRESSION pglz);
            INSERT INTO documents
            SELECT CASE WHEN i % 1000 = 7 THEN to_json(repeat('x', 60000))
                        ELSE to_json((SELECT string_agg(md5(i::text || g::text), '') FROM generate_series(1, 80) g)) END::\(type)
              FROM generate_series(1, 20000) i;
            ANALYZE documents;
            """)
        let (column, table, profile) = try await twoPhase("documents")
        let estimate = ColumnEstimator(profile).estimate(column, of: table)
        let largest = try #require(
            Int64(try await database.psql("SELECT max(octet_length(j::text)) FROM documents")))
        let limit = try #require(estimate.limit)
        if limit.bytes < largest {
            #expect(estimate.coverage == .sampled, "what an adversary breaks is not proven")
            #expect(estimate.statement.contains("compresses far better than all seen ones"))
            #expect(try #require(estimate.risk(above: limit)) >= 0.02)
        }
        if type == "json" {
            // The stored size of what was not read proves this much, whatever the documents are.
            let strata = try #require(column.measurement?.strata)
            let bound = try #require(
                TwoPhaseEstimate(strata, expansion: TwoPhaseEstimate.lz4Expansion).strictBound)
            #expect(bound.bytes >= largest)
            #expect(estimate.risk(above: bound) == 0)
        } else {
            #expect(try #require(estimate.risk(above: ByteCount(1 << 29))) >= 0.02, "nothing bounds jsonb")
        }
    }
}
