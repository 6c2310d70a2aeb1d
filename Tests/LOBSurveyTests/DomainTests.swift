import LOBAdvice
import LOBSurvey
import SizeStatistics
import TestSupport
import Testing

/// Types behind domains, and arrays and composites of everything.
@Suite(.database) struct DomainTests {
    @Test(arguments: [PlanOptions.Method.full, .sample])
    func domainsAndNestedTypesEqualPlainSQL(method: PlanOptions.Method) async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE EXTENSION hstore; CREATE EXTENSION citext; CREATE TYPE mood AS ENUM ('sad', 'very happy');
            CREATE TYPE pair AS (a int, b text); CREATE TYPE nested AS (p pair, ps pair[], m mood, h hstore, x xml, b bytea);
            CREATE DOMAIN d_array AS text[]; CREATE DOMAIN d_pair AS pair; CREATE DOMAIN d_pairs AS pair[];
            CREATE DOMAIN d_varchar AS varchar(9000) NOT NULL; CREATE DOMAIN d_varchar2 AS d_varchar; CREATE DOMAIN d_short AS varchar(10);
            CREATE DOMAIN d_unbounded AS varchar; CREATE DOMAIN d_json AS json; CREATE DOMAIN d_jsonb AS jsonb;
            CREATE DOMAIN d_xml AS xml; CREATE DOMAIN d_bytea AS bytea; CREATE DOMAIN d_citext AS citext; CREATE DOMAIN d_hstore AS hstore;
            CREATE DOMAIN d_tsvector AS tsvector; CREATE DOMAIN d_path AS path; CREATE DOMAIN d_bpchar AS char(9000);
            CREATE DOMAIN d_d_array AS d_array; CREATE DOMAIN d_int AS int;
            CREATE TABLE t (
              a d_array, b d_d_array, c d_pair, d d_pairs, e d_varchar2, f d_short, g d_unbounded, h d_json, i d_jsonb, j d_xml,
              k d_bytea, l d_citext, m d_hstore, n d_tsvector, o d_path, p d_bpchar, q nested, r nested[], s d_json[], u d_bytea[],
              v mood[], w hstore[], x xml[], y box[], z timestamptz[], aa numeric[], ab "char"[], ac int2vector, ad oidvector,
              ae name[], af float8[], ag d_int[], ah interval[], ai tsquery[], aj d_d_array[], ak int4range[], al citext[], am pair[][]);
            INSERT INTO t SELECT
              ARRAY['a"', NULL, repeat('b', n)], ARRAY['x', ''], ROW(n, 'a"b')::pair, ARRAY[ROW(n, NULL)::pair, NULL],
              repeat('v', n), 'short', repeat('u', n), '{"a": [1, 2]}', '{"b":[1,2],"a":null}', '<a/>', '\\x00ff', 'CiTeXt',
              'a=>b,c=>NULL', to_tsvector('simple', repeat('word ', n)), '[(1,2),(3,4)]', repeat('ß', n),
              ROW(ROW(n, '(')::pair, ARRAY[ROW(1, ',')::pair], 'very happy', 'k=>v', '<b/>', '\\x01')::nested,
              ARRAY[ROW(NULL, NULL, 'sad', NULL, NULL, '\\x0203')::nested], ARRAY['[1]'::d_json], ARRAY['\\x00'::d_bytea],
              ARRAY['sad', 'very happy']::mood[], ARRAY['a=>1'::hstore], ARRAY['<a/>'::xml], ARRAY[box '(1,2),(3,4)', NULL],
              ARRAY[timestamptz '2026-11-22 12:00+00', NULL], ARRAY[1e300, 1.5, 'NaN'], ARRAY['a', 'b']::"char"[], '1 2 3', '4 5',
              ARRAY['n']::name[], ARRAY[1.0 / 3, 'Infinity'], ARRAY[n, n + 1]::d_int[], ARRAY[interval '1 year 2 days'],
              ARRAY['a & b'::tsquery], ARRAY[ARRAY['q']::d_d_array], ARRAY[int4range(1, n + 2)], ARRAY['C']::citext[],
              ARRAY[ARRAY[ROW(1, 'x')::pair], ARRAY[ROW(2, 'y')::pair]]
            FROM generate_series(1, 200) n;
            INSERT INTO t (e) VALUES ('all others are NULL'); INSERT INTO t (e, c, q) VALUES ('', ROW(NULL, NULL), ROW(NULL, NULL, NULL, NULL, NULL, NULL));
            """)
        let profile = try await profileOfCurrent(
            method: method, sample: SampleDesign(method: .bernoulli, percent: 100, seed: 0))
        let table = try #require(profile.table("t"))
        #expect(profile.unmeasured == [])
        #expect(table.columns.count == 37)
        let bounded = try #require(table.columns.first { $0.column.name == Identifier("e") }?.column)
        #expect(bounded.declaredLength == 9000)
        #expect(bounded.isNotNull)
        try await expectEqualsPlainSQL(profile, PlainSQL(database: database), atLeast: 37)
    }
}
