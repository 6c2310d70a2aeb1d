import LOBAdvice
import LOBReports
import TestSupport
import Testing

/// An exclusion constraint refuses rows as a second unique index does, and is no key.
@Suite(.database) struct ExclusionConstraintTests {
    @Test func anExclusionConstraintRulesOutBatchesAndIsNoKey() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE booking (id int PRIMARY KEY, during int4range, note text, EXCLUDE USING gist (during WITH &&));
            CREATE TABLE keyless (during int4range NOT NULL, note text, EXCLUDE USING gist (during WITH &&));
            CREATE TABLE plain (id int PRIMARY KEY, note text);
            """)
        let profile = try await profileOfCurrent()
        let booking = try #require(profile.table("booking")).relation
        #expect(booking.keys.map(\.name.losslessText) == ["booking_pkey", "booking_during_excl"])
        #expect(booking.keys.map(\.isExclusion) == [nil, true])
        #expect(booking.primaryKey != nil && booking.hasPrimaryKeyAndOtherUniqueIndex)
        let keyless = try #require(profile.table("keyless")).relation
        #expect(!keyless.hasKey && keyless.keys.count == 1)
        let recommendation = Recommender(profile).recommend()
        #expect(!recommendation.task.isBatchApplyEnabled)
        let found = recommendation.findings.filter { $0.id == "primary-key-and-unique-index" }
        #expect(found.map(\.subject) == ["public.booking"])
        let without = try #require(recommendation.findings.first { $0.id == "lob-without-key" })
        #expect(without.message.contains("\"keyless_during_excl\" is of an exclusion constraint"))
    }
}
