import LOBAdvice
import LOBReports
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

    /// The catalog's setting is for new values: what counts is how the values that are there were compressed.
    @Test func pglzIsTakenForTheBoundOnlyWhereNoValueIsCompressedByLZ4() async throws {
        let database = try TestDatabase.current
        let documents =
            "SELECT i, to_json(repeat(md5(i::text), 200)), jsonb_build_array(i), repeat('n', i % 50) "
            + "FROM generate_series(1, 24000) i"
        try await database.psql(
            """
            CREATE TABLE old (id int PRIMARY KEY, j json COMPRESSION pglz, b jsonb, note text);
            INSERT INTO old \(documents);
            CREATE TABLE one (LIKE old INCLUDING ALL);
            INSERT INTO one SELECT * FROM old;
            ALTER TABLE one ALTER j SET COMPRESSION lz4;
            INSERT INTO one SELECT 24001, to_json(repeat('x', 9000)), '1', '';
            ALTER TABLE one ALTER j SET COMPRESSION pglz;
            ANALYZE;
            """)
        for jobs in [1, 3] {
            let profile = try await profileOfCurrent(plan: PlanOptions(exactSeconds: 0), jobs: jobs)
            for (name, usesLZ4) in [("old", false), ("one", true)] {
                let table = try #require(profile.table(name))
                let json = try #require(table.measurement("j"))
                #expect(json.method == .twoPhase)
                #expect(json.usesLZ4 == usesLZ4)
                #expect(table.measurement("b")?.usesLZ4 == nil)
                let column = try #require(table.columns.first { $0.column.name == Identifier("j") })
                let statement = ColumnEstimator(profile).estimate(column, of: table).statement
                #expect(
                    statement.contains("more than \(usesLZ4 ? 256 : 88) times smaller"), "\(statement)")
            }
        }
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
