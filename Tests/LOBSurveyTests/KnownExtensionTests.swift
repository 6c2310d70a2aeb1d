import LOBAdvice
import LOBReports
import LOBSurvey
import SizeStatistics
import TestSupport
import Testing

/// Extensions that keep rows elsewhere are recognized by what they leave in the catalog; here that is made by hand, since they
/// are not installed.
@Suite(.database) struct KnownExtensionTests {
    private static func name(_ name: String, schema: String = "public") -> RelationName {
        RelationName(schema: Identifier(schema), name: Identifier(name))
    }

    @Test(arguments: [PlanOptions.Method.full, .sample, .auto])
    func hypertablesAreMeasuredUnderTheirOwnName(method: PlanOptions.Method) async throws {
        try await TestDatabase.current.psql(KnownExtension.hypertable(isInstalled: true))
        let profile = try await profileOfCurrent(method: method)
        #expect(
            profile.tables.map(\.relation.name) == [Self.name("m"), Self.name("ordinary", schema: "side")])
        #expect(profile.unmeasured == [])
        let table = try #require(profile.table("m"))
        #expect(table.relation.isReadWithDescendants == true)
        #expect(table.relation.blocks > 0 && (table.relation.estimatedRows ?? 0) > 2000)
        let measurement = try #require(table.measurement("note"))
        #expect(measurement.distribution.rows == 3000)
        #expect(measurement.largestSize == ByteCount(400_000))
        #expect(measurement.method == .full)
        #expect(Account(profile)?.unexplained == 0)
        for (type, severity) in [(MigrationType.cdc, Finding.Severity.error), (.fullLoad, .info)] {
            let recommendation = Recommender(profile, policy: Policy(migrationType: type)).recommend()
            let found = recommendation.findings.filter { $0.id == "timescaledb" }
            #expect(found.map(\.severity) == [severity])
            #expect(found.allSatisfy { $0.message.contains(#""public.m""#) })
            #expect(!recommendation.findings.contains { $0.id == "inheritance-parent" })
            let selected = Set(recommendation.mapping.rules.compactMap(\.locator))
            #expect(selected == [Self.name("m"), Self.name("ordinary", schema: "side")])
        }
    }

    /// The schemas of a user who happens to have such names are in scope.
    @Test func withoutTheExtensionTheSameTablesAreOrdinary() async throws {
        try await TestDatabase.current.psql(KnownExtension.hypertable(isInstalled: false))
        let profile = try await profileOfCurrent()
        #expect(profile.tables.count == 7)
        #expect(profile.table("m")?.measurement("note")?.distribution.rows == 0)
        #expect(profile.tables.allSatisfy { $0.relation.isReadWithDescendants == nil })
    }

    /// What the role may not read, or has other columns, says nothing; the survey goes on.
    @Test func catalogsThatCannotBeReadSayNothing() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            KnownExtension.hypertable(isInstalled: true)
                + "ALTER TABLE _timescaledb_catalog.hypertable RENAME table_name TO relation_name;")
        let profile = try await profileOfCurrent()
        #expect(profile.table("m")?.relation.isReadWithDescendants == nil)
        #expect(!profile.tables.contains { $0.relation.name.schema == Identifier("_timescaledb_internal") })
    }

    @Test func tablesOfCitusAreTold() async throws {
        try await TestDatabase.current.psql(
            """
            CREATE TABLE ev (id int PRIMARY KEY, t text); INSERT INTO ev VALUES (1, 'x');
            CREATE TABLE ref (id int PRIMARY KEY, t text); CREATE TABLE local (id int PRIMARY KEY, t text);
            SET allow_system_table_mods = on;
            CREATE TABLE pg_catalog.pg_dist_partition (logicalrelid regclass NOT NULL, partmethod "char", repmodel "char");
            INSERT INTO pg_dist_partition VALUES ('ev', 'h', 's'), ('ref', 'n', 't');
            """ + KnownExtension.pretended("citus", schema: "pg_catalog")
                + "ALTER EXTENSION citus ADD TABLE pg_catalog.pg_dist_partition;")
        let profile = try await profileOfCurrent()
        #expect(profile.tables.map(\.relation.isDistributed) == [true, nil, true])
        #expect(profile.tables.map(\.relation.isSharded) == [true, nil, nil])
        let ev = try #require(profile.table("ev"))
        #expect(ev.measurement("t")?.distribution.rows == 1 && !ev.rows.isExact)
        let estimate = ColumnEstimator(profile).estimate(ev.columns[0], of: ev)
        #expect(estimate.limit == nil && estimate.statement.contains("--shards"))
        #expect(profile.table("ref")?.reading?.certainty == .oneMoment)
        for (type, severity) in [(MigrationType.cdc, Finding.Severity.warning), (.fullLoad, .info)] {
            let findings = Recommender(profile, policy: Policy(migrationType: type)).recommend().findings
            let found = findings.filter { $0.id == "citus-distributed" }
            #expect(found.map(\.subject) == ["public.ev", "public.ref"])
            #expect(found.map(\.severity) == [severity, severity])
        }
    }

    @Test func templatesOfPartmanAreOutOfScope() async throws {
        try await TestDatabase.current.psql(
            """
            CREATE SCHEMA "part Man"; CREATE TABLE "part Man".part_config (parent_table text, template_table text);
            CREATE TABLE "part Man".template_public_t (t text); CREATE TABLE "part Man".kept (t text);
            INSERT INTO "part Man".part_config VALUES ('public.t', 'part Man.template_public_t'), ('public.u', NULL);
            """ + KnownExtension.pretended("pg_partman", schema: "\"part Man\"")
                + "ALTER EXTENSION pg_partman ADD TABLE \"part Man\".part_config;")
        let profile = try await profileOfCurrent()
        #expect(profile.tables.map(\.relation.name) == [Self.name("kept", schema: "part Man")])
    }

    @Test func unloggedTablesOtherAccessMethodsAndTablesWithoutColumnsAreTold() async throws {
        try await TestDatabase.current.psql(
            """
            CREATE ACCESS METHOD pile TYPE TABLE HANDLER heap_tableam_handler;
            CREATE TABLE other (id int PRIMARY KEY, t text) USING pile; INSERT INTO other SELECT i, repeat('o', i) FROM generate_series(1, 50) i;
            CREATE UNLOGGED TABLE fleeting (id int PRIMARY KEY, t text); CREATE TABLE nothing ();
            """)
        let profile = try await profileOfCurrent()
        #expect(profile.table("other")?.measurement("t")?.distribution.rows == 50)
        let told = { (type: MigrationType) in
            let found = Recommender(profile, policy: Policy(migrationType: type)).recommend().findings
            return found.map { "\($0.id) \($0.subject) \($0.severity.rawValue)" }
        }
        let cdc = told(.cdc)
        #expect(cdc.contains("access-method public.other warning"))
        #expect(cdc.contains("unlogged-table public.fleeting error"))
        #expect(cdc.contains("table-without-columns public.nothing info"))
        let load = told(.fullLoad)
        #expect(load.contains("access-method public.other info"))
        #expect(!load.contains { $0.hasPrefix("unlogged-table") })
        let mapping = Recommender(profile).recommend().mapping
        #expect(!mapping.rules.compactMap(\.locator).contains(Self.name("nothing")))
    }

    @Test func aPatternThatNamesAViewIsToldSo() async throws {
        try await TestDatabase.current.psql("CREATE TABLE t (t text); CREATE VIEW vw AS SELECT * FROM t")
        let error = await #expect(throws: SurveyError.self) {
            _ = try await profileOfCurrent(scope: Scope(tables: [NamePattern("vw")]))
        }
        #expect(error?.description.contains("\"vw\": a view") ?? false)
        #expect(error?.description.contains("full load only") ?? false)
    }
}
