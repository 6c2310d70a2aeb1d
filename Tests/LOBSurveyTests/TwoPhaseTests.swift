import LOBAdvice
import LOBReports
import LOBSurvey
import PostgreSQLClient
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

    /// One value in 2,000 is stored small and is by far the largest: it is found because all compressed values are read.
    @Test(arguments: 1...6) func aRareValueThatCompressesIsFoundWithEverySeed(seed: Int64) async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE documents (id int PRIMARY KEY, body jsonb);
            INSERT INTO documents
            SELECT i, CASE WHEN i % 2000 = 77 THEN jsonb_build_object('x', repeat('y', 60000 + i))
                           ELSE jsonb_build_object('k', (SELECT string_agg(md5(i::text || g), '') FROM generate_series(1, 1 + i % 40) g)) END
              FROM generate_series(1, 40000) i;
            ANALYZE documents;
            """)
        let table = try await profile(seed: seed)
        let measurement = try #require(table.measurement("body"))
        let strata = try #require(measurement.strata)
        let oracle = try await database.psql(
            "SELECT count(*) FILTER (WHERE pg_column_compression(body) IS NOT NULL), max(octet_length(body::text)) FROM documents"
        ).split(separator: "|").compactMap { Int($0) }
        let compressed = strata.strata.filter { $0.isCompressed == true }
        #expect(measurement.method == .twoPhase && strata.tellsCompression)
        #expect(compressed.reduce(0) { $0 + $1.stored.count } == oracle[0])
        #expect(compressed.reduce(0) { $0 + $1.measured.count } == oracle[0])
        #expect(measurement.distribution.largest?.bytes == Int64(oracle[1]))
        let column = try #require(table.columns.last)
        let estimate = ColumnEstimator(policy: Policy()).estimate(column, of: table)
        #expect(estimate.statement.contains("all \(oracle[0]) that are compressed"))
        #expect(estimate.statement.contains("longer than what is stored without compression"))
        #expect(try #require(estimate.limit).bytes <= Int64(oracle[1]) * 5 / 4)
    }

    /// A number with a large exponent is stored in a few bytes and printed in many: nothing but reading it tells, and the report
    /// says so.
    @Test func aNumberWithALargeExponentIsWhatTheAssumptionIsAbout() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE documents (id int PRIMARY KEY, body jsonb);
            INSERT INTO documents
            SELECT i, CASE WHEN i = 777 THEN '{"n": 1e100000}' ELSE jsonb_build_object('k', md5(i::text) || md5((i * 3)::text)) END
              FROM generate_series(1, 20000) i;
            ANALYZE documents;
            """)
        let table = try await profile()
        let column = try #require(table.columns.last)
        let estimate = ColumnEstimator(policy: Policy()).estimate(column, of: table)
        #expect(column.measurement?.method == .twoPhase && estimate.coverage == .sampled)
        #expect(estimate.statement.contains("numbers with large exponents"))
        #expect((try #require(estimate.risk(above: ByteCount(100_010)))) >= 0.02)
    }

    /// The same catalog speaks of values that are read in a moment and of others that take long: some blocks tell them apart.
    @Test func someBlocksTellWhatReadingAllTakes() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE plain (id int PRIMARY KEY, body jsonb); ALTER TABLE plain ALTER body SET STORAGE external;
            INSERT INTO plain SELECT i, jsonb_build_object('k', (SELECT string_agg(md5((i * g)::text), '') FROM generate_series(1, 40) g)) FROM generate_series(1, 30000) i;
            CREATE TABLE packed (id int PRIMARY KEY, body jsonb);
            INSERT INTO packed SELECT i, jsonb_build_object('k', repeat('abc', 50000)) FROM generate_series(1, 6000) i;
            ANALYZE;
            """)
        let blocks = try await database.psql(
            "SELECT relname, relpages FROM pg_class WHERE relname IN ('plain', 'packed') ORDER BY 1")
        #expect(
            blocks.split(separator: "\n").allSatisfy { (Int($0.split(separator: "|")[1]) ?? 0) > 1000 },
            "\(blocks)")
        let plan = PlanOptions(exactSeconds: 0.35)
        for probes in [true, false] {
            let options = SurveyOptions(plan: plan, probes: probes)
            let preview = try Survey(try Conninfo(database.conninfo()), options: options).preview()
            let plain = try #require(
                preview.plan.tables.first { $0.relation.name.name == Identifier("plain") })
            let range = plain.price.range
            // How long they took depends on what else the machine does: what was seen of it is that they were read.
            #expect((range.upperBound < 3 * range.lowerBound) == probes, "\(range)")
            if !probes { #expect(plain.columns[0].method == .twoPhase) }
            let priced = preview.plan.tables.allSatisfy { $0.unpricedColumns.isEmpty }
            #expect(priced == probes)
        }
    }

    /// Where most values are compressed not all of them are read.
    @Test func ofManyCompressedValuesSomeAreRead() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE documents (id int PRIMARY KEY, body jsonb);
            INSERT INTO documents
            SELECT i, jsonb_build_object('k', repeat(md5(i::text), 70 + i % 30)) FROM generate_series(1, 45000) i;
            ANALYZE documents;
            """)
        let strata = try #require(try await profile().measurement("body")?.strata)
        let compressed = strata.strata.filter { $0.isCompressed == true }
        #expect(compressed.reduce(0) { $0 + $1.stored.count } == 45_000)
        #expect((10_000..<30_000).contains(compressed.reduce(0) { $0 + $1.measured.count }))
    }

    @Test func theEstimateNamesItsAssumption() async throws {
        try await TestDatabase.current.psql(Self.documents)
        let table = try await profile()
        let column = try #require(table.columns.first { $0.column.name == Identifier("body") })
        let estimate = ColumnEstimator(policy: Policy()).estimate(column, of: table)
        #expect(estimate.coverage == .sampled)
        #expect(estimate.statement.contains("without compression (numbers with large exponents"))
        let largest = try #require(estimate.largest)
        let limit = try #require(estimate.limit)
        #expect(limit >= largest && limit.bytes <= 2 * largest.bytes)
        #expect((estimate.risk(above: limit) ?? 1) <= 0.05)
    }
}
