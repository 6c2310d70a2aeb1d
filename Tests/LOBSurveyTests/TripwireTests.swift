import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import TestSupport
import Testing

/// What a tenant of the database can plant never runs as the role that surveys.
@Suite(.database) struct TripwireTests {
    /// Overloads that match better than what pg_catalog has, and come first in the search path.
    private static func overloads(_ tripwire: Tripwire) -> String {
        let functions = [
            ("octet_length(varchar)", "int", "1"), ("octet_length(text)", "int", "1"),
            ("int8send(bigint)", "bytea", "NULL"),
            ("count()", "bigint", "1"), ("format(text, text)", "text", "'x'"), ("json_out(json)", "int", "1"),
            ("set_config(text, text, boolean)", "text", "'x'"), ("current_setting(text)", "text", "'x'"),
            ("has_table_privilege(text, text)", "boolean", "true"), ("text(varchar)", "text", "'x'"),
            ("pg_control_system()", "int", "1"), ("num_nulls(text)", "int", "0"),
        ].map { "CREATE FUNCTION public.\($0) RETURNS \($1) LANGUAGE plpgsql AS \(tripwire.body($2));" }
        let operators = [
            (">", "int", "int", "boolean", "true"), ("=", "text", "text", "boolean", "true"),
            ("=", "oid", "oid", "boolean", "true"), ("=", "name", "text", "boolean", "true"),
            ("=", "name", "name", "boolean", "true"), ("-", "int", "int", "int", "1"),
            ("+", "int", "int", "int", "1"),
            ("*", "int", "bigint", "bigint", "1"), ("||", "bytea", "bytea", "bytea", "NULL"),
            (">=", "tid", "tid", "boolean", "true"), ("<", "tid", "tid", "boolean", "true"),
            ("!~", "text", "text", "boolean", "true"), ("<>", "\"char\"", "\"char\"", "boolean", "true"),
        ].enumerated().map { index, it in
            """
            CREATE FUNCTION public.operator_\(index)(\(it.1), \(it.2)) RETURNS \(it.3) LANGUAGE plpgsql
              AS \(tripwire.body(it.4));
            CREATE OPERATOR public.\(it.0) (LEFTARG = \(it.1), RIGHTARG = \(it.2), FUNCTION = public.operator_\(index));
            """
        }
        return (functions + operators).joined(separator: "\n")
    }

    /// A role of this database alone that may read every table.
    private static func reader(of database: TestDatabase) async throws -> String {
        let name = "reader_\(database.name)"
        try await database.psql("CREATE ROLE \(name) LOGIN IN ROLE pg_read_all_data")
        return name
    }

    private static func users(of database: TestDatabase) async throws -> [String] {
        ["postgres", try await reader(of: database)]
    }

    @Test func overloadsInTheSearchPathDoNotRun() async throws {
        let database = try TestDatabase.current
        let tripwire = Tripwire(in: database)
        try await database.psql(
            """
            CREATE TABLE v (a varchar, b varchar(20000), c text, d json, e bytea);
            INSERT INTO v SELECT repeat('x', i), repeat('y', i), repeat('z', i), '[1]', '\\x00' FROM generate_series(1, 9) i;
            SELECT lo_create(0);
            """)
        try await database.psql(Self.overloads(tripwire))
        let users = try await Self.users(of: database)
        for user in users {
            try await database.psql(
                "SET search_path = ''; ALTER ROLE \(user) IN DATABASE \(database.name) SET search_path = public, pg_catalog"
            )
        }
        for user in users {
            for method in [PlanOptions.Method.full, .sample] {
                let design = SampleDesign(method: .system, percent: 100, seed: 0)
                let profile = try await profileOfCurrent(user: user, method: method, sample: design)
                let table = try #require(profile.table("v"))
                #expect(profile.unmeasured == [])
                #expect(table.measurement("a")?.distribution.sum == ByteCount(45))
                #expect(table.measurement("e")?.distribution.sum == ByteCount(9))
            }
        }
        try await tripwire.expectUntouched(by: "SELECT octet_length(a) FROM v LIMIT 1", in: database)
    }

    @Test func castsOfCompositesAndDomainsDoNotRun() async throws {
        let database = try TestDatabase.current
        let tripwire = Tripwire(in: database)
        try await database.psql(
            """
            CREATE TYPE comp AS (a int, s text); CREATE TYPE citext AS (a int);
            CREATE DOMAIN comp_domain AS comp; CREATE DOMAIN text_domain AS text;
            CREATE FUNCTION evil(comp) RETURNS text LANGUAGE plpgsql AS \(tripwire.body("'x'"));
            CREATE FUNCTION evil_varchar(comp) RETURNS varchar LANGUAGE plpgsql AS \(tripwire.body("'x'"));
            CREATE FUNCTION evil_array(comp[]) RETURNS text LANGUAGE plpgsql AS \(tripwire.body("'x'"));
            CREATE FUNCTION evil_citext(citext) RETURNS text LANGUAGE plpgsql AS \(tripwire.body("'x'"));
            CREATE CAST (comp AS text) WITH FUNCTION evil(comp) AS IMPLICIT;
            CREATE CAST (comp AS varchar) WITH FUNCTION evil_varchar(comp) AS IMPLICIT;
            CREATE CAST (comp[] AS text) WITH FUNCTION evil_array(comp[]) AS IMPLICIT;
            CREATE CAST (citext AS text) WITH FUNCTION evil_citext(citext) AS IMPLICIT;
            CREATE TABLE c (x comp, y comp[], z comp_domain, w text_domain, v citext);
            INSERT INTO c VALUES (ROW(1, 'abc'), ARRAY[ROW(1, 'a')::comp], ROW(2, 'b'), 'text', ROW(1));
            """)
        for user in try await Self.users(of: database) {
            let profile = try await profileOfCurrent(user: user)
            let table = try #require(profile.table("c"))
            #expect(profile.unmeasured == [])
            let largest = table.columns.map { $0.measurement?.distribution.largest?.bytes }
            // (1,abc)   {"(1,a)"}   (2,b)   text   (1)
            #expect(largest == [7, 9, 5, 4, 3])
        }
        try await tripwire.expectUntouched(by: "SELECT x::text FROM c", in: database)
    }

    @Test func rowSecurityPoliciesDoNotRun() async throws {
        let database = try TestDatabase.current
        let tripwire = Tripwire(in: database)
        try await database.psql(
            """
            CREATE FUNCTION policy(text) RETURNS boolean LANGUAGE plpgsql AS \(tripwire.body("false"));
            CREATE TABLE r (t text); INSERT INTO r SELECT repeat('x', i) FROM generate_series(1, 100) i;
            ALTER TABLE r ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
            CREATE POLICY p ON r USING (policy(t)); CREATE TABLE other (t text);
            """)
        let reader = try await Self.reader(of: database)
        let asReader = try await profileOfCurrent(user: reader)
        let name = RelationName(schema: Identifier("public"), name: Identifier("r"))
        #expect(asReader.unmeasured == [Unmeasured(relation: name, reason: .rowSecurity)])
        #expect(asReader.table("r")?.measurement("t") == nil)
        #expect(asReader.table("other")?.measurement("t") != nil)
        let asSuperuser = try await profileOfCurrent()
        #expect(asSuperuser.unmeasured == [])
        #expect(asSuperuser.table("r")?.measurement("t")?.distribution.rows == 100)
        #expect(tripwire.executions() == 0)
        try await database.psql("SELECT count(*) FROM r", user: reader)
        #expect(tripwire.executions() > 0, "the tripwire itself")
    }

    /// A view may have a column called ctid, so a scan by TID range would not fail of itself.
    @Test func aTableSwappedForAViewDoesNotRun() async throws {
        let database = try TestDatabase.current
        let tripwire = Tripwire(in: database)
        let reader = try await Self.reader(of: database)
        try await database.psql(
            """
            CREATE FUNCTION trip() RETURNS text LANGUAGE plpgsql AS \(tripwire.body("'x'"));
            CREATE TABLE t (t text); CREATE TABLE other (t text); INSERT INTO other VALUES ('abc');
            """)
        for (user, method) in [("postgres", PlanOptions.Method.full), (reader, .full), (reader, .sample)] {
            let swap = Interference(
                database.conninfo(), on: .plan,
                ["DROP TABLE t", "CREATE VIEW t AS SELECT trip() AS t, '(0,1)'::tid AS ctid"])
            let everything = SampleDesign(method: .system, percent: 100, seed: 0)
            let profile = try await profileOfCurrent(user: user, method: method, sample: everything) {
                swap.hear($0)
            }
            #expect(swap.hasHappened)
            let name = RelationName(schema: Identifier("public"), name: Identifier("t"))
            #expect(profile.unmeasured == [Unmeasured(relation: name, reason: .changed)])
            #expect(profile.table("other")?.measurement("t")?.distribution.sum == ByteCount(3))
            try await database.psql("DROP VIEW t; CREATE TABLE t (t text)")
        }
        try await tripwire.expectUntouched(by: "SELECT trip()", in: database)
    }
}
