import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import TestSupport
import Testing

/// What a role may not read is listed with its reason, and the rest is measured.
@Suite(.database) struct SurveyPrivilegeTests {
    private static let schema = """
        CREATE SCHEMA hidden; CREATE SCHEMA shown;
        CREATE TABLE public.whole (id int PRIMARY KEY, a text, b jsonb);
        CREATE TABLE public.partly (id int, a text, b jsonb, c bytea, d json);
        CREATE TABLE public.closed (a text, b text);
        CREATE TABLE public.rows_only (id int, t text);
        CREATE TABLE public.secured (a text);
        CREATE TABLE public.forced (a text);
        CREATE TABLE public.without_lob (id int);
        CREATE TABLE hidden.granted (a text);
        CREATE TABLE shown.granted (a text);
        INSERT INTO whole SELECT i, repeat('x', i), jsonb_build_array(i) FROM generate_series(1, 300) i;
        INSERT INTO partly SELECT i, repeat('x', i), '{}', '\\x0102', '[1, 2]' FROM generate_series(1, 300) i;
        INSERT INTO closed VALUES ('x'); INSERT INTO hidden.granted VALUES ('x'); INSERT INTO shown.granted VALUES ('xy');
        INSERT INTO rows_only SELECT i, 'x' FROM generate_series(1, 10) i;
        INSERT INTO secured SELECT repeat('x', i) FROM generate_series(1, 10) i;
        INSERT INTO forced SELECT repeat('x', i) FROM generate_series(1, 10) i;
        ALTER TABLE secured ENABLE ROW LEVEL SECURITY;
        ALTER TABLE forced ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
        CREATE POLICY p ON secured USING (length(a) > 5);
        """

    private static func role(_ options: String, _ database: TestDatabase) async throws -> String {
        let name = "role_\(database.name)"
        try await database.psql("CREATE ROLE \(name) LOGIN \(options)")
        return name
    }

    private static func entry(
        _ schema: String, _ table: String, _ reason: Unmeasured.Reason, column: String? = nil
    ) -> Unmeasured {
        Unmeasured(
            relation: RelationName(schema: Identifier(schema), name: Identifier(table)),
            column: column.map { Identifier($0) }, reason: reason)
    }

    /// `schema.table.column rows` of everything that was measured.
    private static func measured(_ profile: Profile) -> [String] {
        profile.tables.flatMap { table in
            table.columns.compactMap { column in
                column.measurement.map {
                    "\(table.relation.name.losslessText).\(column.column.name.losslessText) \($0.distribution.rows)"
                }
            }
        }
    }

    @Test func aRoleWithoutRightsMeasuresNothing() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.schema)
        let profile = try await profileOfCurrent(user: try await Self.role("", database))
        #expect(Self.measured(profile) == [])
        #expect(
            profile.unmeasured == [
                Self.entry("hidden", "granted", .permissionDenied),
                Self.entry("public", "closed", .permissionDenied),
                Self.entry("public", "forced", .rowSecurity),
                Self.entry("public", "partly", .permissionDenied),
                Self.entry("public", "rows_only", .permissionDenied),
                Self.entry("public", "secured", .rowSecurity),
                Self.entry("public", "whole", .permissionDenied),
                Self.entry("shown", "granted", .permissionDenied),
            ])
        #expect(profile.tables.count == 9)
        #expect(profile.tables.allSatisfy { !$0.rows.isExact })
    }

    @Test(arguments: [PlanOptions.Method.full, .sample])
    func grantsOnColumnsMeasureThoseColumns(method: PlanOptions.Method) async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.schema)
        let role = try await Self.role("", database)
        try await database.psql(
            """
            GRANT USAGE ON SCHEMA shown TO \(role); GRANT SELECT ON ALL TABLES IN SCHEMA hidden, shown TO \(role);
            GRANT SELECT ON whole TO \(role); GRANT SELECT (a, d) ON partly TO \(role); GRANT SELECT (id) ON rows_only TO \(role);
            """)
        let profile = try await profileOfCurrent(
            user: role, method: method, sample: SampleDesign(method: .system, percent: 100, seed: 1))
        #expect(
            Self.measured(profile) == [
                "public.partly.a 300", "public.partly.d 300", "public.whole.a 300", "public.whole.b 300",
                "shown.granted.a 1",
            ])
        #expect(
            profile.unmeasured == [
                Self.entry("hidden", "granted", .permissionDenied),
                Self.entry("public", "closed", .permissionDenied),
                Self.entry("public", "forced", .rowSecurity),
                Self.entry("public", "partly", .permissionDenied, column: "b"),
                Self.entry("public", "partly", .permissionDenied, column: "c"),
                Self.entry("public", "rows_only", .permissionDenied),
                Self.entry("public", "secured", .rowSecurity),
            ])
        try await expectEqualsPlainSQL(profile, PlainSQL(database: database), atLeast: 5)
        // Places need SELECT on the whole table.
        #expect(profile.table("partly")?.measurement("a")?.largest == [])
        #expect(profile.table("whole")?.measurement("a")?.largest.count == LocatedSize.kept)
    }

    @Test func pgReadAllDataMeasuresAllButRowSecurity() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.schema)
        let profile = try await profileOfCurrent(
            user: try await Self.role("IN ROLE pg_read_all_data", database))
        #expect(
            profile.unmeasured == [
                Self.entry("public", "forced", .rowSecurity), Self.entry("public", "secured", .rowSecurity),
            ])
        try await expectEqualsPlainSQL(profile, PlainSQL(database: database), atLeast: 11)
    }

    @Test func ownersAndBypassingRolesSeeAllRows() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.schema)
        let role = try await Self.role("BYPASSRLS IN ROLE pg_read_all_data", database)
        #expect(try await profileOfCurrent(user: role).unmeasured == [])
        let owner = "owner_\(database.name)"
        try await database.psql(
            "CREATE ROLE \(owner) LOGIN; ALTER TABLE secured OWNER TO \(owner); ALTER TABLE forced OWNER TO \(owner)"
        )
        let profile = try await profileOfCurrent(user: owner)
        #expect(Self.measured(profile) == ["public.secured.a 10"])
        #expect(profile.unmeasured.contains(Self.entry("public", "forced", .rowSecurity)))
    }

    /// Rights that go away between the plan and the scan.
    @Test func revokedRightsAreListed() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.schema)
        let role = try await Self.role("", database)
        try await database.psql("GRANT SELECT ON whole, rows_only TO \(role)")
        let revoke = Interference(
            database.conninfo(), on: .plan,
            ["DO $$ BEGIN EXECUTE 'REVOKE SELECT ON whole FROM role_' || current_database(); END $$"])
        let profile = try await profileOfCurrent(user: role) { revoke.hear($0) }
        #expect(revoke.hasHappened)
        #expect(profile.unmeasured.contains(Self.entry("public", "whole", .permissionDenied)))
        #expect(Self.measured(profile) == ["public.rows_only.t 10"])
    }

    /// Row security that is switched on while the survey runs is called what the catalog would have called it; a right that is
    /// taken away stays what it is.
    @Test(
        arguments: [Interference.Moment.plan, .chunks(3)],
        [
            ("ALTER TABLE late ENABLE ROW LEVEL SECURITY", Unmeasured.Reason.rowSecurity),
            ("REVOKE SELECT ON late FROM PUBLIC", .permissionDenied),
        ] as [(SQL, Unmeasured.Reason)])
    func rowSecurityThatComesLateIsNamed(
        moment: Interference.Moment, change: (statement: SQL, reason: Unmeasured.Reason)
    ) async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE late (t text, o oid); GRANT SELECT ON late TO PUBLIC; CREATE TABLE open (t text);
            INSERT INTO late SELECT repeat('x', i % 1500), 77 FROM generate_series(1, 9000) i; GRANT SELECT ON open TO PUBLIC;
            INSERT INTO open VALUES ('abc'); SELECT lo_create(77); ANALYZE;
            """)
        let interference = Interference(database.conninfo(), on: moment, [change.statement])
        let role = try await Self.role("", database)
        let profile = try await profileOfCurrent(user: role, jobs: 1, chunkTime: .microseconds(300)) {
            interference.hear($0)
        }
        #expect(interference.hasHappened)
        let late = profile.unmeasured.filter { $0.relation != nil }
        #expect(late == [Self.entry("public", "late", change.reason)])
        #expect(profile.table("open")?.measurement("t") != nil)
        let references = try #require(profile.largeObjects?.references)
        #expect(references.unchecked.map(\.reason) == [change.reason])
    }
}
