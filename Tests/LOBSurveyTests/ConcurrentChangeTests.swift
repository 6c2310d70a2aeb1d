import Foundation
import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import TestSupport
import Testing

/// A table that is rewritten, renamed or altered while it is read is planned and read again, one that is dropped is listed:
/// numbers never mix.
@Suite(.database) struct ConcurrentChangeTests {
    private static let name = RelationName(schema: Identifier("moving"), name: Identifier("t"))
    private static var scope: Scope {
        get throws { Scope(excludedTables: [try NamePattern("next.other")]) }
    }
    private static let tables = """
        CREATE SCHEMA moving; CREATE TABLE moving.t (id int, t text, j jsonb, u text); CREATE TABLE still (t text);
        INSERT INTO moving.t SELECT i, repeat('x', i % 2000), jsonb_build_array(i), 'u' FROM generate_series(1, 20000) i;
        CREATE SCHEMA next; CREATE TABLE next.other (id int, t text, j jsonb, u text); INSERT INTO still VALUES ('abc');
        """

    struct Change: Sendable, CustomTestStringConvertible {
        let statements: [SQL]
        let end: End

        enum End { case gone, readAgain }

        init(_ end: End, _ statements: SQL...) {
            self.statements = statements
            self.end = end
        }

        var testDescription: String { statements[0].text }
    }

    private static let changes = [
        Change(.gone, "DROP TABLE moving.t"),
        Change(.gone, "DROP SCHEMA moving CASCADE"),
        Change(.readAgain, "ALTER TABLE moving.t RENAME TO renamed"),
        Change(.readAgain, "ALTER SCHEMA moving RENAME TO moved"),
        Change(.readAgain, "ALTER TABLE moving.t RENAME j TO k"),
        Change(
            .readAgain,
            """
            DO $$ BEGIN ALTER TABLE moving.t RENAME t TO x; ALTER TABLE moving.t RENAME u TO t;
              ALTER TABLE moving.t RENAME x TO u; END $$
            """),
        Change(.readAgain, "ALTER TABLE moving.t DROP t"),
        Change(.readAgain, "VACUUM FULL moving.t"),
        Change(.readAgain, "CLUSTER moving.t USING t_id"),
        Change(.readAgain, "TRUNCATE moving.t"),
        Change(.readAgain, "ALTER TABLE moving.t ALTER t TYPE varchar"),
        Change(.readAgain, "ALTER TABLE moving.t ALTER j TYPE json"),
        Change(
            .readAgain,
            """
            DO $$ BEGIN ALTER TABLE moving.t RENAME TO renamed; ALTER TABLE next.other SET SCHEMA moving;
              ALTER TABLE moving.other RENAME TO t; END $$
            """),
        Change(
            .readAgain,
            "DO $$ BEGIN DROP TABLE moving.t; CREATE TABLE moving.t (id int, t text, j jsonb, u text); END $$"
        ),
        Change(.readAgain, "ALTER TABLE moving.t DROP t, ADD t text"),
    ]

    @Test(arguments: changes, [1, 2]) func aChangedTableIsReadAgain(change: Change, jobs: Int) async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.tables + "CREATE INDEX t_id ON moving.t (id);")
        let interference = Interference(database.conninfo(), on: .chunks(4), change.statements)
        let profile = try await profileOfCurrent(
            jobs: jobs, scope: try Self.scope, chunkTime: .microseconds(300)
        ) { interference.hear($0) }
        #expect(interference.hasHappened)
        try await expect(profile, change)
        #expect(profile.table("still")?.measurement("t")?.distribution.sum == ByteCount(3))
    }

    @Test(arguments: changes) func aSampledTableThatChangedIsReadAgain(change: Change) async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.tables + "CREATE INDEX t_id ON moving.t (id);")
        let interference = Interference(database.conninfo(), on: .plan, change.statements)
        let everything = SampleDesign(method: .system, percent: 100, seed: 0)
        let profile = try await profileOfCurrent(method: .sample, sample: everything, scope: try Self.scope) {
            interference.hear($0)
        }
        try await expect(profile, change)
    }

    /// What is there now was measured as it is now; what is gone is listed.
    private func expect(_ profile: Profile, _ change: Change) async throws {
        switch change.end {
        case .gone:
            #expect(profile.unmeasured == [Unmeasured(relation: Self.name, reason: .dropped)])
            let table = try #require(profile.tables.first { $0.relation.name == Self.name })
            #expect(table.columns.count == 3)
            #expect(table.columns.allSatisfy { $0.measurement == nil })
            #expect(!table.rows.isExact)
        case .readAgain:
            #expect(profile.unmeasured == [])
            #expect(profile.tables.filter { $0.reading?.certainty != .oneMoment }.map { "\($0)" } == [])
            try await expectEqualsPlainSQL(profile, PlainSQL(database: try TestDatabase.current), atLeast: 2)
        }
    }

    /// Rows that are appended while the table is read are of another moment.
    @Test(arguments: [1, 2]) func appendedRowsAreOfALaterMoment(jobs: Int) async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.tables + "ALTER TABLE moving.t ALTER t SET STORAGE PLAIN;")
        let growth = Interference(
            database.conninfo(), on: .chunks(4),
            ["INSERT INTO moving.t SELECT i, repeat('y', 3000), '{}', 'u' FROM generate_series(1, 9000) i"])
        let profile = try await profileOfCurrent(jobs: jobs, chunkTime: .microseconds(300)) {
            growth.hear($0)
        }
        #expect(growth.hasHappened)
        #expect(profile.unmeasured == [])
        #expect(
            profile.tables.first { $0.relation.name == Self.name }?.rows
                == .init(count: 20_000, isExact: true))
        try await database.psql("DELETE FROM moving.t WHERE u = 'u' AND length(t) = 3000")
        try await expectEqualsPlainSQL(profile, PlainSQL(database: database), atLeast: 4)
    }

    /// Harmless changes do not cost the table.
    @Test func vacuumAnalyzeAndAnAddedColumnAreNoChange() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.tables)
        let harmless = Interference(
            database.conninfo(), on: .chunks(4),
            [
                "VACUUM ANALYZE moving.t", "ALTER TABLE moving.t ADD extra text DEFAULT 'x'",
                "CREATE INDEX ON moving.t (id)", "ALTER TABLE moving.t ALTER t SET NOT NULL",
            ])
        let profile = try await profileOfCurrent(chunkTime: .microseconds(300)) { harmless.hear($0) }
        #expect(profile.unmeasured == [])
        try await expectEqualsPlainSQL(profile, PlainSQL(database: database), atLeast: 4)
    }

    @Test func cancellingEndsWithAPartialProfile() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.tables + "SELECT lo_create(0);")
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let survey = Task {
            try await profileOfCurrent(chunkTime: .microseconds(300)) { event in
                guard case .read = event else { return }
                begin.yield()
                // However fast the rest would be, it is not read before the end.
                while !Task.isCancelled { Thread.sleep(forTimeInterval: 0.001) }
            }
        }
        for await _ in begun { break }
        survey.cancel()
        let profile = try await survey.value
        #expect(!profile.isComplete)
        #expect(profile.unmeasured.allSatisfy { $0.reason == .interrupted })
        #expect(profile.unmeasured.contains { $0.relation == Self.name })
    }
}
