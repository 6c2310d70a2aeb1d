import LOBAdvice
import LOBSurvey
import SizeStatistics
import TestSupport
import Testing

/// Large objects are counted and measured to their end, whatever role looks.
@Suite(.database) struct LargeObjectTests {
    private static let few = """
        SELECT lo_create(100);
        SELECT lo_from_bytea(101, '\\x00'); SELECT lo_from_bytea(102, decode(repeat('ab', 2047), 'hex'));
        SELECT lo_from_bytea(103, decode(repeat('ab', 2048), 'hex')); SELECT lo_from_bytea(104, decode(repeat('ab', 2049), 'hex'));
        SELECT lo_from_bytea(105, decode(repeat('cd', 5242880), 'hex'));
        SELECT lo_create(106); SELECT lo_put(106, 1099511627775, '\\xff');
        SELECT lo_from_bytea(4294967295, '\\x0102');
        """

    @Test func emptySmallLargeAndSparseObjectsAreMeasuredToTheirEnd() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.few)
        let objects = try #require(try await profileOfCurrent().largeObjects)
        #expect(objects.count == 8)
        #expect(objects.unreadable == 0)
        #expect(objects.largestOID == 106)
        #expect(objects.sizes.largest == ByteCount(1_099_511_627_776))
        #expect(objects.sizes.zeros == 1)
        #expect(
            objects.sizes.sum == ByteCount(0 + 1 + 2047 + 2048 + 2049 + 5_242_880 + 1_099_511_627_776 + 2))
    }

    /// Four roles: a grant on some, membership in the owner, everybody's grant, none.
    @Test func aPlainRoleMeasuresWhatItMayAndCountsTheRest() async throws {
        let database = try TestDatabase.current
        let (some, member, none) = (
            "some_\(database.name)", "member_\(database.name)", "none_\(database.name)"
        )
        try await database.psql(Self.few)
        try await database.psql(
            """
            CREATE ROLE \(some) LOGIN; CREATE ROLE owner_\(database.name); CREATE ROLE \(none) LOGIN;
            CREATE ROLE \(member) LOGIN IN ROLE owner_\(database.name);
            GRANT SELECT ON LARGE OBJECT 100, 104, 106 TO \(some); GRANT UPDATE ON LARGE OBJECT 105 TO \(some);
            ALTER LARGE OBJECT 103 OWNER TO owner_\(database.name); GRANT SELECT ON LARGE OBJECT 101 TO PUBLIC;
            """)
        let ofSome = try #require(try await profileOfCurrent(user: some).largeObjects)
        #expect([ofSome.count, ofSome.unreadable, ofSome.sizes.count] == [8, 4, 4])
        #expect(ofSome.sizes.sum == ByteCount(0 + 1 + 2049 + 1_099_511_627_776))
        #expect(ofSome.largestOID == 106)
        let ofMember = try #require(try await profileOfCurrent(user: member).largeObjects)
        #expect([ofMember.count, ofMember.unreadable, ofMember.sizes.count] == [8, 6, 2])
        #expect(ofMember.sizes.sum == ByteCount(1 + 2048))
        let ofNone = try #require(try await profileOfCurrent(user: none).largeObjects)
        #expect([ofNone.count, ofNone.unreadable, ofNone.sizes.count] == [8, 7, 1])
        #expect(ofNone.largestOID == 101)
    }

    @Test func pgReadAllDataMeasuresAll() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.few)
        try await database.psql("CREATE ROLE reader_\(database.name) LOGIN IN ROLE pg_read_all_data")
        let objects = try #require(try await profileOfCurrent(user: "reader_\(database.name)").largeObjects)
        #expect([objects.count, objects.unreadable, objects.sizes.count] == [8, 0, 8])
    }

    /// More than one batch: the first is of 1,000.
    @Test(arguments: [0, 1]) func manyObjectsAreMeasuredInBatches(extra: Int) async throws {
        let database = try TestDatabase.current
        let count = 40_000 + extra
        try await database.psql(
            """
            SELECT count(lo_from_bytea(i + 1000, decode(repeat('ab', i % 50), 'hex'))) FROM generate_series(1, \(count)) i;
            CREATE ROLE plain_\(database.name) LOGIN;
            """)
        let sum = try await database.psql("SELECT sum(i % 50) FROM generate_series(1, \(count)) i")
        let objects = try #require(try await profileOfCurrent().largeObjects)
        #expect(objects.count == count)
        #expect("\(objects.sizes.sum.bytes)" == sum)
        #expect(objects.sizes.zeros == count / 50)
        let refused = try #require(try await profileOfCurrent(user: "plain_\(database.name)").largeObjects)
        #expect([refused.count, refused.unreadable] == [count, count])
    }

    @Test func aDatabaseWithoutLargeObjectsSaysSo() async throws {
        let profile = try await profileOfCurrent()
        #expect(try #require(profile.largeObjects).count == 0)
        #expect(profile.unmeasured == [])
    }
}
