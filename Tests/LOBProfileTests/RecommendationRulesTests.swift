import DMS
import Foundation
import SizeStatistics
import Testing

@testable import LOBAdvice
@testable import LOBProfile

/// Which limit a table gets, and what tables of one task have in common.
@Suite struct RecommendationRulesTests {
    private func recommend(
        _ tables: [TableProfile], _ policy: Policy = Policy(), target: TargetEngine = .postgres
    ) -> Recommendation {
        Recommender(
            ProfileFixture.profile(tables, policy: policy).with(deployment: Deployment(target: target))
        ).recommend()
    }

    private func rule(_ recommendation: Recommendation, _ name: String) -> String {
        let table = recommendation.tables.first { $0.name.name == Identifier(name) }
        return table.map { "\($0.mode.rawValue) \($0.bulkMaxSize.count)" } ?? "none"
    }

    @Test func aLimitIsARungThatIsNoLessThanWhatIsNeeded() {
        for size in 1...102_400 {
            let rung = LimitLadder.rung(for: Kibibytes(size))
            #expect(rung.count >= size && (rung.count < 64 || rung.count <= 2 * size))
        }
        #expect(LimitLadder.rung(for: Kibibytes(32)).count == 32)
        #expect(LimitLadder.rung(for: Kibibytes(33)).count == 63)
        #expect(LimitLadder.rung(for: Kibibytes(64)).count == 128)
        #expect(LimitLadder.rung(for: Kibibytes(70_000)).count == 102_400)
        #expect(LimitLadder.rung(for: Kibibytes(200), cap: Kibibytes(250)).count == 250)
    }

    /// 51,200 bytes need 50 KB, 63 with headroom; one byte more needs 51, and 64 with headroom.
    @Test func balancedLimitsUpToTheKneeHeadroomIncluded() {
        let fits = recommend([ProfileFixture.table("t", .bytea, sizes: [51_200])])
        #expect(rule(fits, "t") == "limited 63" && fits.tables[0].risk == 0)
        let passes = recommend([ProfileFixture.table("t", .bytea, sizes: [51_201])])
        #expect(rule(passes, "t").hasPrefix("unlimited"))
        #expect(passes.tables[0].reason == .overLimitedUpTo(needed: Kibibytes(64), most: Kibibytes(63)))
    }

    @Test func limitedUpToIsWhatAPersonAllows() {
        let table = ProfileFixture.table("t", .bytea, sizes: [80 * 1024])
        #expect(rule(recommend([table], Policy(limitedUpTo: Kibibytes(128))), "t") == "limited 128")
        // 100 KB with headroom: the next rung, 128, is over what is allowed, so that is the limit.
        #expect(rule(recommend([table], Policy(limitedUpTo: Kibibytes(110))), "t") == "limited 110")
        #expect(rule(recommend([table], Policy(limitedUpTo: Kibibytes(99))), "t").hasPrefix("unlimited"))
    }

    /// FailTasksOnLobTruncation looks at LobMaxSize: what must not be cut has that limit, whatever else is in the task.
    @Test func whatMustNotBeCutSharesTheLimitOfTheTask() throws {
        let tables = [
            ProfileFixture.table("small", .bytea, sizes: [100]),
            ProfileFixture.table("medium", .bytea, sizes: [40_000]),
            ProfileFixture.table("cut", .bytea, sizes: [3_000_000]),
            ProfileFixture.table("large", .bytea, sizes: [3_000_000]),
        ]
        let found = recommend(tables, Policy(truncationOK: [try NamePattern("cut")]))
        #expect(rule(found, "small") == "limited 63")
        #expect(rule(found, "medium") == "limited 63")
        #expect(rule(found, "cut") == "limited 4096")
        #expect(rule(found, "large").hasPrefix("unlimited"))
        #expect(found.task.lobs == .limited(Kibibytes(63)))
        let onlyCut = recommend([tables[2]], Policy(truncationOK: [try NamePattern("cut")]))
        #expect(onlyCut.task.lobs == .limited(Kibibytes(4096)))
    }

    @Test func aRuleIsNeverOverTheCapOfTheTarget() {
        let table = ProfileFixture.table("t", .bytea, sizes: [25 * 1024])
        #expect(rule(recommend([table], target: .redshift), "t") == "limited 31")
        #expect(rule(recommend([table]), "t") == "limited 32")
    }

    /// Each table by itself is within the accepted risk, all of them together are not.
    @Test func theAcceptedRiskIsThatOfAllTablesTogether() throws {
        let sizes = (0..<4000).map { Int64(100 + $0 % 1900) }
        let tables = (1...6).map {
            ProfileFixture.table("t\($0)", sizes: sizes, method: .sample, rows: 40_000)
        }
        let policy = Policy(risk: 0.05, strategy: .limitedWhenSafe)
        let alone = recommend([tables[0]], policy)
        #expect(alone.tables[0].mode == .limited)
        let recommender = Recommender(ProfileFixture.profile([tables[0]], policy: policy))
        let one = try #require(recommender.risk(of: alone.tables[0], at: alone.tables[0].bulkMaxSize, .rule))
        try #require(one > 0 && one <= 0.05)
        let together = recommend(tables, policy)
        let limited = together.tables.filter { $0.mode == .limited }
        #expect(limited.count == min(6, max(1, Int(log1p(-0.05) / log1p(-one)))))
        for refused in together.tables where refused.mode == .unlimited {
            #expect(refused.reason == .overJointRisk(accepted: 0.05))
        }
    }

    /// Two columns of a sample are both under 2 %: that much is said once, and not of each.
    @Test func theSmallestRiskThatIsShownCountsOnce() throws {
        let sizes = (0..<4000).map { Int64(100 + $0 % 1900) }
        let tables = (1...2).map { ProfileFixture.table("t\($0)", sizes: sizes, method: .sample, rows: 4100) }
        var both = tables[0]
        let column = Fixtures.column(3, "other", .text)
        both.columns.append(ColumnProfile(column: column, measurement: tables[1].columns[0].measurement))
        let recommender = Recommender(ProfileFixture.profile([both]))
        let table = try #require(recommender.recommend().tables.first)
        let limit = Kibibytes(102_400)
        #expect(table.readColumns.count == 2)
        #expect(try #require(recommender.risk(of: table, at: limit)) == 0.02)
    }
}
