import LOBAdvice
import PostgreSQLClient
import SizeStatistics
import Synchronization
import TestSupport
import Testing

@testable import LOBSurvey

/// With a sampled histogram the largest values and the tail are still those of every row.
@Suite(.database) struct SampledHistogramTests {
    private static let table = """
        CREATE TABLE t (id int, a text, b text, big text, n text);
        ALTER TABLE t ALTER big SET STORAGE EXTERNAL;
        INSERT INTO t SELECT i, repeat('a', 30 + i % 40), CASE WHEN i % 3 > 0 THEN repeat('b', i % 200) END,
            CASE WHEN i % 20000 = 77 THEN repeat('x', i) ELSE 'small' END, NULL FROM generate_series(1, 90000) i;
        UPDATE t SET a = repeat('z', 5000 + id) WHERE id IN (3, 40001, 88888);
        """

    @Test(arguments: [1, 3]) func largestAndTailAreExact(jobs: Int) async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.table)
        let table = try #require(try await profile(jobs: jobs).table("t"))
        #expect(table.relation.blocks >= 1000)
        #expect(table.rows == .init(count: 90_000, isExact: true))
        for name in ["a", "b", "big"] {
            let measurement = try #require(table.measurement(name))
            let tail = try #require(measurement.tail)
            #expect(measurement.method == .full)
            #expect(measurement.distribution.rows < 45_000)
            #expect(measurement.blocks?.rows == measurement.distribution.rows)
            #expect(measurement.blocks?.values == measurement.distribution.count)
            let sizes = try await database.psql(
                "SELECT octet_length(\(name)) FROM t WHERE \(name) IS NOT NULL ORDER BY 1 DESC LIMIT 10")
            #expect(measurement.largest.map { "\($0.size.bytes)" }.joined(separator: "\n") == sizes)
            let above = try await database.psql(
                "SELECT count(*), coalesce(sum(octet_length(\(name))), 0) FROM t WHERE octet_length(\(name)) > \(tail.floor.bytes)"
            )
            #expect("\(tail.sizes.count)|\(tail.sizes.sum.bytes)" == above)
            for located in measurement.largest {
                let size = try await database.psql(
                    "SELECT octet_length(\(name)) FROM t WHERE ctid = '\(located.ctid)'")
                #expect(size == "\(located.size.bytes)")
            }
        }
    }

    /// Chunks are only asked how many large values they have where the ones before had none.
    @Test(arguments: [1, 3]) func aLargeValueBehindManyChunksWithoutOneIsFound(jobs: Int) async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE t (id int, a text, b text) WITH (fillfactor = 10);
            INSERT INTO t SELECT i, repeat('a', i % 40), repeat('b', 50) FROM generate_series(1, 40000) i;
            UPDATE t SET a = repeat('z', 1500 + id % 7) WHERE id IN (30001, 39003) OR id BETWEEN 34000 AND 34400;
            """)
        let blocks = Atomic(0)
        let profile = try await profileOfCurrent(
            plan: PlanOptions(method: .auto, histogram: .sampled), jobs: jobs, chunkTime: .milliseconds(4)
        ) { event in
            if case .read(_, let count) = event { blocks.add(count, ordering: .relaxed) }
        }
        let table = try #require(profile.table("t"))
        #expect(table.relation.blocks > 3000 && table.rows == .init(count: 40_000, isExact: true))
        // A chunk that is read again is progress once; the blocks of the sample are too.
        let told = blocks.load(ordering: .relaxed)
        #expect(told == table.relation.blocks + (table.measurement("a")?.blocks?.blocks ?? 0), "\(told)")
        let measurement = try #require(table.measurement("a"))
        let found = try await database.psql(
            "SELECT octet_length(a) FROM t ORDER BY 1 DESC LIMIT \(measurement.largest.count)")
        #expect(measurement.largest.map { "\($0.size.bytes)" }.joined(separator: "\n") == found)
        let tail = try #require(measurement.tail)
        let above = try await database.psql(
            "SELECT count(*) FROM t WHERE octet_length(a) > \(tail.floor.bytes)")
        #expect("\(tail.sizes.count)" == above)
        for located in measurement.largest {
            let size = try await database.psql("SELECT octet_length(a) FROM t WHERE ctid = '\(located.ctid)'")
            #expect(size == "\(located.size.bytes)")
        }
    }

    @Test func placesAreAskedForAgainOnceAChunkHasSome() {
        var listing = TailListing()
        #expect(listing.isOn)
        for _ in 1...5 { listing.note(hasFound: false) }
        #expect(!listing.isOn)
        listing.note(hasFound: true)
        #expect(listing.isOn)
    }

    @Test func theEstimateIsExactAndWithoutRisk() async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.table)
        let table = try #require(try await profile(jobs: 2).table("t"))
        for column in table.columns {
            let estimate = ColumnEstimator(policy: Policy()).estimate(column, of: table)
            let name = column.column.name.losslessText
            let largest = try await database.psql("SELECT max(octet_length(\(name))) FROM t")
            #expect(estimate.coverage == .exact)
            #expect(estimate.largest.map { "\($0.bytes)" } ?? "" == largest)
            #expect(estimate.risk(above: estimate.largest ?? ByteCount(0)) == 0)
            let limit = ByteCount(10_000)
            let above = try await database.psql("SELECT count(*) FROM t WHERE octet_length(\(name)) > 10000")
            #expect(estimate.cut(at: [limit])?.points.first.map { "\(Int($0.rows.expected))" } == above)
            #expect(estimate.cut(at: [limit])?.points.first?.rows.interval.isEmpty == false)
        }
    }

    @Test func smallTablesAreCountedInFull() async throws {
        let database = try TestDatabase.current
        try await database.psql("CREATE TABLE t (c text); INSERT INTO t VALUES ('x'), (NULL)")
        let measurement = try #require(try await profile(jobs: 2).table("t")?.measurement("c"))
        #expect(measurement.tail == nil)
        #expect(measurement.distribution == SizeDistribution(counts: [1: 1], nulls: 1))
    }

    /// Where many rows have the largest size the tail above its floor is empty, and the forecast knows the largest all the same.
    @Test func aForecastKnowsTheLargestOfASampledHistogram() async throws {
        let database = try TestDatabase.current
        try await database.psql(
            """
            CREATE TABLE t (id int PRIMARY KEY, v text, filler char(100));
            INSERT INTO t SELECT i, md5(i::text) || md5(i::text), 'x' FROM generate_series(1, 60000) i;
            """)
        let sampled = try #require(try await profile(jobs: 2).table("t"))
        let column = try #require(sampled.columns.first { $0.column.name == Identifier("v") })
        #expect(column.measurement?.tail?.sizes.count == 0)
        let profile = try await profileOfCurrent(
            plan: PlanOptions(method: .auto, histogram: .sampled), jobs: 2)
        let grown = ColumnEstimator(profile, policy: Policy(growth: .rows(6000))).estimate(
            column, of: sampled)
        #expect(grown.coverage == .forecast)
        let limit = try #require(grown.limit)
        #expect(limit >= ByteCount(64) && limit < ByteCount(200))
    }

    /// By itself a histogram is of some blocks only where the table takes long, and nothing that needs every row was asked for.
    @Test(arguments: [
        (0.001, HistogramDetail.auto, ScanWay.chunks, nil as Growth?, true), (60, .auto, .chunks, nil, false),
        (0.001, .exact, .chunks, nil, false), (0.001, .auto, .ring, nil, false),
        (0.001, .auto, .chunks, .rows(1000), false),
        (60, .sampled, .chunks, nil, true),
    ])
    func histogramsAreSampledByThemselvesOfLargeTables(
        seconds: Double, detail: HistogramDetail, scan: ScanWay, growth: Growth?, isSampled: Bool
    ) async throws {
        let database = try TestDatabase.current
        try await database.psql(Self.table + "ANALYZE t;")
        let plan = PlanOptions(method: .auto, exactSeconds: seconds, histogram: detail, scan: scan)
        let options = SurveyOptions(plan: plan, policy: Policy(growth: growth))
        let profile = try await Survey(try Conninfo(database.conninfo()), options: options).run()
        let measurement = try #require(profile.table("t")?.measurement("a"))
        #expect((measurement.tail != nil) == isSampled)
        #expect(measurement.largest.first?.size == ByteCount(93_888))
        #expect((measurement.recentWindows != nil) == (growth != nil))
        // Half of what the smallest limit holds is counted of every row.
        let above = try await database.psql("SELECT count(*) FROM t WHERE octet_length(a) > 16384")
        #expect("\(measurement.countAbove(ByteCount(16_384)))" == "\(above)...\(above)")
    }

    private func profile(jobs: Int) async throws -> Profile {
        try await profileOfCurrent(plan: PlanOptions(method: .auto, histogram: .sampled), jobs: jobs)
    }
}
