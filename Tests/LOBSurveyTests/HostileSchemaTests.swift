import EphemeralPostgreSQL
import LOBAdvice
import LOBSurvey
import SizeStatistics
import TestSupport
import Testing

/// Casts and functions of a tenant's beside settings of the database that get in the way: sizes are those of the output
/// functions, and nothing of the tenant's counts.
@Suite(.database) struct HostileSchemaTests {
    private static let casts = """
        CREATE TYPE comp AS (a int, b text);
        CREATE FUNCTION comp_txt(comp) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'short' $$;
        CREATE CAST (comp AS text) WITH FUNCTION comp_txt(comp) AS IMPLICIT;
        CREATE TABLE c1 (id int PRIMARY KEY, v comp);
        INSERT INTO c1 SELECT i, (i, repeat('b', i * 100))::comp FROM generate_series(1, 100) i;
        CREATE EXTENSION hstore;
        CREATE FUNCTION hs_txt(hstore) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'h' $$;
        CREATE CAST (hstore AS text) WITH FUNCTION hs_txt(hstore);
        CREATE TABLE c2 (id int PRIMARY KEY, v hstore);
        INSERT INTO c2 SELECT i, hstore('k', repeat('b', i * 100)) FROM generate_series(1, 100) i;
        CREATE FUNCTION int4arr_txt(int[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'arr' $$;
        CREATE CAST (int[] AS text) WITH FUNCTION int4arr_txt(int[]);
        CREATE TABLE c3 (id int PRIMARY KEY, v int[]);
        INSERT INTO c3 SELECT i, array_fill(i, ARRAY[i * 10]) FROM generate_series(1, 100) i;
        CREATE DOMAIN dj AS jsonb; CREATE TABLE c4 (id int PRIMARY KEY, v dj);
        INSERT INTO c4 SELECT i, to_jsonb(repeat('x', i * 10)) FROM generate_series(1, 100) i;
        CREATE FUNCTION octet_length(text) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
        CREATE FUNCTION pg_column_size(text) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
        CREATE TABLE "c5 \\ x" (id int PRIMARY KEY, "v'\\" text);
        INSERT INTO "c5 \\ x" SELECT i, repeat('x', i * 10) FROM generate_series(1, 100) i;
        """

    private static let settings = [
        "search_path = public, pg_catalog", "extra_float_digits = 0", "bytea_output = escape",
        "intervalstyle = iso_8601", "default_transaction_read_only = off", "statement_timeout = '100ms'",
        "default_transaction_isolation = serializable", "work_mem = '64kB'", "client_encoding = LATIN1",
        "xmloption = content", "standard_conforming_strings = off", "quote_all_identifiers = on",
        "enable_tidscan = off", "jit = on", "plan_cache_mode = force_generic_plan", "datestyle = German",
        "array_nulls = off",
    ]

    @Test(arguments: [PlanOptions.Method.auto, .full, .sample])
    func castsAndSettingsOfADatabaseCountForNothing(method: PlanOptions.Method) async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.casts)
        for setting in Self.settings {
            try await database.cluster.psql("ALTER DATABASE \(database.name) SET \(setting)")
        }
        let profile = try await profileOfCurrent(
            method: method, sample: SampleDesign(method: .system, percent: 100, seed: 0))
        #expect(profile.unmeasured == [])
        let found = profile.tables.map { table in
            let distribution = table.columns.first?.measurement?.distribution
            return "\(table.relation.name.name.losslessText) \(distribution?.largest?.bytes ?? -1)"
        }
        // (100,...)   "k"=>"..."   {100,...}   "..." of jsonb   text
        #expect(found == ["c1 10006", "c2 10007", "c3 4001", "c4 1002", "c5 \\ x 1000"])
    }
}
