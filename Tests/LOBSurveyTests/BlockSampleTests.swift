import LOBAdvice
import LOBSurvey
import SizeStatistics
import TestSupport
import Testing

/// A sample of blocks says what plain SQL says of the rows in exactly these blocks.
@Suite(.database) struct BlockSampleTests {
    private static let tables = """
        CREATE TABLE s (id int, t text, j jsonb, js json, b bytea, n text, a int[], e text);
        INSERT INTO s SELECT i, CASE WHEN i % 11 = 0 THEN NULL ELSE repeat('é', i % 300) END,
            CASE WHEN i % 5 = 0 THEN NULL ELSE jsonb_build_object('k', repeat('x', i % 70)) END,
            json_build_array(i, repeat('y', i % 1000)), decode(repeat('ab', i % 129), 'hex'), NULL, ARRAY[i, NULL], ''
          FROM generate_series(1, 20000) i;
        DELETE FROM s WHERE id BETWEEN 3000 AND 6000;
        CREATE TABLE large (t text); ALTER TABLE large ALTER t SET STORAGE EXTERNAL;
        INSERT INTO large SELECT repeat('x', 30000 + i * 50) FROM generate_series(1, 2000) i;
        CREATE MATERIALIZED VIEW m AS SELECT t, j FROM s;
        """

    @Test(arguments: [(0.1, 0), (5, -7), (12.5, 9_000_000_000), (100, 1)] as [(Double, Int64)], [1, 3])
    func sampleEqualsPlainSQLOfTheDrawnBlocks(draw: (Double, Int64), jobs: Int) async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.tables)
        let design = SampleDesign(method: .blocks, percent: draw.0, seed: draw.1)
        let profile = try await profileOfCurrent(method: .sample, sample: design, jobs: jobs)
        #expect(profile.unmeasured == [])
        for name in ["s", "large", "m"] {
            let table = try #require(profile.table(name))
            let sample = try #require(table.sample)
            let drawn = design.drawn(of: table.relation.blocks)
            #expect(sample.design == design)
            #expect(sample.blocksRead == drawn.count)
            #expect(sample.blocksTotal == table.relation.blocks)
            let blocks = "'{\(drawn.map(String.init).joined(separator: ","))}'::int[]"
            let clause = "WHERE (ctid::text::point)[0]::int = ANY (\(blocks))"
            #expect(
                "\(sample.rowsRead)" == (try await database.psql("SELECT count(*) FROM \(name) \(clause)")))
            let expected = try await PlainSQL(database: database, sample: clause).sizes(
                of: table.relation.name, table.columns.map(\.column))
            let found = try table.columns.map { PlainSQL.figures(try #require($0.measurement)) }
            #expect(found == expected, "table \(name)")
            for column in table.columns { try Self.expectBlocks(column, count: drawn.count) }
        }
    }

    /// What the blocks held adds up to what the rows held, empty blocks included.
    private static func expectBlocks(_ column: ColumnProfile, count: Int) throws {
        let measurement = try #require(column.measurement)
        let blocks = try #require(measurement.blocks)
        #expect(measurement.method == .sample)
        #expect(blocks.blocks == count)
        #expect(blocks.rows == measurement.distribution.rows)
        #expect(blocks.values == measurement.distribution.count)
        #expect(blocks.sum == measurement.distribution.sum)
        #expect(blocks.maxima.largest == measurement.distribution.largest ?? ByteCount(0))
        #expect(measurement.largest.first?.size == measurement.distribution.largest)
    }

    /// Each block has the same chance, so the mean of many estimates is the truth: within four standard errors.
    @Test func theEstimatedNumberOfRowsIsUnbiased() async throws {
        let database = try TestDatabase.current
        // Most rows are in few blocks: a sample that preferred any would be far off.
        try await database.psql(
            """
            CREATE TABLE t (id int, filler text); ALTER TABLE t ALTER filler SET STORAGE PLAIN;
            INSERT INTO t SELECT i, CASE WHEN i % 60 < 30 THEN '' ELSE repeat('x', 2500) END
              FROM generate_series(1, 6000) i;
            """)
        var estimates: [Double] = []
        for seed in 0..<30 {
            let design = SampleDesign(method: .blocks, percent: 5, seed: Int64(seed))
            let profile = try await profileOfCurrent(method: .sample, sample: design)
            estimates.append(Double(try #require(profile.table("t")).rows.count))
        }
        let mean = estimates.reduce(0, +) / 30
        let variance = estimates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 29
        #expect(variance > 0)
        #expect(abs(mean - 6000) < 4 * (variance / 30).squareRoot())
    }

    @Test func aRoleThatMayNotReadTheWholeTableSamplesByTheSystem() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            "CREATE TABLE t (id int, c text); INSERT INTO t SELECT i, 'x' FROM generate_series(1, 5000) i")
        try await database.psql(
            """
            DROP ROLE IF EXISTS column_reader; CREATE ROLE column_reader LOGIN;
            GRANT SELECT (c) ON t TO column_reader
            """)
        let design = SampleDesign(method: .blocks, percent: 100, seed: 1)
        let table = try #require(
            try await profileOfCurrent(user: "column_reader", method: .sample, sample: design).table("t"))
        #expect(table.sample?.design.method == .system)
        #expect(table.measurement("c")?.distribution.count == 5000)
        try await database.psql("DROP OWNED BY column_reader; DROP ROLE column_reader")
    }
}
