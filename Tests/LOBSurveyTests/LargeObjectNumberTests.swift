import LOBAdvice
import SizeStatistics
import TestSupport
import Testing

@testable import LOBSurvey

/// References to large objects that are kept as numbers, OIDs of no object, and objects that cannot be read.
@Suite(.database) struct LargeObjectNumberTests {
    private func objects(user: String = "postgres", plan: PlanOptions? = nil) async throws
        -> LargeObjectSummary
    {
        try #require(try await profileOfCurrent(user: user, plan: plan).largeObjects)
    }

    private static func text(_ numbers: LargeObjectNumbers) -> [String] {
        numbers.columns.map {
            "\($0.relation.losslessText).\($0.name.losslessText) \($0.matching)/\($0.numbers) \($0.objects)"
        }
    }

    /// Objects 20001 to 20012.
    private static let twelve = """
        SELECT count(lo_from_bytea(20000 + i, decode(repeat('ab', i), 'hex'))) FROM generate_series(1, 12) i;
        """

    /// What Hibernate does with `@Lob String`: 10 of 12 live objects are known to a text and a bigint column only.
    @Test func digitsInTextAndBigintColumnsAreReferences() async throws {
        try await TestDatabase.current.psql(
            Self.twelve + """
                CREATE TABLE hib (id int, body text, ref bigint);
                INSERT INTO hib SELECT i, CASE WHEN i <= 6 THEN (20000 + i)::text END, CASE WHEN i > 4 THEN 20000 + i END
                  FROM generate_series(1, 10) i;
                """)
        let objects = try await objects()
        let references = try #require(objects.references)
        let numbers = try #require(references.numbers)
        #expect(Self.text(numbers) == ["public.hib.body 6/6 6", "public.hib.ref 6/6 6"])
        #expect(numbers.columns.map(\.isLikely) == [true, true])
        #expect(numbers.only == .init(objects: 10, bytes: Int64((1...10).reduce(0, +))))
        #expect(references.orphans == .init(objects: 2, bytes: 11 + 12))
        #expect(!references.isVacuumloSafe)
    }

    /// Every kind of column that holds numbers, and values that are none.
    @Test func numbersAreFoundWhateverTheTypeAndOtherTextsAreNot() async throws {
        try await TestDatabase.current.psql(
            Self.twelve + """
                CREATE DOMAIN code AS varchar(20); CREATE DOMAIN key AS bigint CHECK (VALUE <> 3);
                CREATE TABLE v ("v" text, oid varchar(5), m char(12), n0 code, lomowner key, "q""x" varchar(4), w char(100),
                                ctid_ text COLLATE "C", number numeric, i int);
                INSERT INTO v VALUES
                  ('20001', '20002', '20003', '20004', 20005, '2000', '20006', '20007', 20008, 20009),
                  (' 20010', '20a10', '020010', '+20010', -20010, NULL, NULL, '20010 ', NULL, NULL),
                  ('99999999999', '0', '', '4294967296', 4294987306, NULL, NULL, '20010.0', NULL, NULL),
                  (repeat('20011', 50000), NULL, NULL, 'x', 0, NULL, NULL, E'20012\\n', NULL, NULL),
                  ('77777', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
                ALTER TABLE v ALTER "v" SET STORAGE EXTERNAL;
                CREATE MATERIALIZED VIEW copies AS SELECT * FROM v; CREATE VIEW look AS SELECT * FROM v;
                CREATE TEMP TABLE mine AS SELECT '20012' AS t;
                """)
        let numbers = try #require(try await objects().references?.numbers)
        #expect(
            Self.text(numbers) == [
                "public.v.ctid_ 3/3 3", "public.v.lomowner 1/2 1", "public.v.m 2/2 2", "public.v.n0 1/2 1",
                "public.v.oid 1/1 1", "public.v.v 2/3 2",
            ])
        // Neither a varchar that is too short nor a char that is too wide.
        #expect(numbers.searched == 6)
        #expect(numbers.unchecked == [])
    }

    /// What PostgreSQL reads as a number is one: as programs pad it, in whichever text it is.
    @Test func paddedNumbersAreReferences() async throws {
        try await TestDatabase.current.psql(
            Self.twelve + """
                CREATE TABLE padded (id int, body text, short varchar(12));
                INSERT INTO padded VALUES (1, ' 20001', ' 20007 '), (2, '20002  ', '000000020008'), (3, E'\t20003\n', '0020009'),
                  (4, '0000020004', '20010'), (5, '  0000000000000000000020005  ', NULL), (6, repeat('0', 26) || '20006', NULL),
                  (7, '2001 1', '0'), (8, '20011-', '0000'), (9, '-20011', ' '), (10, '20011.0', ''), (11, repeat(' ', 90) || '20011', 'x');
                """)
        let objects = try await objects()
        let references = try #require(objects.references)
        let numbers = try #require(references.numbers)
        #expect(Self.text(numbers) == ["public.padded.body 6/6 6", "public.padded.short 4/4 4"])
        #expect(references.orphans == .init(objects: 2, bytes: 11 + 12))
    }

    /// Identifiers collide with OIDs by chance: that is told in numbers, and called unlikely.
    @Test func chanceIsToldFromReferences() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            Self.twelve
                + "CREATE TABLE orders (id bigint PRIMARY KEY, t text); INSERT INTO orders SELECT i, 'n' || i FROM generate_series(1, 50000) i;"
        )
        let references = try #require(try await objects().references)
        let column = try #require(references.numbers?.columns.first)
        #expect([column.matching, column.numbers, column.objects] == [12, 50_000, 12])
        #expect(!column.isLikely)
        #expect(references.orphans == .init())
        #expect(references.numbers?.only.objects == 12)
    }

    /// Where columns of type oid refer to each object, no other column is read.
    @Test func nothingIsSearchedWhereNoObjectIsLeft() async throws {
        try await TestDatabase.current.psql(
            Self.twelve + """
                CREATE TABLE r AS SELECT (20000 + i)::oid AS o, (20000 + i)::text AS t FROM generate_series(1, 12) i;
                """)
        let references = try #require(try await objects().references)
        #expect(references.numbers == nil && references.orphans == .init())
    }

    @Test func oidsOfNoObjectAreCounted() async throws {
        try await TestDatabase.current.psql(
            Self.twelve + """
                CREATE DOMAIN lo AS oid; CREATE DOMAIN picture AS lo;
                CREATE TABLE d (a lo, b picture, c oid);
                INSERT INTO d VALUES (20001, 20002, 1259), (99999, 99999, 0), (0, NULL, NULL), (20001, 4294967295, 20003);
                """)
        let references = try #require(try await objects().references)
        let counts = references.columns.map { "\($0.values ?? -1) \($0.dangling ?? -1) \($0.objects)" }
        #expect(counts == ["3 1 1", "3 2 1", "2 1 1"])
        #expect(references.columns.map(\.isLO) == [true, true, false])
        #expect(references.columns.map { $0.typeName?.losslessText } == ["lo", "picture", "oid"])
        // vacuumlo would remove 20002, which only a column of type picture refers to.
        #expect(!references.isVacuumloSafe)
    }

    /// Any table that may not be read may refer to any object by a number.
    @Test func whatCannotBeSearchedLeavesOrphansUnknown() async throws {
        let database = try TestDatabase.current
        let role = "plain_\(database.name)"
        try await database.psql(
            Self.twelve + """
                CREATE ROLE \(role) LOGIN; CREATE TABLE seen (t text); CREATE TABLE secret (t text, u bigint);
                CREATE TABLE half (a text, b text); CREATE TABLE rows (t text); CREATE TABLE none (i int);
                ALTER TABLE rows ENABLE ROW LEVEL SECURITY;
                GRANT SELECT ON seen, rows TO \(role); GRANT SELECT (a) ON half TO \(role);
                INSERT INTO half VALUES ('20001', '20002');
                """)
        let references = try #require(try await objects(user: role).references)
        #expect(references.orphans == nil)
        let numbers = try #require(references.numbers)
        #expect(
            numbers.unchecked.map { "\($0.subject) \($0.reason.rawValue)" } == [
                "public.half permissionDenied", "public.rows rowSecurity", "public.secret permissionDenied",
            ])
        #expect(Self.text(numbers) == ["public.half.a 1/1 1"])
        #expect(!references.isVacuumloSafe)
    }

    /// More columns than one statement has results for.
    @Test func wideTablesAreReadInParts() async throws {
        let columns = (1...150).map { "c\($0) text" }.joined(separator: ", ")
        try await TestDatabase.current.psql(
            Self.twelve + """
                CREATE TABLE wide (\(columns)); INSERT INTO wide (c1, c64, c65, c150) VALUES ('20001', '20002', '20003', '20004');
                """)
        let numbers = try #require(try await objects().references?.numbers)
        #expect(numbers.columns.map(\.name.losslessText) == ["c1", "c150", "c64", "c65"])
        #expect(numbers.only.objects == 4 && numbers.searched == 150)
    }

    @Test func unreadableObjectsAreListedAndNeverZero() async throws {
        let database = try TestDatabase.current
        let (owner, role) = ("owner_\(database.name)", "plain_\(database.name)")
        try await database.psql(
            Self.twelve + """
                CREATE ROLE \(owner); CREATE ROLE \(role) LOGIN; GRANT SELECT ON LARGE OBJECT 20012 TO \(role);
                ALTER LARGE OBJECT 20001 OWNER TO \(owner); ALTER LARGE OBJECT 20002 OWNER TO \(owner);
                CREATE TABLE r (o oid); INSERT INTO r VALUES (20003), (20012); GRANT SELECT ON r TO \(role);
                """)
        let profile = try await profileOfCurrent(user: role)
        let objects = try #require(profile.largeObjects)
        #expect(objects.totalSize == .atLeast(12) && objects.largestSize == .atLeast(12))
        let sizes = (objects.owners ?? []).map {
            "\($0.role.losslessText) \(objects.size(of: $0).provenance)"
        }
        #expect(sizes == ["postgres atLeast", "\(owner) notKnown"])
        let column = try #require(objects.references?.columns.first)
        #expect(objects.size(of: column) == .atLeast(12))
        let orphans = try #require(objects.references?.orphans)
        #expect(objects.size(of: orphans) == .notKnown)
        #expect(!profile.isComplete)
        #expect(
            profile.unmeasured == [
                Unmeasured(relation: nil, reason: .permissionDenied, detail: "11 of 12 large objects")
            ])
        #expect((objects.owners ?? []).map(\.granted) == [1, 0])
    }
}
