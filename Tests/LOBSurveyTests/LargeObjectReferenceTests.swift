import LOBAdvice
import LOBSurvey
import SizeStatistics
import TestSupport
import Testing

/// Who owns large objects, what they take on disk, which columns refer to them, and what nothing refers to.
@Suite(.database) struct LargeObjectReferenceTests {
    /// Objects 1001 to 1300; the odd ones are owned by a role of their own.
    private static func objects(_ owner: String) -> String {
        """
        CREATE ROLE \(owner) LOGIN;
        SELECT count(lo_from_bytea(1000 + i, decode(repeat('ab', i * 40), 'hex'))) FROM generate_series(1, 300) i;
        DO $$ BEGIN FOR i IN 1001..1300 BY 2 LOOP EXECUTE format('ALTER LARGE OBJECT %s OWNER TO \(owner)', i); END LOOP; END $$;
        """
    }

    /// What refers to them: a column of type oid, one of a domain over a domain, one that refers to none.
    private static let tables = """
        CREATE DOMAIN public.lo AS oid; CREATE DOMAIN public.picture AS public.lo CHECK (VALUE <> 1);
        CREATE TABLE "do""c" (id int, content oid, "th um" public.picture, number oid, t text);
        INSERT INTO "do""c" SELECT i, 1000 + i, NULLIF(1000 + i % 50, 1000), i, 'x' FROM generate_series(1, 200) i;
        INSERT INTO "do""c" SELECT i, 1001, NULL, 0, 'y' FROM generate_series(1, 3000) i;
        CREATE TABLE copies AS SELECT content FROM "do""c" WHERE id > 100; CREATE TABLE many (a oid[], b int, c regclass);
        """

    private func references(_ user: String = "postgres") async throws -> LargeObjectReferences {
        let objects = try #require(try await profileOfCurrent(user: user).largeObjects)
        return try #require(objects.references)
    }

    private static func text(_ references: LargeObjectReferences) -> [String] {
        references.columns.map {
            "\($0.relation.losslessText).\($0.name.losslessText) \($0.objects) \($0.bytes)"
        }
    }

    /// Where all objects are gone, what referred to them is told all the same.
    @Test func oidsAreToldWhereNoObjectIsLeft() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE DOMAIN public.lo AS oid; CREATE TABLE scan (id int PRIMARY KEY, page public.lo, number oid, none oid);
            INSERT INTO scan VALUES (1, 4711, 0, NULL), (2, 4712, 815, NULL), (3, NULL, NULL, 0);
            """)
        let profile = try await profileOfCurrent()
        let objects = try #require(profile.largeObjects)
        let columns = try #require(objects.references).columns
        #expect([objects.count, columns.count] == [0, 3] && objects.isComplete)
        #expect(columns.map(\.values) == [0, 1, 2] && columns.map(\.dangling) == [0, 1, 2])
        #expect(profile.isComplete)
        let found = Recommender(profile).recommend().findings
        #expect(!found.contains { $0.id == "large-objects" })
        let missing = found.filter { $0.id == "large-object-missing" }
        #expect(missing.map(\.subject) == ["public.scan.page", "public.scan.number"])
        #expect(missing.map(\.severity) == [.warning, .info])
        // Without such a column there is nothing to tell.
        try await database.psql("DROP TABLE scan; CREATE TABLE scan (id int PRIMARY KEY, t text)")
        let none = try #require(try await profileOfCurrent().largeObjects)
        #expect(none.references?.columns == [] && none.isComplete)
    }

    private static func bytes(_ objects: ClosedRange<Int>) -> Int { objects.reduce(0) { $0 + $1 * 40 } }

    @Test func columnsThatReferToObjectsAreNamedAndOrphansCounted() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.objects("owner_\(database.name)") + Self.tables)
        let found = try await references()
        let first = Self.bytes(1...200)
        #expect(
            Self.text(found) == [
                "public.copies.content 101 \(Self.bytes(101...200) + 40)",
                "public.do\"c.content 200 \(first)",
                "public.do\"c.number 0 0", "public.do\"c.th um 49 \(Self.bytes(1...49))",
            ])
        #expect(found.unchecked == [])
        #expect(found.orphans == .init(objects: 100, bytes: Int64(Self.bytes(201...300))))
    }

    @Test func ownersAndStoredSizesAreThoseOfTheServer() async throws {
        let database = try TestDatabase.current
        let owner = "owner_\(database.name)"
        try await database.psql(Self.objects(owner))
        let objects = try #require(try await profileOfCurrent().largeObjects)
        let odd = stride(from: 1, through: 300, by: 2).reduce(0) { $0 + $1 * 40 }
        #expect(
            objects.owners == [
                .init(role: Identifier("postgres"), objects: 150, bytes: Int64(Self.bytes(1...300) - odd)),
                .init(role: Identifier(owner), objects: 150, bytes: Int64(odd)),
            ])
        let disk = try await database.psql("SELECT pg_relation_size('pg_largeobject')")
        #expect(objects.storedBytes.map { "\($0)" } == disk)
        #expect(objects.largest?.map(\.oid) == (1291...1300).reversed().map { UInt32($0) })
        let stored = try await database.psql(
            "SELECT sum(pg_column_size(data)) FROM pg_largeobject WHERE loid > 1290 GROUP BY loid ORDER BY loid DESC"
        )
        #expect(
            objects.largest?.compactMap(\.storedBytes).map { "\($0)" }
                == stored.split(separator: "\n").map(String.init))
        let plain = try #require(try await profileOfCurrent(user: owner).largeObjects)
        #expect(plain.largest?.allSatisfy { $0.storedBytes == nil } == true)
        #expect(plain.storedBytes == objects.storedBytes)
        #expect([plain.count, plain.unreadable] == [300, 150])
    }

    /// A column that may not be read may refer to any object: nothing is called an orphan then.
    @Test func whatMayNotBeReadIsNamedAndNoOrphanClaimed() async throws {
        let database = try TestDatabase.current
        let role = "plain_\(database.name)"
        try await database.psql(
            Self.objects("owner_\(database.name)") + Self.tables + """
                CREATE ROLE \(role) LOGIN; GRANT SELECT (content) ON "do""c" TO \(role); GRANT SELECT ON many TO \(role);
                CREATE MATERIALIZED VIEW never AS SELECT content FROM copies WITH NO DATA;
                CREATE TABLE hidden (o oid); ALTER TABLE hidden ENABLE ROW LEVEL SECURITY; GRANT SELECT ON hidden TO \(role);
                """)
        let found = try await references(role)
        #expect(Self.text(found) == ["public.do\"c.content 200 0"])
        #expect(
            found.unchecked.map { "\($0.subject) \($0.reason.rawValue)" } == [
                "public.copies.content permissionDenied", "public.do\"c.th um permissionDenied",
                "public.do\"c.number permissionDenied", "public.hidden.o rowSecurity",
                "public.never.content notPopulated",
            ])
        #expect(found.orphans == nil)
    }

    /// Few pages for each object, or many: the sizes are the same.
    @Test(arguments: [1, 30]) func bothWaysToReadPagesGiveTheSameSizes(pages: Int) async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            SELECT count(lo_from_bytea(2000 + i, decode(repeat('cd', \(pages * 2048) - i), 'hex'))) FROM generate_series(1, 1500) i;
            SELECT lo_create(5000); SELECT lo_create(100); SELECT lo_create(101); SELECT lo_put(101, 5000000, '\\xff');
            VACUUM ANALYZE pg_largeobject, pg_largeobject_metadata;
            """)
        let objects = try #require(try await profileOfCurrent().largeObjects)
        let sum = (1...1500).reduce(0) { $0 + pages * 2048 - $1 } + 5_000_001
        #expect([objects.count, objects.sizes.zeros, Int(objects.sizes.sum.bytes)] == [1503, 2, sum])
        #expect(objects.largestOID == 101)
        #expect(objects.references?.orphans == .init(objects: 1503, bytes: Int64(sum)))
    }

    /// Backends are killed while objects and references are read; nothing is lost, and nothing counted twice.
    @Test(.timeLimit(.minutes(2))) func lostConnectionsCostOneStep() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            SELECT count(lo_from_bytea(1000 + i, decode(repeat('ab', i % 90), 'hex'))) FROM generate_series(1, 30000) i;
            CREATE TABLE r (o oid, t text); INSERT INTO r SELECT 1000 + i, repeat('x', 500) FROM generate_series(1, 20000) i;
            """)
        try await database.psql("CREATE SEQUENCE kills")
        let killer = Task {
            try await database.psql(
                """
                DO $$ BEGIN FOR i IN 1..400 LOOP
                  PERFORM pg_stat_clear_snapshot();
                  PERFORM nextval('kills'), pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE application_name = 'lobscope' AND datname = current_database() AND query ~ 'oidsend|largeobject';
                  PERFORM pg_sleep(0.1);
                END LOOP; END $$;
                """)
        }
        defer { killer.cancel() }
        // Until a connection was lost, as a fast machine may read between two looks of the killer.
        for run in 0..<20 {
            if run > 2, try await database.psql("SELECT is_called FROM kills") == "t" { break }
            let objects = try #require(
                try await profileOfCurrent(chunkTime: .milliseconds(5)).largeObjects)
            #expect(objects.count == 30_000)
            #expect(objects.sizes.sum.bytes == Int64((1...30_000).reduce(0) { $0 + $1 % 90 }))
            #expect(objects.references?.columns.map(\.objects) == [20_000])
            #expect(objects.references?.orphans?.objects == 10_000)
        }
        #expect(try await database.psql("SELECT is_called FROM kills") == "t")
        try await database.psql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ~ 'DO .. BEGIN FOR i' AND pid <> pg_backend_pid() AND datname = current_database()"
        )
    }

    @Test func aLockedTableIsNotChecked() async throws {
        let database = try TestDatabase.current
        try await database.psql("SELECT lo_create(7); CREATE TABLE r (o oid); INSERT INTO r VALUES (7)")
        let lock = Task {
            try await database.psql("BEGIN; LOCK TABLE r; SELECT pg_sleep(20); COMMIT")
        }
        defer { lock.cancel() }
        while try await database.psql(
            "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted AND relation = to_regclass('r')"
        ) == "0" {
            try await Task.sleep(for: .milliseconds(20))
        }
        let found = try await references()
        #expect(found.unchecked.map(\.reason) == [.lockTimeout])
        #expect(found.orphans == nil)
        try await database.psql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ~ 'LOCK TABLE r' AND datname = current_database() AND pid <> pg_backend_pid()"
        )
    }
}
