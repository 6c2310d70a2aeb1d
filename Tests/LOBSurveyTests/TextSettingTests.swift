import EphemeralPostgreSQL
import LOBAdvice
import LOBReports
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import TestSupport
import Testing

/// Sizes of texts do not depend on what the database or the role has set.
@Suite(.database) struct TextSettingTests {
    private static let schema = """
        CREATE TYPE pair AS (a bytea, b float8, c timestamptz, d interval);
        CREATE TABLE t (id int, bytes bytea[], floats float8[], times timestamptz[], spans interval[], pairs pair[],
          one pair, dates date[], ranges tstzrange[], paths path, polygons polygon, names regclass[], money_ money[],
          plain bytea, words text, docs jsonb, doc json, doc_xml xml, texts text[]);
        INSERT INTO t SELECT n, array_fill(decode(repeat('00ff41', n), 'hex'), ARRAY[n]), array_fill(n / 3.0::float8, ARRAY[n]),
          array_fill('2026-03-04 05:06:07.123456+00'::timestamptz - n * interval '10 years', ARRAY[n]),
          array_fill('1 year 2 mons 3 days 04:05:06.789'::interval * n, ARRAY[n]),
          ARRAY[ROW('\\x00ff', 1 / 3.0, '2026-01-01', '-1 day')::pair], ROW('\\x00ff', 1 / 3.0, '1850-01-01', '1 mon')::pair,
          ARRAY['2026-03-04'::date], ARRAY[tstzrange('2026-03-04', NULL)], '((0.1,0.2),(3,4))'::path,
          polygon(box(point(1 / 3.0, n), point(9, 9.1))), ARRAY['t'::regclass], ARRAY[n::money],
          '\\x00ff', 'a\\b''c', '{"a": 1.50}', '{"a" : 1.50}', '<?xml version="1.0"?><a/>', ARRAY[NULL, 'null', 'a\\b']
          FROM generate_series(1, 20) n;
        """

    /// Settings that a role or database may carry, those of texts first.
    private static let settings = [
        "bytea_output = escape", "extra_float_digits = -15", "extra_float_digits = 0",
        "DateStyle = 'Postgres, DMY'",
        "DateStyle = German", "DateStyle = 'SQL, MDY'", "TimeZone = 'Asia/Kathmandu'",
        "TimeZone = 'America/New_York'",
        "IntervalStyle = postgres_verbose", "IntervalStyle = iso_8601", "IntervalStyle = sql_standard",
        "quote_all_identifiers = on", "search_path = 'pg_catalog'", "search_path = 'nowhere'",
        "lc_monetary = 'C.UTF-8'",
        "xmloption = document", "xmlbinary = hex", "array_nulls = off", "standard_conforming_strings = off",
        "client_encoding = LATIN1", "default_transaction_isolation = serializable",
        "default_transaction_read_only = off", "default_transaction_deferrable = on",
        "statement_timeout = '300ms'",
        "lock_timeout = '1ms'", "idle_in_transaction_session_timeout = '100ms'", "row_security = off",
        "enable_tidscan = off", "enable_seqscan = off", "enable_material = off", "jit = on",
        "jit_above_cost = 0",
        "plan_cache_mode = force_generic_plan", "work_mem = '64kB'", "temp_buffers = 800",
        "max_parallel_workers_per_gather = 8", "parallel_setup_cost = 0",
        "constraint_exclusion = on", "default_statistics_target = 1", "from_collapse_limit = 1",
        "transform_null_equals = on", "backslash_quote = off", "escape_string_warning = off",
        "synchronize_seqscans = off", "client_min_messages = debug5", "lc_numeric = 'C.UTF-8'",
        "lc_time = 'C.UTF-8'",
    ]

    /// Every figure of each column.
    private static func figures(_ profile: Profile) -> [String] {
        profile.table("t")?.columns.map { column in
            "\(column.column.name.losslessText) \(column.measurement.map(PlainSQL.figures) ?? "not measured")"
        } ?? []
    }

    @Test(arguments: [false, true]) func aSettingOfTheRoleOrDatabaseChangesNoSize(isRole: Bool) async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.schema)
        let name = "reader_\(database.name)"
        try await database.psql("CREATE ROLE \(name) LOGIN IN ROLE pg_read_all_data")
        let plain = try await profileOfCurrent(user: name)
        #expect(Self.figures(plain).count == 18 && plain.unmeasured == [])
        try await expectEqualsPlainSQL(plain, PlainSQL(database: database), atLeast: 18)
        let whose = isRole ? "ROLE \(name)" : "DATABASE \(database.name)"
        let parallel = try await database.psql(
            "SELECT name FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query')")
        for setting in Self.settings + ["\(parallel) = on"] {
            try await database.psql("ALTER \(whose) SET \(setting)", user: "postgres")
            let profile = try await profileOfCurrent(user: name)
            #expect(Self.figures(profile) == Self.figures(plain), "\(setting)")
            #expect(profile.unmeasured == [], "\(setting)")
            try await database.cluster.psql("ALTER \(whose) RESET ALL")
        }
    }

    /// Which sessions differ is recorded and told, where a column is concerned.
    @Test func whatASessionHasByItselfIsRecorded() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            Self.schema + "CREATE TABLE only_plain (t text, b bytea, j jsonb, n numeric[]);")
        let plain = try await profileOfCurrent()
        let settings = try #require(plain.certificate?.settings)
        #expect(
            settings.map { "\($0.name)=\($0.value) \($0.columns ?? -1)" } == [
                "DateStyle=ISO, YMD 5", "IntervalStyle=postgres 3", "TimeZone=INTERVAL '00:00:01' 4",
                "bytea_output=hex 3", "extra_float_digits=3 5", "lc_monetary=C 1",
                "quote_all_identifiers=off 1",
                "search_path= 1",
            ])
        #expect(settings.first { $0.name == "bytea_output" }?.sessionDefault == "hex")
        #expect(settings.first { $0.name == "TimeZone" }?.sessionDefault == "UTC")
        #expect(try await told() == [])
        for change in [
            "bytea_output = escape", "IntervalStyle = postgres_verbose", "DateStyle = German",
            "extra_float_digits = 0", "quote_all_identifiers = on",
        ] {
            try await database.psql("ALTER DATABASE \(database.name) SET \(change)")
            let findings = try await told()
            #expect(
                findings.count == 1 && change.hasPrefix(findings.first?.subject ?? "nothing"), "\(change)")
            #expect(
                findings.allSatisfy {
                    $0.severity == .warning && $0.remedy.contains("IN DATABASE \"\(database.name)\"")
                })
            #expect(try await told(in: "only_plain") == [], "\(change)")
            try await database.psql("ALTER DATABASE \(database.name) RESET ALL")
        }
        for change in [
            "DateStyle = 'ISO, DMY'", "TimeZone = 'Asia/Kathmandu'", "extra_float_digits = 1",
            "search_path = public",
        ] {
            try await database.psql("ALTER DATABASE \(database.name) SET \(change)")
            #expect(try await told() == [], "\(change)")
            try await database.psql("ALTER DATABASE \(database.name) RESET ALL")
        }
    }

    private func told(in table: String = "t") async throws -> [Finding] {
        let profile = try await profileOfCurrent(scope: Scope(tables: [try NamePattern(table)]))
        return Recommender(profile).recommend().findings.filter { $0.id == FindingID.textSettings.rawValue }
    }

    /// No zone gives a longer text than the one that is pinned.
    @Test func noTimeZoneGivesALongerText() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE moments (a timestamptz[]);
            INSERT INTO moments SELECT ARRAY[y] FROM generate_series('1700-01-01 12:00+00'::timestamptz, '2030-01-01', '1 year') y;
            """)
        let profile = try await profileOfCurrent()
        let largest = try #require(profile.table("moments")?.measurement("a")?.distribution.largest?.bytes)
        let longest = try await database.psql(
            """
            CREATE FUNCTION longest(zone text) RETURNS int LANGUAGE plpgsql AS $$ BEGIN
              PERFORM set_config('TimeZone', zone, true); RETURN (SELECT max(octet_length(a::text)) FROM moments); END $$;
            SELECT max(longest(name)) FROM (SELECT name FROM pg_timezone_names
              UNION ALL VALUES ('INTERVAL ''-12:34:56'''), ('12.58')) z(name)
            """)
        #expect(String(largest) == longest)
    }
}
