import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import TestSupport
import Testing

/// Large objects are those of one moment, whatever others do to them meanwhile.
@Suite(.database, .serialized) struct LargeObjectMomentTests {
    /// Objects, and a list of them that says after each transaction how many there are and how large.
    private static let objects = """
        CREATE TABLE stop ();
        CREATE TABLE live (oid oid PRIMARY KEY, size int);
        CREATE TABLE log (made xid8, objects bigint, bytes bigint, largest int);
        INSERT INTO live SELECT lo_from_bytea(0, decode(repeat('ab', 1000), 'hex')), 1000 FROM generate_series(1, 3000);
        INSERT INTO log SELECT pg_current_xact_id(), count(*), sum(size), max(size) FROM live;
        CREATE PROCEDURE churn(turns int) LANGUAGE plpgsql AS $$
        BEGIN
          FOR turn IN 1..turns LOOP
            EXIT WHEN EXISTS (SELECT FROM stop);
            -- An object with a small OID goes, two with the largest come: who reads on and on counts too many.
            PERFORM lo_unlink(oid) FROM live WHERE oid = (SELECT min(oid) FROM live);
            DELETE FROM live WHERE oid = (SELECT min(oid) FROM live);
            INSERT INTO live SELECT lo_from_bytea(0, decode(repeat('cd', 1000 + turn), 'hex')), 1000 + turn
              FROM generate_series(1, 2);
            INSERT INTO log SELECT pg_current_xact_id(), count(*), sum(size), max(size) FROM live;
            COMMIT;
          END LOOP;
        END $$;
        """

    /// What there was in a moment: the last line of the log that it sees.
    private static func oracle(_ moment: Moment, _ database: TestDatabase) async throws -> [Int64] {
        let snapshot = try #require(moment.snapshot)
        let line = try await database.psql(
            """
            SELECT objects, bytes, largest FROM log WHERE pg_visible_in_snapshot(made, '\(snapshot)')
             ORDER BY objects DESC LIMIT 1
            """)
        return line.split(separator: "|").compactMap { Int64($0.filter(\.isNumber)) }
    }

    @Test func figuresAreThoseOfTheMoment() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.objects)
        // Ends when it is told to, or after a while.
        async let churn = database.psql("CALL churn(20000)")
        var moments: Set<String> = []
        do {
            for _ in 0..<6 { moments.insert(try await Self.checkedMoment(database)) }
        } catch {
            try await database.psql("INSERT INTO stop DEFAULT VALUES")
            throw error
        }
        try await database.psql("INSERT INTO stop DEFAULT VALUES")
        _ = try await churn
        #expect(moments.count > 1)
    }

    /// Profiles once, compares with what there was, and returns the moment.
    private static func checkedMoment(_ database: TestDatabase) async throws -> String {
        // Many small transactions, so that there is something to miss between them.
        let found = try #require(try await profileOfCurrent(chunkTime: .milliseconds(1)).largeObjects)
        let reading = try #require(found.reading)
        #expect(reading.certainty == .oneMoment && reading.snapshots == 1)
        #expect(found.countFigure.provenance == .exact && found.totalSize.provenance == .exact)
        let oracle = try await oracle(reading.moment, database)
        #expect([Int64(found.count), found.sizes.sum.bytes, found.sizes.largest?.bytes] == oracle)
        return reading.moment.snapshot ?? ""
    }

    /// A role with one connection has none for a snapshot beside the one that reads: what can be read is read, and told as such.
    @Test func oneConnectionReadsThemInSeveralMoments() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            SELECT lo_from_bytea(0, '\\x01') FROM generate_series(1, 5);
            CREATE ROLE one_\(database.name) LOGIN CONNECTION LIMIT 1 IN ROLE pg_read_all_data;
            """)
        let profile = try await profileOfCurrent(user: "one_\(database.name)", jobs: 1)
        let found = try #require(profile.largeObjects, "\(profile.unmeasured)")
        #expect(found.count == 5 && found.countFigure == .estimated(5))
    }

    /// A snapshot that may be held for no time is another one for each step: nothing is exact then.
    @Test func withoutAMomentNothingIsExact() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.objects)
        let survey = Survey(
            try Conninfo(database.conninfo()),
            options: SurveyOptions(
                plan: PlanOptions(), chunkTime: .milliseconds(1), snapshotLimit: .milliseconds(1)))
        let found = try #require(try await survey.run().largeObjects)
        let reading = try #require(found.reading)
        #expect(reading.certainty == .severalMoments && reading.snapshots > 1)
        #expect(found.countFigure == .estimated(3000) && found.totalSize == .estimated(3_000_000))
        #expect(found.largestSize == .atLeast(1000))
    }
}
