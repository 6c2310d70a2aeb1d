import Foundation
import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import TestSupport
import Testing

/// What is known of each table when a time budget ends.
@Suite(.database, .timeLimit(.minutes(3))) struct TimeBudgetTests {
    /// A time budget that ends before a table was read leaves what TOAST and some blocks said of it at first.
    @Test func aTimeBudgetYieldsSomethingOfEveryTable() async throws {
        let database = try TestDatabase.current
        // The looks are done when the first table is read; from then on nothing is until the time is up.
        let outcome = try await paused(budget: 8) {}.value
        let profile = outcome.profile
        #expect(profile.unmeasured.filter { $0.relation != nil } == [], "something is known of all")
        #expect(profile.table("small")?.measurement("t")?.method == .full, "the cheapest is read first")
        let table = try #require(profile.table("large"))
        #expect(table.measurement("t")?.method == .bound)
        #expect(table.measurement("t")?.bound?.outside?.values == 0)
        #expect(table.reading?.certainty == .oneMoment)
        #expect((1...1000).contains(table.sample?.blocksRead ?? 0))
        // Reading it can be resumed, and what was seen at first is no answer then.
        let checkpoint = try #require(outcome.checkpoint)
        let resumed = try await Survey(
            try Conninfo(database.conninfo()), options: SurveyOptions(jobs: 1),
            resuming: Resumption(profile: profile, checkpoint: checkpoint)
        ).runResumably()
        #expect(resumed.profile.table("large")?.columns.map(\.measurement?.method) == [.full])
        #expect(resumed.profile.table("large")?.rows.count == 8000)
        #expect(resumed.profile.table("small")?.measuredAt != nil, "what was read is carried over")
        #expect(resumed.checkpoint == nil && resumed.profile.isComplete)
    }

    /// A table that takes long, one that does not, and a survey that reads no more after the first looks.
    private func paused(
        budget: Double, _ heard: @escaping @Sendable () -> Void
    ) async throws -> Task<SurveyOutcome, any Error> {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE large (id int PRIMARY KEY, t text); ALTER TABLE large ALTER t SET STORAGE main;
            INSERT INTO large SELECT i, (SELECT string_agg(md5((i * k)::text), '') FROM generate_series(1, 100) k) FROM generate_series(1, 8000) i;
            CREATE TABLE small (t text); INSERT INTO small VALUES ('abc');
            VACUUM ANALYZE; UPDATE pg_class SET reltuples = 1.5e8 WHERE relname = 'large';
            """)
        let path = NSTemporaryDirectory() + "lobscope-pause-\(UUID().uuidString)"
        let options = SurveyOptions(
            plan: PlanOptions(timeBudget: budget), jobs: 1, chunkTime: .microseconds(50),
            throttle: Throttle(rest: 20, pauseFile: path))
        let survey = Survey(try Conninfo(database.conninfo()), options: options) { event in
            guard case .read = event, FileManager.default.createFile(atPath: path, contents: nil) else {
                return
            }
            heard()
        }
        return Task {
            defer { try? FileManager.default.removeItem(atPath: path) }
            return try await survey.runResumably()
        }
    }

    /// Ctrl-C leaves what was seen at first, and says that it is not what was asked for.
    @Test func anInterruptedSurveyKeepsWhatItSawAtFirst() async throws {
        let (reached, reach) = AsyncStream.makeStream(of: Void.self)
        let task = try await paused(budget: 8) { reach.yield() }
        for await _ in reached { break }
        task.cancel()
        let outcome = try await task.value
        let table = try #require(outcome.profile.table("large"))
        #expect(table.measurement("t")?.method == .bound && table.reading?.certainty == .oneMoment)
        #expect(
            outcome.profile.unmeasured.contains {
                $0.relation == table.relation.name && $0.reason == .interrupted
            })
        #expect(!outcome.profile.isComplete && outcome.checkpoint != nil)
    }

    /// A column that a table gets after it was looked at is in no figure of it: that is told when the budget ends.
    @Test func aTableThatIsAlteredAfterItWasLookedAtIsListed() async throws {
        let database = try TestDatabase.current
        let (reached, reach) = AsyncStream.makeStream(of: Void.self)
        let task = try await paused(budget: 8) { reach.yield() }
        for await _ in reached { break }
        try await database.psql("ALTER TABLE large ADD COLUMN later text DEFAULT repeat('x', 300000)")
        let profile = try await task.value.profile
        #expect(profile.table("large")?.measurement("t")?.method == .bound)
        let listed = profile.unmeasured.filter { $0.relation != nil }
        #expect(listed.map(\.reason) == [.changed] && !profile.isComplete)
        #expect(listed.map(\.relation) == [profile.table("large")?.relation.name])
    }

    /// What would take many times the budget is not begun.
    @Test func aTableThatNoBudgetAllowsIsLookedAt() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE t (id int PRIMARY KEY, t text, j jsonb);
            INSERT INTO t SELECT i, repeat('x', i % 500), jsonb_build_object('k', i) FROM generate_series(1, 20000) i;
            VACUUM ANALYZE; UPDATE pg_class SET reltuples = 1e12 WHERE relname = 't';
            """)
        let profile = try await profileOfCurrent(plan: PlanOptions(timeBudget: 60))
        let table = try #require(profile.table("t"))
        #expect(profile.unmeasured == [])
        #expect(table.measurement("t")?.method == .bound && table.measurement("j")?.method == .sample)
        #expect((15_000..<25_000).contains(table.rows.count))
    }
}
