import EphemeralPostgreSQL
import LOBAdvice
import LOBReports
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import TestSupport
import Testing

/// Many values outside of their rows are looked at in short statements, in one moment, whatever happens meanwhile.
@Suite(.timeLimit(.minutes(3))) struct ToastWalkTests {
    /// Values of 35 chunks, most of them, so that only their last entries are looked up; the oldest has the lowest id.
    private static let table = """
        CREATE TABLE t (id int PRIMARY KEY, t text) WITH (autovacuum_enabled = off, toast.autovacuum_enabled = off);
        ALTER TABLE t ALTER t SET STORAGE external;
        INSERT INTO t VALUES (0, repeat('o', 5000000));
        INSERT INTO t SELECT i, repeat('x', CASE WHEN i % 3 = 0 THEN 3000 ELSE 70000 END) FROM generate_series(1, 2000) i;
        """

    private func survey(
        _ cluster: EphemeralCluster, _ interference: Interference?, policy: Policy = Policy(),
        snapshotLimit: Duration = .seconds(900), timeout: Duration = .seconds(60)
    ) async throws -> Profile {
        try await Survey(
            try Conninfo(cluster.conninfo()),
            options: SurveyOptions(
                plan: PlanOptions(method: .bound), policy: policy, chunkTime: .milliseconds(2),
                statementTimeout: timeout, snapshotLimit: snapshotLimit)
        ) { interference?.hear($0) }.run()
    }

    private static func oracle(_ cluster: EphemeralCluster) async throws -> String {
        let relation = try await cluster.psql(
            "SELECT reltoastrelid::regclass FROM pg_class WHERE oid = 't'::regclass")
        return try await cluster.psql("SELECT count(DISTINCT chunk_id), count(*) FROM \(relation)")
    }

    /// All values and chunks are counted, by either way through the index.
    @Test(arguments: [false, true]) func everyValueIsLookedAt(isVacuumed: Bool) async throws {
        let cluster = try await EphemeralCluster.start()
        try await cluster.psql(Self.table)
        if isVacuumed { try await cluster.psql("VACUUM t") }
        let profile = try await survey(cluster, nil)
        let outside = try #require(profile.table("t")?.measurement("t")?.bound?.outside)
        #expect("\(outside.values ?? 0)|\(outside.chunks ?? 0)" == (try await Self.oracle(cluster)))
        #expect((5_000_000...5_001_980).contains(outside.largest.bytes))
        #expect(profile.table("t")?.reading?.certainty == .oneMoment)
        #expect(profile.table("t")?.rowFigure.provenance != .exact)
        await cluster.stop()
    }

    /// What is deleted, added or rewritten while it is read: the bound is that of one moment.
    @Test(
        arguments: [
            ("DELETE FROM t WHERE id = 0", 2001), ("INSERT INTO t SELECT 5000, repeat('n', 9000000)", 2001),
            ("VACUUM FULL t", 2001), ("ALTER TABLE t ALTER id TYPE bigint", 2001),
            ("VACUUM FULL pg_toast.TOAST", 2001),
        ])
    func whatHappensMeanwhile(statement: String, values: Int) async throws {
        let cluster = try await EphemeralCluster.start()
        try await cluster.psql(Self.table)
        let toast = try await cluster.psql(
            "SELECT relname FROM pg_class WHERE oid = (SELECT reltoastrelid FROM pg_class WHERE relname = 't')"
        )
        let text = statement.replacing("TOAST", with: toast)
        try await cluster.psql(
            "CREATE PROCEDURE meddle() LANGUAGE plpgsql AS $$ BEGIN \(text.hasPrefix("VACUUM") ? "NULL" : text); END $$"
        )
        let quiet = Interference(cluster.conninfo(), on: .chunks(2), ["CALL meddle()"])
        let loud = Interference(cluster.conninfo(), on: .chunks(2), [Self.vacuum(text)])
        let interference = text.hasPrefix("VACUUM") ? loud : quiet
        let profile = try await survey(cluster, interference)
        #expect(interference.hasHappened)
        #expect(profile.unmeasured == [], "\(profile.unmeasured)")
        let table = try #require(profile.table("t"))
        let outside = try #require(table.measurement("t")?.bound?.outside)
        #expect(table.reading?.certainty == .oneMoment)
        #expect(
            outside.values == values && (5_000_000...5_001_980).contains(outside.largest.bytes), "\(outside)")
        await cluster.stop()
    }

    /// VACUUM cannot run in a procedure; the name of a TOAST relation is digits.
    private static func vacuum(_ text: String) -> SQL {
        guard let oid = UInt32(text.split(separator: "_").last ?? "") else { return "VACUUM FULL t" }
        return "VACUUM FULL pg_toast.pg_toast_\(oid)"
    }

    /// In several moments what came meanwhile may be missing: no limit.
    @Test func severalMomentsBoundNothing() async throws {
        let cluster = try await EphemeralCluster.start()
        try await cluster.psql(Self.table)
        let profile = try await survey(cluster, nil, snapshotLimit: .milliseconds(1))
        let table = try #require(profile.table("t"))
        #expect(table.reading?.certainty == .severalMoments)
        let column = try #require(table.columns.first { $0.column.name == Identifier("t") })
        let estimate = ColumnEstimator(profile).estimate(column, of: table)
        #expect(estimate.coverage == .refused && estimate.limit == nil && estimate.largestSize == .notKnown)
        #expect(estimate.statement.contains("--snapshot-limit"))
        await cluster.stop()
    }

    /// It says nothing of rows to come, and the command says so.
    @Test func rowsToComeAreNotBounded() async throws {
        let cluster = try await EphemeralCluster.start()
        try await cluster.psql(Self.table)
        let profile = try await survey(cluster, nil, policy: Policy(growth: .rows(1000)))
        let table = try #require(profile.table("t"))
        let column = try #require(table.columns.first { $0.column.name == Identifier("t") })
        let grown = ColumnEstimator(profile).estimate(column, of: table)
        #expect(grown.coverage == .refused && grown.limit == nil && grown.statement.contains("1000 rows"))
        let present = ColumnEstimator(policy: Policy()).estimate(column, of: table)
        #expect(present.coverage == .bounded && present.risk(above: present.limit ?? ByteCount(0)) == 0)
        await cluster.stop()
    }

    /// A bound above an old limit does not say that any value is: the rule is not known to hold, and no value grew.
    @Test func aBoundIsNoLargerValue() async throws {
        let cluster = try await EphemeralCluster.start()
        try await cluster.psql(
            "CREATE TABLE s (id int PRIMARY KEY, t text); INSERT INTO s SELECT i, repeat('x', i) FROM generate_series(1, 900) i; ANALYZE s;"
        )
        let full = try await Survey(
            try Conninfo(cluster.conninfo()), options: SurveyOptions(plan: PlanOptions(method: .full))
        ).run()
        let bounded = try await survey(cluster, nil)
        let change = try #require(Comparison(old: full, new: bounded).tables.first)
        #expect(change.outlook?.rule == .limited(Kibibytes(32)))
        #expect(change.outlook?.holds == nil && change.outlook?.risk == nil)
        let isLarger = change.worsenings.contains { if case .largerValue = $0 { true } else { false } }
        #expect(!isLarger)
        #expect(bounded.table("s")?.rowFigure == .estimated(900))
        await cluster.stop()
    }
}
