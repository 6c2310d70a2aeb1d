import Foundation
import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import Synchronization
import TestSupport
import Testing

/// A survey that was stopped is gone on with: the result equals plain SQL, and no block is read twice.
@Suite(.database, .timeLimit(.minutes(3))) struct ResumeTests {
    private static let tables = """
        CREATE TABLE t (id int, t text, j jsonb); CREATE TABLE u (t text); CREATE TABLE v (t text, b bytea);
        INSERT INTO t SELECT i, repeat('x', i % 1900), jsonb_build_array(repeat('y', i % 300)) FROM generate_series(1, 9000) i;
        INSERT INTO u SELECT repeat('x', i % 1500) FROM generate_series(1, 5000) i;
        INSERT INTO v SELECT repeat('z', i % 70), NULLIF(decode(repeat('00', i % 9), 'hex'), '') FROM generate_series(1, 9000) i;
        SELECT lo_from_bytea(0, 'abc'); ANALYZE;
        """

    /// Blocks that surveys have read, and when the next one is to be stopped.
    private final class Stopper: Sendable {
        let blocks = Atomic<Int>(0)
        /// The last checkpoint.
        let kept = Mutex<Data?>(nil)
        private let left = Atomic<Int>(0)
        let survey = Mutex<Task<SurveyOutcome, any Error>?>(nil)
        /// Whatever makes a survey read something again.
        let notes = Mutex<[String]>([])

        func arm(after chunks: Int) { left.store(chunks, ordering: .relaxed) }

        func hear(_ event: SurveyEvent) {
            switch event {
            case .reconnecting, .plannedAgain, .unmeasured: notes.withLock { $0.append("\(event)") }
            default: break
            }
            guard case .read(_, let count) = event else { return }
            blocks.add(count, ordering: .relaxed)
            if left.subtract(1, ordering: .relaxed).newValue == 0 { survey.withLock { $0?.cancel() } }
        }
    }

    private func run(
        _ options: SurveyOptions, _ resumption: Resumption?, stopper: Stopper, after chunks: Int
    ) async throws -> SurveyOutcome {
        stopper.arm(after: chunks)
        let survey = Survey(
            try Conninfo(try TestDatabase.current.conninfo()), options: options, resuming: resumption
        ) { stopper.hear($0) }
        let task = stopper.survey.withLock { running in
            let task = Task { try await survey.runResumably() }
            running = task
            return task
        }
        return try await task.value
    }

    /// What comes back from a file.
    private func stored(_ outcome: SurveyOutcome) throws -> Resumption {
        let checkpoint = try #require(outcome.checkpoint)
        let bytes = try JSONEncoder().encode(checkpoint)
        return Resumption(
            profile: outcome.profile, checkpoint: try JSONDecoder().decode(SurveyCheckpoint.self, from: bytes)
        )
    }

    private func options(_ method: PlanOptions.Method = .full, jobs: Int = 2, exactSeconds: Double = 5)
        -> SurveyOptions
    {
        SurveyOptions(
            plan: PlanOptions(method: method, exactSeconds: exactSeconds), jobs: jobs,
            chunkTime: .microseconds(300))
    }

    @Test(arguments: [1, 2, 4]) func aSurveyThatIsStoppedManyTimesReadsNoBlockTwice(jobs: Int) async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.tables)
        let stopper = Stopper()
        var outcome = try await run(options(jobs: jobs), nil, stopper: stopper, after: 5)
        var runs = 1
        while outcome.checkpoint != nil, runs < 200 {
            outcome = try await run(
                options(jobs: jobs), try stored(outcome), stopper: stopper,
                after: Int.random(in: 1...(runs < 3 ? 15 : 80)))
            runs += 1
        }
        #expect(runs >= 3)
        let profile = outcome.profile
        #expect(profile.unmeasured == [])
        try await expectEqualsPlainSQL(profile, PlainSQL(database: database), atLeast: 5)
        #expect(profile.largeObjects?.sizes.sum == ByteCount(3))
        let blocks = profile.tables.reduce(0) { $0 + $1.relation.blocks }
        let notes = stopper.notes.withLock(\.self).filter { !$0.contains("interrupted") }
        #expect(stopper.blocks.load(ordering: .relaxed) == blocks, "\(notes)")
        #expect(profile.tables.contains { $0.measuredAt != nil })
    }

    /// A survey that is killed leaves what it has kept, at any moment and whatever its connections were reading.
    @Test(arguments: [PlanOptions.Method.full, .auto]) func aKilledSurveyIsGoneOnWith(
        method: PlanOptions.Method
    ) async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.tables)
        let options = options(method, exactSeconds: method == .auto ? 0 : 5)
        var resumption: Resumption?
        var (kills, hasEnded) = (0, false)
        while !hasEnded, kills < 100 {
            let stopper = Stopper()
            let checkpointing = Checkpointing(interval: .milliseconds(2)) { checkpoint in
                let bytes = try? JSONEncoder().encode(checkpoint)
                stopper.kept.withLock { $0 = bytes }
            }
            let survey = Survey(
                try Conninfo(database.conninfo()), options: options, resuming: resumption,
                checkpointing: checkpointing
            ) { stopper.hear($0) }
            let task = Task { try await survey.runResumably() }
            stopper.survey.withLock { $0 = task }
            stopper.arm(after: Int.random(in: 3...25) * (kills + 1))
            let outcome = try await task.value
            hasEnded = outcome.checkpoint == nil
            if hasEnded {
                #expect(outcome.profile.unmeasured == [])
                if method == .full {
                    try await expectEqualsPlainSQL(outcome.profile, PlainSQL(database: database), atLeast: 5)
                } else {
                    #expect(outcome.profile.table("t")?.measurement("j")?.distribution.rows ?? 0 > 0)
                }
            }
            guard let data = stopper.kept.withLock(\.self) else { continue }
            let checkpoint = try JSONDecoder().decode(SurveyCheckpoint.self, from: data)
            resumption = Resumption(profile: try #require(checkpoint.profile), checkpoint: checkpoint)
            kills += 1
        }
        #expect(hasEnded && kills >= 2, "\(kills) kills")
    }

    /// Both phases go on where they were: the sample is the same as without a stop.
    @Test func twoPhasesGoOn() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.tables)
        let options = options(.auto, exactSeconds: 0)
        let whole = try await run(options, nil, stopper: Stopper(), after: .max)
        #expect(whole.checkpoint == nil)
        let stopper = Stopper()
        var outcome = try await run(options, nil, stopper: stopper, after: 3)
        var runs = 1
        while outcome.checkpoint != nil, runs < 200 {
            outcome = try await run(
                options, try stored(outcome), stopper: stopper, after: Int.random(in: 1...30))
            runs += 1
        }
        #expect(runs >= 3)
        let (found, expected) = (outcome.profile.table("t"), whole.profile.table("t"))
        #expect(found?.measurement("j") == expected?.measurement("j"))
        #expect(found?.measurement("j")?.method == .twoPhase)
        #expect(found?.measurement("t")?.distribution == expected?.measurement("t")?.distribution)
        // Read in several moments: nothing changed, but that is not known of every row.
        #expect(found?.rows == .init(count: expected?.rows.count ?? -1, isExact: false))
        #expect(found?.reading?.certainty == .caughtUp && found?.reading?.changedVersions == 0)
    }

    @Test(arguments: [
        "TRUNCATE t; INSERT INTO t VALUES (1, 'abc', '{}')", "ALTER TABLE t ALTER t TYPE varchar",
        "VACUUM FULL t", "ALTER TABLE t RENAME t TO x",
        "DROP TABLE t; CREATE TABLE t (id int, t text, j jsonb)",
        "DELETE FROM t; VACUUM t", "INSERT INTO u SELECT repeat('w', 1999) FROM generate_series(1, 3000)",
    ])
    func aTableThatChangedMeanwhileIsReadAgain(change: String) async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.tables)
        // Until most is done: t is the dearest and comes first.
        let stopper = Stopper()
        let outcome = try await run(options(jobs: 1), nil, stopper: stopper, after: 25)
        let resumption = try stored(outcome)
        for statement in change.split(separator: ";") { try await database.psql(String(statement)) }
        let again = try await run(options(jobs: 1), resumption, stopper: Stopper(), after: .max)
        #expect(again.profile.unmeasured == [])
        try await expectEqualsPlainSQL(again.profile, PlainSQL(database: database), atLeast: 5)
    }

    @Test func otherOptionsAreRefused() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.tables)
        let resumption = try stored(try await run(options(), nil, stopper: Stopper(), after: 3))
        var sampled = options()
        sampled.plan.sample = SampleDesign(method: .bernoulli, percent: 7, seed: 3)
        var scoped = options()
        scoped.scope = Scope(tables: [try NamePattern("t")])
        for (other, words) in [
            (options(.auto), "begun with --method full"),
            (sampled, "begun with --sample-by system --sample-percent 5% --seed 0"),
            (scoped, "--schema, --table or --exclude-table"),
        ] {
            let error = await #expect(throws: SurveyError.self) {
                try await run(other, resumption, stopper: Stopper(), after: .max)
            }
            #expect(error.map { "\($0)".contains(words) } == true, "\(String(describing: error))")
        }
    }

    /// Where a text may change without a new version of its row, nothing that was read before the stop is kept of the table.
    @Test func aTextThatTheCatalogMakesIsReadAgain() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TYPE mood AS ENUM ('a', 'b'); CREATE TABLE t (id int, pad text, moods mood[]);
            INSERT INTO t SELECT i, repeat('x', 900), CASE WHEN i < 50 THEN '{a}' ELSE '{b}' END::mood[] FROM generate_series(1, 20000) i; ANALYZE;
            """)
        let stopper = Stopper()
        let outcome = try await run(options(jobs: 1), nil, stopper: stopper, after: 10)
        let begun = try stored(outcome)
        try await database.psql("ALTER TYPE mood RENAME VALUE 'a' TO 'a_label_that_is_much_longer'")
        let again = try await run(options(jobs: 1), begun, stopper: stopper, after: .max)
        let table = try #require(again.profile.table("t"))
        #expect(table.measurement("moods")?.largestSize == ByteCount(29))
        #expect(table.reading?.certainty == .oneMoment && table.rows.isExact)
    }
}
