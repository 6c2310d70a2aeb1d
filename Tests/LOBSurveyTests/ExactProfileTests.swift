import LOBAdvice
import LOBSurvey
import SizeStatistics
import TestSupport
import Testing

/// The complete profile of every type says what plain SQL in psql says.
@Suite(.database) struct ExactProfileTests {
    /// One column of each type, with NULLs, empty values, multi-byte text, compressed and external values.
    static let everyType = """
        CREATE EXTENSION citext; CREATE EXTENSION hstore;
        CREATE DOMAIN note AS text; CREATE DOMAIN note2 AS note CHECK (true);
        CREATE TYPE pair AS (a int, b text);
        CREATE TABLE every_type (
          id int, "text" text, "citext" citext, "varchar" varchar, long_varchar varchar(20000), "json" json,
          "jsonb" jsonb, "xml" xml, "hstore" hstore, "ints" int[], texts text[], pairs pair[], pair pair,
          "bytea" bytea, "tsvector" tsvector, "tsquery" tsquery, "path" path, "polygon" polygon, note note2,
          external text, plain text, all_null text, empty text, "odd ""name" text);
        ALTER TABLE every_type ALTER external SET STORAGE EXTERNAL, ALTER plain SET STORAGE PLAIN;
        INSERT INTO every_type
        SELECT i, CASE WHEN i % 7 = 0 THEN NULL ELSE repeat(md5(i::text), i % 50) END,
          repeat('ß', i), repeat('漢字', i % 90), repeat('x', i * 10),
          json_build_object('k', repeat('j', i * 3), 'n', i),
          CASE WHEN i % 3 = 0 THEN NULL ELSE jsonb_build_object('k', repeat('😀', i), 'n', 1e50) END,
          xmlparse(content '<a>' || repeat('é', i) || '</a>'), hstore('k', repeat('h', i)),
          array_fill(i, ARRAY[i % 100]), ARRAY['a"', NULL, repeat(',', i)],
          ARRAY[ROW(i, repeat('(', i))::pair], CASE WHEN i % 5 = 0 THEN ROW(NULL, NULL)::pair
            WHEN i % 5 = 1 THEN NULL ELSE ROW(i, 'x"y')::pair END,
          decode(repeat('00ff', i * 5), 'hex'), to_tsvector('simple', repeat('w' || i || ' ', i % 30)),
          CASE WHEN i % 2 = 0 THEN NULL ELSE (('a' || i) || ' & b')::tsquery END,
          CASE WHEN i % 4 = 0 THEN NULL ELSE ('[' || repeat('(1,2),', i) || '(3,4)]')::path END,
          ('(' || repeat('(1,2.5),', i % 60) || '(3,4))')::polygon, repeat('d', i), repeat('E', i * 40), repeat('p', i % 100),
          NULL, '', 'q'
        FROM generate_series(1, 700) i;
        INSERT INTO every_type ("text", external, "bytea") VALUES
          (repeat('a', 65534), repeat('b', 65535), decode(repeat('00', 65536), 'hex')),
          (repeat('long', 100000), repeat('x', 3000000), NULL);
        """

    @Test(arguments: [1, 3]) func everyTypeEqualsPlainSQL(jobs: Int) async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.everyType)
        let table = try #require(try await profileOfCurrent(jobs: jobs).table("every_type"))
        #expect(table.columns.count == 23)
        #expect(table.rows == .init(count: 702, isExact: true))
        for column in table.columns {
            let measurement = try #require(column.measurement)
            let name = column.column.name.losslessText
            #expect(
                try await Self.oracle(database, column.column) == Self.figures(measurement), "column \(name)")
        }
    }

    /// Of values of one size the first places are told, whichever reader comes first.
    @Test(arguments: [MeasuringMethod.full, .twoPhase]) func ofEqualSizesTheFirstAreKept(
        method: MeasuringMethod
    ) async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE t (v text, j jsonb);
            INSERT INTO t SELECT repeat('x', CASE WHEN i % 40 = 0 THEN 900 ELSE 10 END), jsonb_build_object('k', repeat('y', 300 + i % 3))
              FROM generate_series(1, 60000) i;
            """)
        let expected = try await database.psql(
            "SELECT ctid FROM t WHERE length(v) = 900 ORDER BY ctid LIMIT 10"
        ).split(separator: "\n").map(String.init)
        let plan = PlanOptions(method: .auto, exactSeconds: method == .full ? 3600 : 0)
        var documents: [ColumnMeasurement] = []
        for jobs in [1, 4, 4, 4] {
            let table = try #require(
                try await profileOfCurrent(plan: plan, jobs: jobs, chunkTime: .milliseconds(2)).table("t")
            )
            #expect(table.measurement("v")?.largest.map(\.ctid) == expected)
            documents.append(try #require(table.measurement("j")))
        }
        #expect(documents.allSatisfy { $0 == documents[0] && $0.method == method })
    }

    /// Rows, NULLs, zero sizes, sum and largest of a column, by psql.
    static func oracle(_ database: TestDatabase, _ column: Column) async throws -> String {
        let name =
            "\""
            + column.name.losslessText.split(separator: "\"", omittingEmptySubsequences: false).joined(
                separator: "\"\"") + "\""
        let size = column.family == .bytea ? "octet_length(\(name))" : "octet_length(\(name)::text)"
        return try await database.psql(
            """
            SELECT count(*), count(*) FILTER (WHERE \(size) IS NULL), count(*) FILTER (WHERE \(size) = 0),
                   coalesce(sum(\(size)), 0), max(\(size)) FROM every_type
            """
        ).utf8.split(separator: 10).map { String($0) ?? "" }.joined()
    }

    static func figures(_ measurement: ColumnMeasurement) -> String {
        let distribution = measurement.distribution
        let largest = distribution.largest.map { "\($0.bytes)" } ?? ""
        return
            "\(distribution.rows)|\(distribution.nulls)|\(distribution.zeros)|\(distribution.sum.bytes)|\(largest)"
    }
}
