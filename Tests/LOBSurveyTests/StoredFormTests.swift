import LOBAdvice
import LOBSurvey
import SizeStatistics
import TestSupport
import Testing

/// Stored size, compression and the share outside of the rows are those that the server tells.
@Suite(.database) struct StoredFormTests {
    private static let values = """
        CREATE TABLE few (id int, t text, j jsonb, p json, b bytea, n text); ALTER TABLE few ALTER b SET STORAGE external;
        ALTER TABLE few ALTER p SET COMPRESSION lz4;
        INSERT INTO few SELECT i, repeat('x', i * 40), jsonb_build_array(repeat('y', i * 30)),
            ('"' || repeat('z', i * 35) || '"')::json,
            (SELECT decode(string_agg(md5(k::text || i), ''), 'hex') FROM generate_series(1, 1 + i % 200) k), NULL
          FROM generate_series(1, 300) i;
        CREATE TABLE many AS SELECT i, repeat('w', 400) AS t FROM generate_series(1, 8000) i; ANALYZE;
        """

    @Test func aTableThatIsLookedAtAsAWholeHasExactFigures() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.values)
        let profile = try await profileOfCurrent()
        let few = try #require(profile.table("few"))
        try #require(few.relation.blocks > 0)
        for name in ["t", "j", "p", "b", "n"] {
            let form = try #require(few.measurement(name)?.stored)
            let place = blocks(of: few, form)
            let figures = try await database.psql(
                """
                SELECT count(\(name)), coalesce(sum(pg_column_size(\(name))), 0),
                       count(*) FILTER (WHERE pg_column_compression(\(name)) = 'pglz'),
                       count(*) FILTER (WHERE pg_column_compression(\(name)) = 'lz4') FROM few WHERE \(place)
                """)
            #expect("\(form.values)|\(form.storedBytes)|\(form.pglz)|\(form.lz4)" == figures)
            #expect(form.isSampled == (form.blocksRead < few.relation.blocks))
        }
        let plain = try #require(few.measurement("b")?.stored)
        let outside = try await database.psql(
            "SELECT count(*) FROM few WHERE pg_column_size(b) = octet_length(b) AND \(blocks(of: few, plain))"
        )
        #expect("\(plain.external)" == outside && plain.external > 0)
        #expect(!plain.externalIsLowerBound)
        #expect(few.measurement("t")?.stored?.externalIsLowerBound == (profile.server.version < 170_000))
    }

    /// The blocks that were looked at: the draw is the one of samples.
    private func blocks(of table: TableProfile, _ form: StoredForm) -> String {
        let drawn = BlockDraw(population: table.relation.blocks, seed: 0).blocks(form.blocksRead)
        return "(ctid::text::point)[0]::int IN (\(drawn.map(String.init).joined(separator: ",")))"
    }

    @Test func aLargerTableIsSampled() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.values)
        let many = try #require(try await profileOfCurrent().table("many"))
        let form = try #require(many.measurement("t")?.stored)
        #expect(form.isSampled && form.blocksRead == max(8, many.relation.blocks / 20))
        #expect(form.sizeBytes == Int64(form.values) * 400)
        #expect(form.storedBytes == Int64(form.values) * 404)
        #expect([form.pglz, form.lz4, form.external] == [0, 0, 0])
        #expect(many.measurement("t")?.distribution.rows == 8000)
    }
}
