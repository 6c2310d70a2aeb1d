import EphemeralPostgreSQL
import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import TestSupport
import Testing

/// What psql wrote of the database of the running test.
func kitAnswers(
    user: String = "postgres", _ change: ([UInt8]) -> [UInt8] = { $0 }
) async throws -> [UInt8] {
    try await TestDatabase.current.psqlBytes(change(try KitScript().bytes), user: user)
}

/// Expects that the offline kit says of the database of the running test what a direct profile says, and returns its profile.
@discardableResult
func expectKitEqualsDirect(user: String = "postgres", sourceLocation: SourceLocation = #_sourceLocation)
    async throws -> Profile
{
    let kit = try KitImport(try await kitAnswers(user: user)).profile()
    let direct = try await profileOfCurrent(user: user)
    #expect(kit.database == direct.database, sourceLocation: sourceLocation)
    #expect(kit.tables.map(\.relation) == direct.tables.map(\.relation), sourceLocation: sourceLocation)
    let names = Set(kit.tables.map(\.relation.name)).symmetricDifference(direct.tables.map(\.relation.name))
    #expect(names.map(\.losslessText) == [], sourceLocation: sourceLocation)
    for (mine, other) in zip(kit.tables, direct.tables) {
        let name = mine.relation.name.losslessText
        #expect(mine.rows == other.rows, "\(name)", sourceLocation: sourceLocation)
        for (column, expected) in zip(mine.columns, other.columns) {
            var measurement = expected.measurement
            // Where values are stored is no figure of the kit.
            measurement?.stored = nil
            #expect(
                column.measurement == measurement, "\(name).\(column.column.name.losslessText)",
                sourceLocation: sourceLocation)
        }
    }
    #expect(kit.server.systemIdentifier == direct.server.systemIdentifier, sourceLocation: sourceLocation)
    #expect(kit.server.version == direct.server.version, sourceLocation: sourceLocation)
    #expect(kit.certificate?.serverStartedAt == direct.certificate?.serverStartedAt)
    #expect(kit.certificate?.settings == direct.certificate?.settings, sourceLocation: sourceLocation)
    let inDirect = Set(direct.unmeasured)
    #expect(Set(kit.unmeasured.filter { $0.reason != .noAnswer }) == inDirect, sourceLocation: sourceLocation)
    return kit
}

/// The offline kit: its figures are those of a direct profile.
@Suite(.database) struct KitTests {
    @Test func everyTypeEqualsTheDirectProfile() async throws {
        let database = try TestDatabase.current
        try await database.psql(ExactProfileTests.everyType)
        let kit = try await expectKitEqualsDirect()
        #expect(kit.isComplete)
        #expect(kit.table("every_type")?.columns.count == 23)
        #expect(kit.table("every_type")?.rows == .init(count: 702, isExact: true))
        #expect(kit.table("every_type")?.reading?.certainty == .oneMoment)
    }

    @Test func treesViewsAndPlainTablesEqualTheDirectProfile() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE p (id int, t text, j jsonb) PARTITION BY RANGE (id);
            CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (500);
            CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (500) TO (1000) PARTITION BY LIST (t);
            CREATE TABLE p2a PARTITION OF p2 DEFAULT;
            INSERT INTO p SELECT i, repeat('x', i), jsonb_build_object('k', i) FROM generate_series(1, 999) i;
            CREATE TABLE parent (t text); CREATE TABLE child (extra bytea) INHERITS (parent);
            INSERT INTO parent SELECT repeat('p', i) FROM generate_series(1, 50) i;
            INSERT INTO child SELECT repeat('c', i), decode('ff', 'hex') FROM generate_series(1, 70) i;
            CREATE MATERIALIZED VIEW filled AS SELECT repeat('m', i) AS t FROM generate_series(1, 30) i;
            CREATE MATERIALIZED VIEW never_filled AS SELECT 'x'::text AS t WITH NO DATA;
            CREATE TABLE without_lob (id int); CREATE TABLE empty (t text); CREATE VIEW v AS SELECT 1;
            CREATE UNLOGGED TABLE unlogged (t text); INSERT INTO unlogged VALUES ('x');
            CREATE TABLE numbers (n numeric, few numeric(10, 2), many numeric(60), b bit(4), long_b bit varying, v varchar(10),
              o oid, r int4range, nr numrange, reg regprocedure, iv int2vector, e interval, m money);
            INSERT INTO numbers SELECT 1e100, 1, 2, B'1010', B'1', 'x', 1, '[1,2)', '[1,2.5)', 'now()', '1 2', '1 day', 1;
            CREATE PUBLICATION pub FOR TABLE empty; ALTER TABLE without_lob ADD PRIMARY KEY (id);
            CREATE SEQUENCE s; ANALYZE;
            """)
        let kit = try await expectKitEqualsDirect()
        #expect(kit.unmeasured.map(\.reason) == [.notPopulated])
        #expect(kit.tables.count == 10)
    }

    /// So many blocks that a table is read in several parts.
    @Test func partsOfALargeTableAddUp() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE large (t text, j json);
            INSERT INTO large SELECT string_agg(md5((i * 40 + k)::text), ''), to_json(i)
              FROM generate_series(1, 22000) i, generate_series(1, 30) k GROUP BY i;
            UPDATE large SET t = t || 'x' WHERE length(j::text) = 3; ANALYZE large;
            """)
        let answers = String(decoding: try await kitAnswers(), as: UTF8.self)
        #expect(answers.matches(of: /"parts" : ([0-9]+)/).contains { $0.output.1 != "1" })
        try await expectKitEqualsDirect()
    }

    /// The snapshot shows no rows of a table that was truncated since: that is no size of it.
    @Test func aTableThatIsTruncatedMeanwhileHasNoAnswer() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE emptied (t text); CREATE TABLE kept (t text); CREATE TABLE swapped (t text);
            INSERT INTO emptied SELECT repeat('x', 5000); INSERT INTO kept VALUES ('abc'); INSERT INTO swapped VALUES ('abc');
            """)
        let change = Task {
            try await database.psql(
                """
                BEGIN; TRUNCATE emptied; ALTER TABLE swapped RENAME TO old; CREATE TABLE swapped (t text);
                SELECT pg_sleep(4); COMMIT;
                """)
        }
        while try await database.psql("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
            == "0"
        {}
        let kit = try KitImport(try await kitAnswers()).profile()
        _ = try await change.value
        #expect(kit.table("kept")?.measurement("t")?.distribution.largest == ByteCount(3))
        for name in ["emptied", "swapped"] {
            let table = try #require(kit.table(name))
            #expect(table.measurement("t") == nil)
            #expect(kit.unmeasured.contains { $0.relation == table.relation.name && $0.reason == .noAnswer })
        }
    }

    @Test func manyColumnsAreReadByAndBy() async throws {
        let database = try TestDatabase.current
        let columns = (1...150).map { "c\($0) text DEFAULT repeat('x', \($0))" }
        try await database.psql(
            "CREATE TABLE wide (\(columns.joined(separator: ", "))); INSERT INTO wide SELECT FROM generate_series(1, 5)"
        )
        let kit = try await expectKitEqualsDirect()
        #expect(kit.table("wide")?.measurement("c150")?.distribution.largest == ByteCount(150))
    }

    @Test func hostileNamesAreMeasuredAndNothingOfThemRuns() async throws {
        let database = try TestDatabase.current
        let tripwire = try await Tripwire.set("pwn()", in: database)
        // psql leaves noncharacters out of what it prints.
        let names = HostileNames.utf8(300).filter { name in
            String(decoding: name, as: UTF8.self).unicodeScalars.allSatisfy { $0.value & 0xFFFE != 0xFFFE }
        }
        #expect(names.count > 250)
        try await HostileNames.createTables(names, in: database)
        let kit = try await expectKitEqualsDirect()
        #expect(kit.isComplete)
        #expect(kit.tables.count == names.count)
        try await tripwire.expectUntouched(by: "SELECT pwn()", in: database)
    }

    /// An operator or function of a schema that a role has in its path is nothing to the script.
    @Test func ownFunctionsInTheSearchPathAreNotCalled() async throws {
        let database = try TestDatabase.current
        let tripwire = Tripwire(in: database)
        try await database.psql(
            """
            CREATE SCHEMA evil;
            CREATE FUNCTION evil.same(text, text) RETURNS boolean LANGUAGE plpgsql AS \(tripwire.body("true"));
            CREATE OPERATOR evil.= (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.same);
            CREATE FUNCTION evil.current_setting(text) RETURNS text LANGUAGE plpgsql AS \(tripwire.body("'on'"));
            CREATE FUNCTION evil.set_config(text, text, boolean) RETURNS text LANGUAGE plpgsql AS \(tripwire.body("'x'"));
            CREATE TABLE t (v text); INSERT INTO t VALUES ('abc');
            ALTER DATABASE \(database.name) SET search_path = evil, pg_catalog, public;
            """)
        let kit = try KitImport(try await kitAnswers()).profile()
        #expect(kit.table("t")?.measurement("v")?.distribution.largest == ByteCount(3))
        try await tripwire.expectUntouched(by: "SELECT evil.current_setting('x')", in: database)
    }

    @Test func aRoleWithFewRightsEqualsTheDirectProfile() async throws {
        let database = try TestDatabase.current
        let role = "role_\(database.name)"
        try await database.psql(
            """
            CREATE ROLE \(role) LOGIN; CREATE SCHEMA hidden;
            CREATE TABLE whole (a text, b jsonb); CREATE TABLE partly (a text, b text); CREATE TABLE closed (a text);
            CREATE TABLE secured (a text); CREATE TABLE hidden.granted (a text);
            INSERT INTO whole SELECT repeat('x', i), '[1]' FROM generate_series(1, 40) i;
            INSERT INTO partly SELECT repeat('y', i), 'z' FROM generate_series(1, 40) i; INSERT INTO secured VALUES ('s');
            ALTER TABLE secured ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON secured USING (true);
            GRANT SELECT ON whole, secured, hidden.granted TO \(role); GRANT SELECT (a) ON partly TO \(role);
            """)
        let kit = try await expectKitEqualsDirect(user: role)
        #expect(Set(kit.unmeasured.map(\.reason)) == [.permissionDenied, .rowSecurity])
        #expect(kit.table("partly")?.measurement("a")?.distribution.rows == 40)
        try await database.psql("DROP OWNED BY \(role); DROP ROLE \(role)")
    }

    @Test func codeOfOwnersDoesNotRunAsASuperuser() async throws {
        let database = try TestDatabase.current
        let tripwire = Tripwire(in: database)
        _ = try await CodeOfOthersTests.plant(tripwire, database)
        let before = tripwire.executions()
        let kit = try await expectKitEqualsDirect()
        #expect(tripwire.executions() == before)
        #expect(kit.unmeasured.filter { $0.reason == .foreignCode }.count == 7)
    }

    /// Patterns mean on the server what they mean to a survey, whatever characters they have.
    @Test(
        arguments: [
            (["app"], [], []), ([], ["app.*"], ["*_old"]), ([], ["\"a%b\"", "?_x", "pt"], []),
            ([], ["\"it's \\\""], []),
            ([], ["app.o*"], ["app.orders"]),
        ] as [([String], [String], [String])]) func aScopeIsThatOfASurvey(
            schemas: [String], tables: [String], excluded: [String]
        ) async throws
    {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE SCHEMA app; CREATE TABLE app.orders (t text); CREATE TABLE app.o_old (t text); CREATE TABLE app.other (t text);
            CREATE TABLE "a%b" (t text); CREATE TABLE "aXb" (t text); CREATE TABLE "é_x" (t text); CREATE TABLE "ab_x" (t text);
            CREATE TABLE "eXx" (t text); CREATE TABLE "it's \\" (t text); CREATE TABLE pt (id int, t text) PARTITION BY LIST (id);
            CREATE TABLE leaf PARTITION OF pt DEFAULT; INSERT INTO pt SELECT i, repeat('x', i) FROM generate_series(1, 9) i;
            """)
        let scope = Scope(
            schemas: try schemas.map { try NamePattern($0) }, tables: try tables.map { try NamePattern($0) },
            excludedTables: try excluded.map { try NamePattern($0) })
        let script = try KitScript(scope: scope).bytes
        let answers = try await database.psqlBytes(script)
        let kit = try KitImport(answers).profile()
        let direct = try await profileOfCurrent(scope: scope)
        #expect(kit.tables.map(\.relation) == direct.tables.map(\.relation))
        #expect(kit.tables.map(\.rows) == direct.tables.map(\.rows))
        #expect(kit.isComplete)
        #expect(kit.scope == scope)
        #expect(kit.largeObjects == nil)
        // What is out of scope is not even counted.
        let count = String(decoding: answers, as: UTF8.self).matches(of: /"sizes" : \{/).count
        #expect(count == kit.tables.count)
    }

    @Test func largeObjectsHaveTheSizesOfADirectProfile() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            SELECT count(lo_from_bytea(0, decode(repeat('ab', i * 7), 'hex'))) FROM generate_series(1, 1200) i;
            SELECT lo_from_bytea(0, decode(repeat('00', 10000), 'hex')); SELECT lo_create(0);
            CREATE TABLE t (v text); INSERT INTO t VALUES ('x');
            """)
        let kit = try await expectKitEqualsDirect()
        let (mine, direct) = (
            try #require(kit.largeObjects), try #require(try await profileOfCurrent().largeObjects)
        )
        #expect(mine.count == 1202)
        #expect(mine.sizes == direct.sizes)
        #expect(mine.largest == direct.largest)
        #expect(mine.owners == direct.owners)
        #expect(mine.batches == direct.batches)
        #expect(mine.storedBytes == direct.storedBytes)
        // Who refers to them is not asked, and said so.
        #expect(
            kit.unmeasured == [
                Unmeasured(relation: nil, reason: .noAnswer, detail: "columns that refer to them")
            ])
    }
}
