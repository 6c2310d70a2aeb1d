import LOBReports
import SizeStatistics
import TestSupport
import Testing

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

/// `--growth`: rows to come are part of the risk and of the limit.
struct GrowthPolicyTests {
    /// 2,000 sizes of a Pareto tail, the largest 100,000 bytes.
    private static let sizes = (1...2000).map { rank in Int64(100_000 / Double(rank).squareRoot()) }

    private func recommended(
        _ table: TableProfile, _ policy: Policy
    ) throws -> (Recommender, TableRecommendation) {
        let recommender = Recommender(ProfileFixture.profile([table], policy: policy))
        return (recommender, try #require(recommender.recommend().tables.first))
    }

    @Test(arguments: [
        ("100000", Growth.rows(100_000)), ("10%", .share(0.1)), ("0.5%", .share(0.005)), ("30d", .days(30)),
    ])
    func textIsReadAndWrittenBack(text: String, growth: Growth) {
        #expect(Growth(text) == growth)
        #expect(growth.text == text)
    }

    @Test(arguments: ["", "0", "-1", "%", "d", "10 %", "1e3", "30D", "nan%", "inf", "-5d"])
    func whatIsNoGrowthIsRefused(text: String) {
        #expect(Growth(text) == nil)
    }

    @Test func anExactColumnHasARiskWhereRowsAreStillToCome() throws {
        let table = ProfileFixture.table("t", sizes: Self.sizes)
        let (_, present) = try recommended(
            table, Policy(sizing: .octets, truncationOK: [try NamePattern("t")]))
        let (_, grown) = try recommended(
            table, Policy(sizing: .octets, truncationOK: [try NamePattern("t")], growth: .share(0.1)))
        #expect(present.risk == 0)
        #expect(try #require(grown.risk) >= 0.02)
        #expect(try #require(grown.risk) <= 0.05)
        // Rows to come decide the limit, and what is there stays exact.
        #expect(grown.columns[0].estimate.coverage == .forecast)
        #expect(grown.columns[0].estimate.largestSize == .exact(100_000))
        #expect(present.columns[0].estimate.coverage == .exact)
        #expect(try #require(grown.limit) > #require(present.limit))
        let statement = grown.columns[0].estimate.statement
        #expect(
            statement.contains("Every row was read") && statement.contains("200 rows are expected to arrive"))
    }

    @Test func moreRowsToComeNeverLowerTheLimitOrTheRisk() throws {
        let table = ProfileFixture.table("t", sizes: Self.sizes)
        var last: (limit: ByteCount, risk: Double) = (ByteCount(0), 0)
        for rows in [1, 10, 100, 1000, 10_000] {
            let (_, grown) = try recommended(table, Policy(growth: .rows(rows)))
            let estimate = grown.columns[0].estimate
            let now = (
                limit: try #require(estimate.limit),
                risk: try #require(estimate.risk(above: ByteCount(150_000)))
            )
            #expect(now.limit >= last.limit && now.risk >= last.risk, "\(rows)")
            last = now
        }
    }

    @Test func recentRowsThatAreLargerRaiseTheLimit() throws {
        let table = ProfileFixture.table("t", sizes: Self.sizes)
        var recent = SizeDistribution()
        for size in Self.sizes.prefix(500) {
            recent.add(size > 60_000 ? ByteCount(90_000) : ByteCount(size * 2))
        }
        var measurement = try #require(table.columns[0].measurement)
        measurement.recentWindows = [RecentWindow(recent)]
        let column = ColumnProfile(column: table.columns[0].column, measurement: measurement)
        let withRecent = TableProfile(
            relation: table.relation, rows: table.rows, sample: nil, columns: [column], seconds: 0,
            reading: .oneMoment)
        let (_, all) = try recommended(table, Policy(growth: .rows(100)))
        let (_, both) = try recommended(withRecent, Policy(growth: .rows(100)))
        #expect(try #require(both.columns[0].estimate.limit) > #require(all.columns[0].estimate.limit))
        #expect(both.columns[0].estimate.statement.contains("most recent"))
    }

    @Test func datesFollowFromTheRateAndTheMomentOfTheCount() throws {
        let rate = InsertRate(rowsPerSecond: 0.01, source: .snapshot, since: 0)
        let table = ProfileFixture.table("t", sizes: Self.sizes).growing(at: rate)
        let (recommender, grown) = try recommended(table, Policy(growth: .days(1)))
        let column = grown.columns[0]
        // 864 rows and 3 roots of them.
        #expect(column.estimate.growth?.expected.rows == 953)
        let setting = try #require(grown.setting)
        let outlook = try #require(recommender.outlook(for: column, at: setting))
        let held = try #require(outlook.rowsHeld)
        let until = try #require(outlook.lifetime?.expected)
        #expect(held >= 953)
        #expect(abs(until - Int64(Double(held) / 0.01)) <= 1)
        #expect(try #require(outlook.lifetime?.earliest) < until)
        #expect(try #require(outlook.lifetime?.latest) > until)
        let next = try #require(recommender.outlook(for: column, at: Kibibytes(setting.count * 2)))
        #expect(next.rowsHeld ?? .max > held)
    }

    /// A column that is no longer used has windows without a value: they say that few values come, and no more.
    @Test func windowsWithoutValuesSayThatFewCome() throws {
        let table = ProfileFixture.table("t", sizes: Self.sizes)
        var empty = SizeDistribution()
        empty.addNulls(1000)
        func grown(_ windows: [RecentWindow]?) throws -> ColumnEstimate {
            var measurement = try #require(table.columns[0].measurement)
            measurement.recentWindows = windows
            let column = ColumnProfile(column: table.columns[0].column, measurement: measurement)
            let profile = TableProfile(
                relation: table.relation, rows: table.rows, sample: nil, columns: [column], seconds: 0,
                reading: .oneMoment)
            return try recommended(profile, Policy(growth: .rows(100))).1.columns[0].estimate
        }
        let (none, some) = (try grown(nil), try grown([RecentWindow(empty)]))
        #expect(some.limit == none.limit && some.coverage == .forecast)
    }

    /// Of a few values nothing is said of more rows than they are, nor that a limit holds for more.
    @Test func aLimitHoldsForNoMoreRowsThanCanBeSpokenOf() throws {
        let table = ProfileFixture.table("t", sizes: [10, 20, 30])
        let (recommender, grown) = try recommended(table, Policy(growth: .rows(2)))
        #expect(grown.columns[0].estimate.coverage == .forecast)
        #expect(try #require(recommender.outlook(for: grown.columns[0], at: Kibibytes(1024))).rowsHeld == 3)
    }

    @Test func aRateThatIsNotKnownIsAFinding() throws {
        let table = ProfileFixture.table("t", sizes: Self.sizes)
        for (growth, count) in [(Growth.days(30), 1), (.rows(5), 0)] {
            let found = Recommender(ProfileFixture.profile([table], policy: Policy(growth: growth)))
                .recommend().findings.filter { $0.id == "growth-rate-unknown" }
            #expect(
                found.count == count && found.allSatisfy { $0.severity == .warning && $0.subject == "s.t" })
        }
    }

    /// A rate that was counted from a handful of rows could be nothing: it says no date, and one from more says wider ones.
    @Test func fewArrivalsSayNoDate() throws {
        func lifetime(_ arrived: Int?) throws -> LimitLifetime? {
            let rate = InsertRate(rowsPerSecond: 0.01, source: .snapshot, since: 0, arrived: arrived)
            let table = ProfileFixture.table("t", sizes: Self.sizes).growing(at: rate)
            let (recommender, grown) = try recommended(table, Policy(growth: .days(1)))
            return try #require(recommender.outlook(for: grown.columns[0], at: Kibibytes(1024))).lifetime
        }
        #expect(try lifetime(1) == nil && lifetime(9) == nil)
        let (few, many, unknown) = (try lifetime(40), try lifetime(40_000), try lifetime(nil))
        #expect(few?.expected == many?.expected && many?.expected == unknown?.expected)
        #expect(try #require(few?.earliest) < #require(many?.earliest))
        #expect(try #require(few?.latest) > #require(many?.latest))
        #expect(try #require(many?.earliest) < #require(unknown?.earliest))
    }

    /// After two phases a limit has a risk though no row arrives; only what is left of the accepted one is for rows to
    /// come.
    @Test func rowsPresentThatWereNotReadTakeTheirShareOfTheRisk() throws {
        var (all, strata) = (SizeDistribution(), StoredSizeStrata())
        for size in Self.sizes {
            strata.add(stored: ByteCount(size))
            let isLargest = size > 20_000
            guard isLargest || size % 9 == 0 else { continue }
            if isLargest {
                strata.addLargest(stored: ByteCount(size), size: ByteCount(size * 3))
            } else {
                strata.addRandom(stored: ByteCount(size), size: ByteCount(size * 3))
            }
            all.add(ByteCount(size * 3))
        }
        let rate = InsertRate(rowsPerSecond: 0.01, source: .snapshot, since: 0)
        let column = Fixtures.column(2, "body", .jsonb)
        let relation = Fixtures.relation("s", "t", keys: [Fixtures.key("pkey", [1])], columns: [column])
        let measurement = ColumnMeasurement(
            method: .twoPhase, distribution: all, largest: [], strata: strata)
        let table = TableProfile(
            relation: relation, rows: .init(count: 2000, isExact: true), sample: nil,
            columns: [ColumnProfile(column: column, measurement: measurement)], seconds: 0, insertRate: rate,
            reading: .oneMoment)
        let (recommender, grown) = try recommended(table, Policy(sizing: .octets, growth: .days(1)))
        let estimate = grown.columns[0].estimate
        let limit = try #require(estimate.limit)
        let present = TwoPhaseEstimate(strata)
        let left = estimate.riskLeft(of: 0.05, at: limit)
        #expect(left < 0.05 && left > 0)
        #expect(abs((1 - left) * (1 - present.risk(above: limit)) - 0.95) < 1e-9)
        let setting = try #require(grown.setting)
        let outlook = try #require(recommender.outlook(for: grown.columns[0], at: setting))
        #expect(try #require(outlook.rowsHeld) >= 953)
        #expect(estimate.riskLeft(of: 0.05, at: ByteCount(1)) == 0)
    }

    @Test func anUnknownRateIsNoCertainty() throws {
        let table = ProfileFixture.table("t", sizes: Self.sizes)
        let (_, grown) = try recommended(
            table, Policy(strategy: .limitedWhenSafe, growth: .days(30)))
        #expect(grown.columns[0].estimate.risk(above: ByteCount(1 << 30)) == nil)
        #expect(grown.mode == .unlimited)
        let setting = try #require(grown.setting)
        #expect(grown.reason == .riskNotKnown(setting), "not that it is above the accepted one")
        #expect(grown.columns[0].estimate.statement.contains("--growth-since"))
    }

    @Test func aTableInWhichNothingArrivesStaysExact() throws {
        let rate = InsertRate(rowsPerSecond: 0, source: .statistics, since: 0)
        let table = ProfileFixture.table("t", sizes: Self.sizes).growing(at: rate)
        let (_, grown) = try recommended(table, Policy(growth: .days(30)))
        #expect(grown.columns[0].estimate.risk(above: ByteCount(100_000)) == 0)
        #expect(grown.columns[0].estimate.limit == ByteCount(100_000))
    }

    @Test func moreRowsThanTheFewThatAreThereAreRefused() throws {
        for (sizes, rows) in [([Int64](), 5), ([10, 20, 30], 1000)] {
            let (_, grown) = try recommended(
                ProfileFixture.table("t", sizes: sizes), Policy(growth: .rows(rows)))
            #expect(grown.columns[0].estimate.coverage == .refused)
            #expect(grown.limit == nil && grown.mode == .unlimited)
        }
        // So many that no limited mode holds what they may bring.
        let (_, grown) = try recommended(
            ProfileFixture.table("t", sizes: Self.sizes), Policy(growth: .rows(50_000_000)))
        #expect(try #require(grown.limit) > .limitedModeCeiling && grown.mode == .unlimited)
    }

    @Test func rowsOfAPartitionedTableAreSharedOut() throws {
        let root = RelationName(schema: Identifier("s"), name: Identifier("root"))
        let leaves = [
            ProfileFixture.table("a", sizes: Array(Self.sizes.prefix(1500)), root: root),
            ProfileFixture.table("b", sizes: Array(Self.sizes.suffix(500)), root: root),
        ]
        let recommender = Recommender(ProfileFixture.profile(leaves, policy: Policy(growth: .rows(400))))
        let table = try #require(recommender.recommend().tables.first)
        #expect(table.columns.map { $0.estimate.growth?.expected.rows } == [300, 100])
    }

    @Test func aSnapshotKeepsTheGrowth() throws {
        let policy = Policy(growth: .days(30), limit: Kibibytes(128))
        let decoded = try roundTrip(policy)
        #expect(decoded == policy)
        #expect(try roundTrip(Policy()) == Policy())
    }
}
