import LOBAdvice
import LOBReports
import LOBSurvey
import PostgreSQLClient
import TestSupport
import Testing

/// What the planner would run for us is found before any row is read.
@Suite(.database) struct CodeOfOthersTests {
    /// Tables of a tenant, each with one place from which the planner runs the tenant's code, and some that are harmless.
    static func plant(_ tripwire: Tripwire, _ database: TestDatabase) async throws -> String {
        let tenant = "tenant_\(database.name)"
        try await database.psql(
            "CREATE ROLE \(tenant); GRANT ALL ON SCHEMA public TO \(tenant); CREATE EXTENSION hstore;")
        try await database.psql(
            """
            SET ROLE \(tenant);
            CREATE FUNCTION evil(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS \(tripwire.body("1"));
            CREATE FUNCTION evil_bool(int) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS \(tripwire.body("true"));
            CREATE FUNCTION evil_add(int, int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS \(tripwire.body("1"));
            CREATE FUNCTION wrapper(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + public.evil(1)';
            CREATE FUNCTION atomic(int) RETURNS int LANGUAGE sql IMMUTABLE RETURN $1 + evil(1);
            CREATE OPERATOR @+@ (LEFTARG = int, RIGHTARG = int, FUNCTION = evil_add);
            CREATE TABLE in_expression (id int, t text); CREATE INDEX ON in_expression ((id + evil(1)));
            CREATE TABLE in_predicate (id int, t text); CREATE INDEX ON in_predicate (id) WHERE evil_bool(1);
            CREATE TABLE in_statistics (id int, k int, t text);
            CREATE STATISTICS st ON (id + evil(1)), k FROM in_statistics;
            CREATE TABLE in_operator (id int, t text); CREATE INDEX ON in_operator ((id + (1 OPERATOR(public.@+@) 2)));
            CREATE TABLE in_nested_call (id int, t text); CREATE INDEX ON in_nested_call ((abs(evil(1)) + id));
            CREATE TABLE in_wrapper (id int, t text); CREATE INDEX ON in_wrapper (wrapper(id));
            CREATE TABLE in_check (id int CHECK (id > evil(1)), t text);
            CREATE TABLE in_key (id int, t text) PARTITION BY RANGE ((id + evil(1)));
            CREATE TABLE in_key_leaf PARTITION OF in_key FOR VALUES FROM (0) TO (1000);
            CREATE TABLE in_default (id int DEFAULT evil(1), g int GENERATED ALWAYS AS (k + evil(1)) STORED, k int, t text);
            CREATE TABLE harmless (id int, t text, h hstore); CREATE INDEX ON harmless (lower(t)); CREATE INDEX ON harmless USING gin (h);
            CREATE STATISTICS harmless_st ON (lower(t)), id FROM harmless;
            RESET ROLE;
            CREATE FUNCTION of_superuser(int) RETURNS int LANGUAGE sql IMMUTABLE RETURN atomic($1);
            CREATE TABLE in_function_of_superuser (id int, t text);
            CREATE INDEX ON in_function_of_superuser (of_superuser(id));
            CREATE FUNCTION trusted(int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN $1; END';
            CREATE TABLE of_trusted (id int, t text); CREATE INDEX ON of_trusted (trusted(id)); CREATE INDEX ON of_trusted ((id + trusted(1)));
            """)
        for table in suspects + harmless where table != "in_key_leaf" {
            try await database.psql(
                "INSERT INTO \(table) (id, t) SELECT i, repeat('x', i) FROM generate_series(2, 9) i")
        }
        try await database.psql(
            "INSERT INTO in_key (id, t) SELECT i, repeat('x', i) FROM generate_series(2, 9) i; ANALYZE")
        return tenant
    }

    private static let suspects = [
        "in_expression", "in_function_of_superuser", "in_nested_call", "in_operator", "in_predicate",
        "in_statistics", "in_wrapper",
    ]
    private static let harmless = ["harmless", "in_check", "in_default", "in_key_leaf", "of_trusted"]

    private static func refused(_ profile: Profile) -> [String] {
        profile.unmeasured.filter { $0.reason == .foreignCode }.map {
            $0.relation?.name.losslessText ?? ""
        }
    }

    private static func measured(_ profile: Profile) -> [String] {
        profile.tables.filter { $0.measurement("t") != nil }.map { $0.relation.name.name.losslessText }
    }

    private static func notes(_ profile: Profile) -> [Finding] {
        Recommender(profile).recommend().findings.filter { $0.id == FindingID.codeOfOwner.rawValue }
    }

    @Test func aSuperuserRunsNoneOfItAndListsTheTables() async throws {
        let database = try TestDatabase.current
        let tripwire = Tripwire(in: database)
        let tenant = try await Self.plant(tripwire, database)
        let before = tripwire.executions()
        // What a role or database may have set does not change that.
        try await database.psql("ALTER DATABASE \(database.name) SET constraint_exclusion = on")
        for method in [PlanOptions.Method.full, .sample] {
            let profile = try await profileOfCurrent(method: method)
            #expect(Self.refused(profile) == Self.suspects)
            #expect(Self.measured(profile) == Self.harmless)
            let entry = try #require(profile.unmeasured.first)
            #expect(
                entry.detail
                    == "public.evil() of \"\(tenant)\" in index in_expression_expr_idx; the role is a superuser"
            )
            #expect(Self.notes(profile) == [])
        }
        #expect(tripwire.executions() == before)
        for table in Self.suspects + ["in_check", "in_key_leaf"] {
            let seen = tripwire.executions()
            try await database.psql("SELECT count(t) FROM \(table) WHERE ctid >= '(0,0)'")
            #expect(tripwire.executions() > seen, "the planner runs it for \(table)")
        }
    }

    @Test func whereItsOwnersAreTrustedEverythingIsRead() async throws {
        let database = try TestDatabase.current
        _ = try await Self.plant(Tripwire(in: database), database)
        let profile = try await profileOfCurrent(plan: PlanOptions(method: .full, trustsOwners: true))
        #expect(profile.unmeasured == [])
        #expect(Self.measured(profile) == (Self.suspects + Self.harmless).sorted())
        #expect(profile.options.trustsOwners == true)
        #expect(Self.notes(profile).count >= Self.suspects.count)
        #expect(
            Self.notes(profile).allSatisfy {
                $0.message.contains("--trust-owners says, by a role that is a superuser")
            })
    }

    @Test func aRoleThatMayOnlyReadReadsThemWithAFinding() async throws {
        let database = try TestDatabase.current
        let tenant = try await Self.plant(Tripwire(in: database), database)
        let reader = "reader_\(database.name)"
        try await database.psql("CREATE ROLE \(reader) LOGIN IN ROLE pg_read_all_data, pg_monitor")
        let profile = try await profileOfCurrent(user: reader)
        #expect(profile.unmeasured == [] && profile.server.rolePower == nil)
        #expect(Self.measured(profile) == (Self.suspects + Self.harmless).sorted())
        let notes = Self.notes(profile)
        #expect(Set(notes.map(\.subject)) == Set(Self.suspects.map { "public.\($0)" }))
        #expect(notes.allSatisfy { $0.severity == .info && $0.message.contains("\"\(tenant)\"") })
        #expect(notes.allSatisfy { $0.message.contains("the role may only read") })
        // What is our own is no code of others, whatever else the role may do.
        try await database.psql("ALTER ROLE \(tenant) LOGIN; GRANT pg_read_all_data TO \(tenant)")
        let own = try await profileOfCurrent(user: tenant)
        #expect(Self.refused(own) == [] && Self.notes(own) == [])
    }

    /// Each right beside reading counts, also by way of another role.
    @Test func whatIsMoreThanReading() async throws {
        let database = try TestDatabase.current
        _ = try await Self.plant(Tripwire(in: database), database)
        let (name, group) = ("user_\(database.name)", "group_\(database.name)")
        let cases: [(String, RolePower?)] = [
            ("", nil), ("GRANT pg_read_all_settings TO \(name)", nil),
            ("ALTER ROLE \(name) BYPASSRLS", nil),
            ("GRANT INSERT ON harmless TO PUBLIC", nil),
            ("GRANT UPDATE ON harmless TO \(group)", .writes),
            ("GRANT INSERT (t) ON harmless TO \(name)", .writes),
            ("SELECT lo_create(777777); GRANT UPDATE ON LARGE OBJECT 777777 TO \(group)", .writes),
            ("SELECT lo_create(777778); ALTER LARGE OBJECT 777778 OWNER TO \(name)", .owns),
            ("CREATE TABLE own (id int); ALTER TABLE own OWNER TO \(group)", .owns),
            ("CREATE SCHEMA AUTHORIZATION \(name)", .owns),
            ("ALTER DATABASE \(database.name) OWNER TO \(name)", .owns),
            ("GRANT pg_write_all_data TO \(group)", .predefinedRole),
            ("GRANT pg_execute_server_program TO \(name)", .predefinedRole),
            ("GRANT pg_read_server_files TO \(name)", .predefinedRole),
            ("ALTER ROLE \(group) REPLICATION", .replicates),
            ("ALTER ROLE \(group) CREATEROLE", .createsRoles),
            ("ALTER ROLE \(group) SUPERUSER", .superuser),
        ]
        for (grant, power) in cases {
            try await database.psql(
                "CREATE ROLE \(name) LOGIN IN ROLE pg_read_all_data; CREATE ROLE \(group); GRANT \(group) TO \(name); \(grant)"
            )
            let profile = try await profileOfCurrent(
                user: name,
                scope: Scope(tables: [try NamePattern("in_operator"), try NamePattern("harmless")]))
            #expect(profile.server.rolePower == power, "\(grant)")
            #expect(Self.refused(profile) == (power == nil ? [] : ["in_operator"]), "\(grant)")
            #expect(profile.table("harmless")?.measurement("t") != nil, "\(grant)")
            try await database.psql(
                """
                ALTER DATABASE \(database.name) OWNER TO postgres; REVOKE ALL ON harmless FROM PUBLIC;
                DROP OWNED BY \(name), \(group); DROP ROLE \(name), \(group);
                """)
        }
    }

    /// The search for what refers to large objects reads tables too.
    @Test func referencesToLargeObjectsAreNotLookedForThere() async throws {
        let database = try TestDatabase.current
        let tripwire = Tripwire(in: database)
        _ = try await Self.plant(tripwire, database)
        try await database.psql(
            """
            SELECT lo_create(0); CREATE TABLE refers (o oid, k int); CREATE INDEX ON refers ((k + evil(1)));
            INSERT INTO refers SELECT oid, 1 FROM pg_largeobject_metadata;
            """)
        let before = tripwire.executions()
        let profile = try await profileOfCurrent()
        #expect(tripwire.executions() == before)
        let references = try #require(profile.largeObjects?.references)
        #expect(references.referring == [] && references.orphans == nil)
        #expect(references.unchecked.map(\.reason) == [.foreignCode])
        let trusting = try await profileOfCurrent(plan: PlanOptions(method: .full, trustsOwners: true))
        #expect(trusting.largeObjects?.references?.referring.map(\.objects) == [1])
    }
}
