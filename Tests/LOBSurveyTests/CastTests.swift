import LOBAdvice
import LOBSurvey
import SizeStatistics
import TestSupport
import Testing

/// Casts that users define, functions that they shadow and settings that they give a database change no size.
@Suite(.database) struct CastTests {
    private static func script(database: String) -> String {
        let settings = [
            "search_path = public, pg_catalog", "extra_float_digits = 0", "bytea_output = escape",
            "intervalstyle = iso_8601", "statement_timeout = '100ms'",
            "default_transaction_isolation = 'serializable'", "work_mem = '64kB'",
            "client_encoding = 'LATIN1'", "xmloption = content", "standard_conforming_strings = off",
            "quote_all_identifiers = on", "enable_tidscan = off", "jit = on",
            "plan_cache_mode = force_generic_plan", "datestyle = 'German'", "array_nulls = off",
        ].map { "ALTER DATABASE \(database) SET \($0);" }.joined(separator: "\n")
        return """
            CREATE TYPE comp AS (a int, b text);
            CREATE FUNCTION comp_txt(comp) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'short' $$; CREATE CAST (comp AS text) WITH FUNCTION comp_txt(comp) AS IMPLICIT;
            CREATE TABLE c1 (id int PRIMARY KEY, v comp); INSERT INTO c1 SELECT i, (i, repeat('b', i * 100))::comp FROM generate_series(1, 100) i;
            CREATE EXTENSION hstore; CREATE FUNCTION hs_txt(hstore) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'h' $$; CREATE CAST (hstore AS text) WITH FUNCTION hs_txt(hstore);
            CREATE TABLE c2 (id int PRIMARY KEY, v hstore); INSERT INTO c2 SELECT i, hstore('k', repeat('b', i * 100)) FROM generate_series(1, 100) i;
            CREATE FUNCTION int4arr_txt(int[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'arr' $$; CREATE CAST (int[] AS text) WITH FUNCTION int4arr_txt(int[]);
            CREATE TABLE c3 (id int PRIMARY KEY, v int[]); INSERT INTO c3 SELECT i, array_fill(i, ARRAY[i * 10]) FROM generate_series(1, 100) i;
            CREATE DOMAIN dj AS jsonb; CREATE TABLE c4 (id int PRIMARY KEY, v dj); INSERT INTO c4 SELECT i, to_jsonb(repeat('x', i * 10)) FROM generate_series(1, 100) i;
            CREATE EXTENSION ltree; CREATE FUNCTION tree_txt(ltree) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 't' $$; CREATE CAST (ltree AS text) WITH FUNCTION tree_txt(ltree);
            CREATE FUNCTION num_txt(numeric) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT '0' $$; CREATE CAST (numeric AS text) WITH FUNCTION num_txt(numeric);
            CREATE TABLE c6 (id int PRIMARY KEY, v ltree, n numeric); INSERT INTO c6 SELECT i, repeat('y', 200)::ltree, repeat('7', i)::numeric FROM generate_series(1, 100) i;
            CREATE FUNCTION octet_length(text) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'; CREATE FUNCTION pg_column_size(text) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
            CREATE FUNCTION format(text, ltree) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''f''::text'; CREATE FUNCTION numeric_out(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''f''::text';
            CREATE TABLE "c5 \\ x" (id int PRIMARY KEY, "v'\\" text); INSERT INTO "c5 \\ x" SELECT i, repeat('x', i * 10) FROM generate_series(1, 100) i;
            \(settings)
            """
    }

    @Test(arguments: [PlanOptions.Method.full, .sample])
    func theyChangeNoSize(method: PlanOptions.Method) async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.script(database: database.name))
        let profile = try await profileOfCurrent(
            method: method, sample: SampleDesign(method: .bernoulli, percent: 100, seed: 0))
        #expect(profile.unmeasured == [])
        let largest = { (table: String, column: String) in
            profile.table(table)?.measurement(column)?.largestSize?.bytes
        }
        #expect(largest("c1", "v") == 10_006)
        #expect(largest("c2", "v") == 10_007)
        #expect(largest("c3", "v") == 4_001)
        #expect(largest("c4", "v") == 1_002)
        #expect(largest("c5 \\ x", "v'\\") == 1_000)
        #expect(largest("c6", "v") == 200 && largest("c6", "n") == 100)
    }
}
