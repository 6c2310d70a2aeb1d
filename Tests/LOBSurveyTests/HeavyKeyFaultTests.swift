import LOBAdvice
import PostgreSQLClient
import SizeStatistics
import TestSupport
import Testing

@testable import LOBSurvey

/// What happens between measuring and taking apart costs no figure.
@Suite(.database) struct HeavyKeyFaultTests {
    private static let options = SurveyOptions(plan: PlanOptions(method: .full, jsonKeys: .named))

    private let profile: Profile
    private let results = SurveyResults { _ in }
    private let gate = Gate(isUndecided: false, jobs: 1)

    init() async throws {
        try await TestDatabase.current.psql(
            """
            CREATE TABLE t AS SELECT i AS id, jsonb_build_object('a', repeat('x', 2000 * i)) AS j FROM generate_series(1, 2) i
            """)
        profile = try await profileOfCurrent()
        for table in profile.tables { results.add(table, unmeasured: []) }
    }

    /// What a pass over the profile finds now; nil where it ended before.
    private func documents() async throws -> [LargeDocument.Content]? {
        let session = try ServerSession(try Conninfo(try TestDatabase.current.conninfo()))
        let pass = try #require(HeavyKeyPass(Self.options, session, gate))
        await pass.run(results, Moments(session, limit: .seconds(60), isConsistent: false, place: nil))
        let after = try #require(results.collected().tables.first)
        var measurement = try #require(after.measurement("j"))
        let documents = measurement.largeDocuments
        measurement.largeDocuments = nil
        #expect(measurement == profile.table("t")?.measurement("j"))
        return documents?.map(\.content)
    }

    @Test func aRowThatChangedIsNotKnownAndTheOtherIs() async throws {
        try await TestDatabase.current.psql("UPDATE t SET j = j || '{\"b\": 1}' WHERE id = 2")
        let key = HeavyKey(name: Identifier("a"), isCut: false, occurrences: 1, size: ByteCount(2005))
        #expect(try await documents() == [.notKnown(.changed), .object(keys: 1, heaviest: [key])])
    }

    @Test(arguments: [
        "DELETE FROM t", "DROP TABLE t", "ALTER TABLE t ALTER j TYPE text", "TRUNCATE t",
        "ALTER TABLE t RENAME TO u", "ALTER TABLE t ALTER j TYPE json USING j::json",
        "DROP TABLE t; CREATE VIEW t AS SELECT '{}'::jsonb AS j",
    ]) func whatIsGoneIsNotKnown(_ change: String) async throws {
        try await TestDatabase.current.psql(change)
        #expect(try await documents() == [.notKnown(.changed), .notKnown(.changed)])
    }

    @Test func nothingIsReadWhereTheSurveyHasEnded() async throws {
        gate.stop(.interrupted, detail: nil)
        #expect(try await documents() == nil)
    }

    @Test func aLockedTableIsNotWaitedFor() async throws {
        var holder = try Connection(
            try Conninfo(try TestDatabase.current.conninfo()), applicationName: "holder")
        try holder.batch([Statement("BEGIN"), Statement("LOCK TABLE t IN ACCESS EXCLUSIVE MODE")]) { _, _ in }
        #expect(try await documents() == [.notKnown(.failed), .notKnown(.failed)])
        try holder.rollback()
    }
}
