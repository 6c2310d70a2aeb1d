import LOBAdvice
import LOBSurvey
import SizeStatistics
import TestSupport
import Testing

/// A sample says what the same TABLESAMPLE ...
///
/// REPEATABLE says in psql.
@Suite(.database) struct SampleProfileTests {
    private static let tables = """
        CREATE TABLE s (id int, t text, j jsonb, js json, b bytea, n text, a int[]);
        INSERT INTO s SELECT i, CASE WHEN i % 11 = 0 THEN NULL ELSE repeat('é', i % 300) END,
            CASE WHEN i % 5 = 0 THEN NULL ELSE jsonb_build_object('k', repeat('x', i % 70)) END,
            json_build_array(i, repeat('y', i % 1000)), decode(repeat('ab', i % 129), 'hex'), NULL, ARRAY[i, NULL]
          FROM generate_series(1, 20000) i;
        DELETE FROM s WHERE id BETWEEN 3000 AND 6000;
        CREATE TABLE large (t text); ALTER TABLE large ALTER t SET STORAGE EXTERNAL;
        INSERT INTO large SELECT repeat('x', 60000 + i * 10) FROM generate_series(1, 150) i;
        CREATE TABLE empty (t text, j json);
        CREATE MATERIALIZED VIEW m AS SELECT t, j FROM s;
        """

    @Test(
        arguments: [SampleDesign.Method.system, .bernoulli],
        [(0.1, 0), (1, 42), (5, -7), (12.5, 9_000_000_000), (50, 3), (100, 1)] as [(Double, Int64)])
    func sampleEqualsPlainSQL(method: SampleDesign.Method, draw: (Double, Int64)) async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.tables)
        let design = SampleDesign(method: method, percent: draw.0, seed: draw.1)
        let profile = try await profileOfCurrent(method: .sample, sample: design)
        let clause = "TABLESAMPLE \(method.rawValue) (\(draw.0)) REPEATABLE (\(draw.1))"
        #expect(profile.unmeasured == [])
        try await expectEqualsPlainSQL(profile, PlainSQL(database: database, sample: clause), atLeast: 11)
        for name in ["s", "large", "m"] {
            let table = try #require(profile.table(name))
            let sample = try #require(table.sample)
            let oracle = try await database.psql(
                "SELECT count(*), count(DISTINCT (ctid::text::point)[0]) FROM \(name) \(clause)")
            #expect("\(sample.rowsRead)|\(sample.blocksRead)" == oracle)
            #expect(!table.rows.isExact)
            for column in table.columns {
                let measurement = try #require(column.measurement)
                #expect(measurement.method == .sample)
                try Self.expectBlocks(measurement, count: sample.blocksRead)
            }
        }
    }

    /// What the blocks held adds up to what the rows held.
    private static func expectBlocks(_ measurement: ColumnMeasurement, count: Int) throws {
        guard count > 0 else { return #expect(measurement.blocks == nil) }
        let blocks = try #require(measurement.blocks)
        #expect(blocks.blocks == count)
        #expect(blocks.rows == measurement.distribution.rows)
        #expect(blocks.values == measurement.distribution.count)
        #expect(blocks.sum == measurement.distribution.sum)
        #expect(blocks.maxima.largest == measurement.distribution.largest ?? ByteCount(0))
    }

    @Test func theLargestOfASampleAreWhereTheyAreSaidToBe() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.tables)
        let design = SampleDesign(method: .system, percent: 20, seed: 8)
        let profile = try await profileOfCurrent(method: .sample, sample: design)
        let largest = try #require(profile.table("s")?.measurement("js")?.largest)
        #expect(largest.count == LocatedSize.kept)
        for located in largest {
            let size = try await database.psql(
                "SELECT octet_length(js::text) FROM s WHERE ctid = '\(located.ctid)'")
            #expect(size == "\(located.size.bytes)")
        }
    }

    @Test func aTableWithoutBlocksIsReadInFull() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.tables)
        let profile = try await profileOfCurrent(method: .sample)
        let table = try #require(profile.table("empty"))
        #expect(table.rows == .init(count: 0, isExact: true))
        #expect(table.sample == nil)
        #expect(
            table.columns.allSatisfy {
                $0.measurement?.method == .full && $0.measurement?.distribution.rows == 0
            })
    }
}
