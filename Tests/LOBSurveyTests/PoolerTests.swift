import Foundation
import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import Synchronization
import TestSupport
import Testing

extension Trait where Self == ConditionTrait {
    /// Skips a test where PgBouncer is missing.
    static var pooler: ConditionTrait { .enabled("PgBouncer is installed") { await Pooler.isAvailable() } }
}

/// A pooler lends connections for a session, a transaction or a statement, and has so many of them: the figures are those of a
/// direct connection, or what is missing is named within seconds.
@Suite(.database, .pooler, .timeLimit(.minutes(3))) struct PoolerTests {
    private static let jobs = 2
    private static let tables = """
        CREATE TABLE t (t text, j jsonb); CREATE TABLE u (t text); CREATE TABLE tiny (t text); SELECT lo_from_bytea(0, '\\x0102');
        INSERT INTO t SELECT repeat('x', i % 1500), jsonb_build_array(repeat('y', i % 300)) FROM generate_series(1, 60000) i;
        INSERT INTO u SELECT repeat('x', i % 1500) FROM generate_series(1, 60000) i;
        INSERT INTO tiny VALUES ('abc'); ANALYZE;
        """

    /// A survey through a pooler, and how long it took.
    private func survey(
        _ mode: Pooler.Mode, size: Int, jobs: Int = jobs, isConsistent: Bool = false,
        settings: [String] = [], listener: @escaping @Sendable (SurveyEvent) -> Void = { _ in }
    ) async throws -> (profile: Profile, seconds: Double) {
        let database = try TestDatabase.current
        try await database.psql(Self.tables)
        let pooler = try Pooler(mode, size: size, before: database.cluster, settings: settings)
        defer { pooler.stop() }
        let options = SurveyOptions(
            plan: PlanOptions(method: .full), jobs: jobs, chunkTime: .milliseconds(2),
            isConsistent: isConsistent)
        let start = ContinuousClock.now
        let survey = Survey(
            try Conninfo(pooler.conninfo(database: database.name)), options: options, listener: listener)
        let profile = try await survey.run()
        let time = start.duration(to: .now).components
        return (profile, Double(time.seconds) + Double(time.attoseconds) / 1e18)
    }

    private func expectWhole(_ profile: Profile) async throws {
        #expect(profile.unmeasured == [])
        try await expectEqualsPlainSQL(profile, PlainSQL(database: try TestDatabase.current), atLeast: 4)
        #expect(profile.tables.allSatisfy { $0.reading?.certainty == .oneMoment })
        #expect(profile.largeObjects?.sizes.sum == ByteCount(2))
    }

    /// As many as are needed, and as few as do: readers take turns then.
    @Test(arguments: [Pooler.Mode.transaction, .session], [2, jobs + 1])
    func figuresAreThoseOfADirectConnection(mode: Pooler.Mode, size: Int) async throws {
        let (profile, seconds) = try await survey(mode, size: size)
        try await expectWhole(profile)
        // It is found once that there is none for another reader, not for each table.
        #expect(seconds < 120)
    }

    @Test(arguments: [2, 5]) func readersTakeTurns(size: Int) async throws {
        let (profile, seconds) = try await survey(.transaction, size: size, jobs: 6)
        try await expectWhole(profile)
        #expect(seconds < 120)
    }

    /// A table that is locked keeps its snapshot, and the next one would take the last connection for another.
    @Test(arguments: [Pooler.Mode.transaction, .session]) func snapshotsLeaveAConnectionToTheReader(
        mode: Pooler.Mode
    ) async throws {
        let database = try TestDatabase.current
        let chunks = Atomic<Int>(0)
        let lock = TableLock(database.conninfo())
        let (profile, seconds) = try await survey(mode, size: 2, jobs: 1) { event in
            guard case .read = event, chunks.add(1, ordering: .relaxed).newValue == 6 else { return }
            lock.take(for: 3.5)
            // Older than what the next table may share.
            Thread.sleep(forTimeInterval: 2.2)
        }
        try await expectWhole(profile)
        #expect(lock.isTaken)
        #expect(seconds < 120)
    }

    /// A lock of another session on the table that is read first.
    private final class TableLock: Sendable {
        private let conninfo: String
        private let taken = Mutex(false)
        var isTaken: Bool { taken.withLock(\.self) }

        init(_ conninfo: String) { self.conninfo = conninfo }

        /// Returns when it is taken.
        func take(for seconds: Double) {
            let hasIt = DispatchSemaphore(value: 0)
            Thread.detachNewThread { [self] in
                do throws(PostgreSQLError) {
                    var connection = try Connection(Conninfo(conninfo), applicationName: "lock")
                    try connection.execute("BEGIN")
                    try connection.execute("LOCK TABLE t")
                    taken.withLock { $0 = true }
                    hasIt.signal()
                    Thread.sleep(forTimeInterval: seconds)
                    try connection.execute("COMMIT")
                } catch {
                    Issue.record(error)
                    hasIt.signal()
                }
            }
            hasIt.wait()
        }
    }

    @Test(arguments: [2, jobs + 1]) func oneMomentForAllTables(size: Int) async throws {
        let (profile, _) = try await survey(.transaction, size: size, isConsistent: true)
        try await expectWhole(profile)
        #expect(Set(profile.tables.compactMap(\.reading?.moment)).count == 1)
    }

    /// The snapshot would wait for a reader's connection, and the reader for the snapshot's.
    @Test(arguments: [
        (Pooler.Mode.transaction, false, 2), (.transaction, true, 2), (.transaction, false, 1),
        (.session, false, 1), (.session, true, 1),
    ])
    func aSingleConnectionIsNamed(mode: Pooler.Mode, isConsistent: Bool, jobs: Int) async throws {
        let (profile, seconds) = try await survey(mode, size: 1, jobs: jobs, isConsistent: isConsistent)
        expectNamed(profile, jobs: jobs)
        #expect(seconds < 25, "named after \(seconds) s")
    }

    /// The pooler has less patience than we have.
    @Test func aPoolerThatSendsWaitersAwayIsNamed() async throws {
        let (profile, seconds) = try await survey(.transaction, size: 1, settings: ["query_wait_timeout = 2"])
        expectNamed(profile, jobs: Self.jobs)
        #expect(seconds < 15, "named after \(seconds) s")
    }

    private func expectNamed(_ profile: Profile, jobs: Int) {
        #expect(!profile.isComplete)
        #expect(Set(profile.unmeasured.map(\.reason)) == [.poolTooSmall])
        for name in ["t", "u"] { #expect(profile.table(name)?.measurement("t") == nil) }
        for entry in profile.unmeasured {
            let isNamed = entry.detail?.contains("\(jobs + 1) are needed at a time") ?? false
            #expect(isNamed, "\(entry)")
        }
    }

    @Test func aPoolerOfStatementsIsNamedAtOnce() async throws {
        let start = ContinuousClock.now
        let error = await #expect(throws: SurveyError.self) { try await survey(.statement, size: 5) }
        guard case .poolOfStatements = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(error?.description.contains("hint: connect to the server itself, or to a pool") == true)
        #expect(start.duration(to: .now) < .seconds(10))
    }
}
