import LOBAdvice
import LOBReports
import LOBSurvey
import SizeStatistics
import TestSupport
import Testing

/// Every kind of relation is measured, listed or left out as it should be.
@Suite(.database) struct RelationKindTests {
    private static func name(_ name: String, schema: String = "public") -> RelationName {
        RelationName(schema: Identifier(schema), name: Identifier(name))
    }

    @Test func partitionsAreMeasuredAsLeavesOfTheirRoot() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE SCHEMA other;
            CREATE TABLE root (id int, y int, t text, j jsonb) PARTITION BY RANGE (y);
            CREATE TABLE middle PARTITION OF root FOR VALUES FROM (0) TO (10) PARTITION BY LIST (y);
            CREATE TABLE other.deep PARTITION OF middle FOR VALUES IN (1, 2) PARTITION BY HASH (id);
            CREATE TABLE leaf_a PARTITION OF other.deep FOR VALUES WITH (MODULUS 2, REMAINDER 0);
            CREATE TABLE other.leaf_b PARTITION OF other.deep FOR VALUES WITH (MODULUS 2, REMAINDER 1);
            CREATE TABLE leaf_c PARTITION OF middle DEFAULT;
            CREATE TABLE leaf_d PARTITION OF root DEFAULT;
            CREATE TABLE detached (id int, y int, t text, j jsonb); ALTER TABLE root ATTACH PARTITION detached FOR VALUES FROM (50) TO (60);
            ALTER TABLE root DETACH PARTITION detached;
            CREATE TABLE childless (t text) PARTITION BY LIST (t);
            INSERT INTO root SELECT i, i % 30, repeat('x', i), jsonb_build_array(i) FROM generate_series(1, 500) i;
            """)
        let profile = try await profileOfCurrent()
        #expect(profile.unmeasured == [])
        let leaves = [
            Self.name("leaf_b", schema: "other"), Self.name("leaf_a"), Self.name("leaf_c"),
            Self.name("leaf_d"),
        ]
        #expect(Set(profile.tables.map(\.relation.name)) == Set(leaves + [Self.name("detached")]))
        for table in profile.tables {
            let isLeaf = leaves.contains(table.relation.name)
            #expect(table.relation.root == (isLeaf ? Self.name("root") : nil))
            #expect(table.relation.kind == (isLeaf ? .leaf : .table))
        }
        #expect(profile.tables.map(\.rows.count).reduce(0, +) == 500)
        try await expectEqualsPlainSQL(profile, PlainSQL(database: database), atLeast: 10)
        let scoped = try await profileOfCurrent(scope: Scope(tables: [NamePattern("root")]))
        #expect(Set(scoped.tables.map(\.relation.name)) == Set(leaves))
    }

    @Test(arguments: [PlanOptions.Method.full, .sample, .auto])
    func materializedViewsAreMeasuredOrSaidToBeEmpty(method: PlanOptions.Method) async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE t (t text, j jsonb); INSERT INTO t SELECT repeat('x', i), '[1]' FROM generate_series(1, 400) i;
            CREATE MATERIALIZED VIEW filled AS SELECT * FROM t; CREATE MATERIALIZED VIEW never_filled AS SELECT * FROM t WITH NO DATA;
            CREATE VIEW plain AS SELECT * FROM t;
            """)
        let profile = try await profileOfCurrent(
            method: method, sample: SampleDesign(method: .system, percent: 100, seed: 0))
        #expect(
            profile.unmeasured == [Unmeasured(relation: Self.name("never_filled"), reason: .notPopulated)])
        #expect(profile.tables.map(\.relation.kind) == [.materializedView, .materializedView, .table])
        #expect(profile.table("never_filled")?.measurement("t") == nil)
        try await expectEqualsPlainSQL(profile, PlainSQL(database: database), atLeast: 4)
    }

    @Test func foreignPartitionsAreListedAndNeverRead() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE EXTENSION file_fdw; CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
            CREATE TABLE root (y int, t text) PARTITION BY RANGE (y);
            CREATE TABLE near PARTITION OF root FOR VALUES FROM (0) TO (10);
            CREATE FOREIGN TABLE far PARTITION OF root FOR VALUES FROM (10) TO (20) SERVER files
              OPTIONS (program 'exit 1');
            CREATE FOREIGN TABLE alone (t text) SERVER files OPTIONS (program 'exit 1');
            INSERT INTO near SELECT 1, repeat('x', i) FROM generate_series(1, 50) i;
            """)
        for method in [PlanOptions.Method.full, .sample, .auto] {
            let profile = try await profileOfCurrent(method: method)
            #expect(profile.unmeasured == [Unmeasured(relation: Self.name("far"), reason: .foreignTable)])
            #expect(profile.tables.map(\.relation.name) == ["alone", "far", "near"].map { Self.name($0) })
            #expect(profile.leftOut == [Unmeasured(relation: Self.name("alone"), reason: .foreignTable)])
            #expect(profile.table("far")?.relation.root == Self.name("root"))
        }
    }

    @Test func inheritanceChildrenAreCountedOnce() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE parent (t text); CREATE TABLE child (u text) INHERITS (parent);
            INSERT INTO parent SELECT repeat('x', i) FROM generate_series(1, 10) i;
            INSERT INTO child SELECT repeat('y', i), 'z' FROM generate_series(1, 1000) i;
            """)
        for design in [
            SampleDesign(method: .system, percent: 100, seed: 0),
            .init(method: .bernoulli, percent: 100, seed: 0),
        ] {
            for method in [PlanOptions.Method.full, .sample] {
                let profile = try await profileOfCurrent(method: method, sample: design)
                #expect(profile.table("parent")?.measurement("t")?.distribution.rows == 10)
                #expect(profile.table("child")?.measurement("t")?.distribution.rows == 1000)
                #expect(profile.unmeasured == [])
            }
        }
    }

    /// Partitions, children with two parents and tables by themselves: which are to be read in one moment.
    @Test func tablesOfOneTreeHaveOneNumber() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE alone (t text); CREATE SCHEMA other;
            CREATE TABLE mother (t text); CREATE TABLE father (u text); CREATE TABLE other.child (v text) INHERITS (mother, father);
            CREATE TABLE grandchild () INHERITS (other.child); CREATE UNLOGGED TABLE aunt () INHERITS (father);
            CREATE TABLE root (y int, t text) PARTITION BY LIST (y); CREATE TABLE leaf_a PARTITION OF root FOR VALUES IN (1);
            CREATE TABLE middle PARTITION OF root DEFAULT PARTITION BY LIST (y); CREATE TABLE leaf_b PARTITION OF middle DEFAULT;
            CREATE INDEX ON root (t);
            """)
        let relations = try await profileOfCurrent().tables.map(\.relation)
        let byName = Dictionary(
            relations.map { ($0.name.name.losslessText, $0) }, uniquingKeysWith: { first, _ in first })
        #expect(byName["alone"]?.tree == nil)
        #expect(byName["alone"]?.descendants == [])
        let family = ["mother", "father", "child", "grandchild", "aunt"].compactMap { byName[$0] }
        #expect(family.count == 5)
        #expect(Set(family.map(\.tree)) == [family.map(\.oid).min()])
        let root = try await database.psql("SELECT 'root'::regclass::oid")
        #expect(["leaf_a", "leaf_b"].map { byName[$0]?.tree } == [UInt32(root), UInt32(root)])
        let below = [Self.name("grandchild"), Self.name("child", schema: "other")].sorted()
        #expect(byName["mother"]?.descendants == below)
        #expect(byName["father"]?.descendants == (below + [Self.name("aunt")]).sorted())
        #expect(byName["child"]?.descendants == [Self.name("grandchild")])
        #expect(byName["leaf_a"]?.descendants == [])
        #expect(relations.filter { $0.isUnlogged == true }.map(\.name) == [Self.name("aunt")])
    }

    @Test func whatDMSNeverMigratesIsOutOfScope() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE SCHEMA pglogical; CREATE TABLE pglogical.node (t text); CREATE TABLE awsdms_ddl_audit (t text);
            CREATE TABLE awsdms_apply_exceptions (t text); CREATE TABLE kept (t text); CREATE TABLE xawsdms_ (t text);
            CREATE UNLOGGED TABLE unlogged (t text); CREATE EXTENSION hstore; CREATE TABLE owned (t text);
            ALTER EXTENSION hstore ADD TABLE owned; CREATE SEQUENCE seq; CREATE TYPE composite AS (t text);
            """)
        let profile = try await profileOfCurrent()
        #expect(
            profile.tables.map(\.relation.name.losslessText) == [
                "pglogical.node", "public.kept", "public.unlogged", "public.xawsdms_",
            ])
        #expect(profile.unmeasured == [])
        // What is left out by its name alone is told by its name.
        let found = try #require(Self.tablesOfDMS(profile))
        #expect(found.severity == .info)
        #expect(found.message.contains("\"public.awsdms_apply_exceptions\", \"public.awsdms_ddl_audit\":"))
    }

    private static func tablesOfDMS(_ profile: Profile) -> Finding? {
        Recommender(profile).recommend().findings.first { $0.id == FindingID.tablesOfDMS.rawValue }
    }

    /// A table of somebody's own with such a name is a warning, unless the scope leaves it out.
    @Test func tablesThatLookLikeThoseOfDMSAreTold() async throws {
        try await TestDatabase.current.psql(
            """
            CREATE TABLE awsdms_orders (t text); INSERT INTO awsdms_orders VALUES (repeat('x', 500000)); CREATE TABLE kept (t text);
            CREATE SCHEMA other; CREATE TABLE other.awsdms_parts (t text) PARTITION BY LIST (t); CREATE TABLE other.t (t text);
            """)
        let all = try #require(Self.tablesOfDMS(try await profileOfCurrent()))
        #expect(all.severity == .warning && all.subject == "other.awsdms_parts")
        #expect(
            all.message.contains(
                "\"other.awsdms_parts\", \"public.awsdms_orders\": neither measured nor in any rule"))
        let other = try await profileOfCurrent(scope: Scope(schemas: [try NamePattern("other")]))
        #expect(Self.tablesOfDMS(other)?.message.contains("awsdms_orders") == false)
        #expect(
            Self.tablesOfDMS(try await profileOfCurrent(scope: Scope(tables: [try NamePattern("kept")])))
                == nil)
    }

    /// A temporary table of a session that lives on while the survey runs.
    @Test func temporaryTablesAreOutOfScope() async throws {
        let database = try TestDatabase.current
        try await database.psql("CREATE TABLE kept (t text)")
        let script = "CREATE TEMPORARY TABLE passing (t text); SELECT pg_sleep(3);"
        async let session = database.psql(script)
        try await database.psql(
            """
            DO $$ BEGIN WHILE NOT EXISTS (SELECT FROM pg_class WHERE relname = 'passing') LOOP
              PERFORM pg_sleep(0.01); PERFORM pg_stat_clear_snapshot(); END LOOP; END $$
            """)
        let profile = try await profileOfCurrent()
        #expect(profile.tables.map(\.relation.name.name.losslessText) == ["kept"])
        _ = try await session
    }

    @Test func droppedAndGeneratedColumnsKeepTheirPlaces() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE t (a text, gone text, b text, made text GENERATED ALWAYS AS (a || b) STORED, gone_too jsonb, c json);
            INSERT INTO t (a, gone, b, gone_too, c) SELECT repeat('a', i), 'gone', repeat('b', 2 * i), '{}', '[3]' FROM generate_series(1, 90) i;
            ALTER TABLE t DROP gone, DROP gone_too; ALTER TABLE t ADD late text DEFAULT repeat('late', 10), ADD late_json json DEFAULT '{"a": 1}';
            INSERT INTO t (a, b, c, late) VALUES ('x', 'y', '1', NULL);
            """)
        let profile = try await profileOfCurrent()
        let table = try #require(profile.table("t"))
        #expect(
            table.columns.map(\.column.name.losslessText) == ["a", "b", "made", "c", "late", "late_json"])
        #expect(table.columns.map(\.column.isGenerated) == [false, false, true, false, false, false])
        try await expectEqualsPlainSQL(profile, PlainSQL(database: database), atLeast: 6)
    }

    @Test func aTableOf1600ColumnsIsMeasured() async throws {
        let database = try TestDatabase.current
        let columns = (1...1600).map { "c\($0) text" }.joined(separator: ", ")
        let json = (1...1598).map { "c\($0) jsonb" }.joined(separator: ", ")
        try await database.psql(
            """
            CREATE TABLE wide (\(columns)); INSERT INTO wide DEFAULT VALUES;
            INSERT INTO wide (c1, c2, c799, c1600) SELECT 'a', 'bc', repeat('x', i), 'z' FROM generate_series(1, 40) i;
            CREATE TABLE wide_json (\(json)); INSERT INTO wide_json (c1, c800) SELECT '[1]', '{}' FROM generate_series(1, 40);
            """)
        for method in [PlanOptions.Method.full, .sample] {
            let everything = SampleDesign(method: .system, percent: 100, seed: 0)
            let profile = try await profileOfCurrent(
                method: method, sample: everything, scope: Scope(tables: [NamePattern("wide*")]))
            #expect(profile.unmeasured == [])
            try await expectEqualsPlainSQL(profile, PlainSQL(database: database), atLeast: 3198)
        }
    }
}
