import LOBAdvice
import SizeStatistics
import Testing

@testable import LOBReports

/// What each strategy would give, and the few values that make a table unlimited.
struct StrategyTests {
    private static let report = GoldenReport.report
    private static let outcomes =
        report.recommender.strategies(beside: report.recommendation.tables) ?? []

    private static func outcome(_ strategy: Policy.Strategy) throws -> StrategyOutcome {
        try #require(outcomes.first { $0.strategy == strategy })
    }

    @Test func eachStrategyIsTriedOnTheSameTables() throws {
        #expect(Self.outcomes.map(\.strategy) == Policy.Strategy.allCases)
        let lobs = Self.report.recommendation.tables.filter { $0.hasLOBs && $0.isSelected }
        for outcome in Self.outcomes { #expect(outcome.limited + outcome.unlimited == lobs.count) }
        let taken = try Self.outcome(Self.report.profile.policy.strategy)
        #expect(taken.limited == lobs.count { $0.mode == .limited })
        #expect(taken.risk == Self.report.recommendation.jointRisk)
    }

    @Test func strictLimitsOnlyWhatMayBeCut() throws {
        let strict = try Self.outcome(.strict)
        let accepted = Self.report.recommendation.tables.filter {
            $0.hasLOBs && $0.isMigrated && $0.isTruncationOK && $0.mode == .limited
        }
        #expect(strict.limited == accepted.count)
        #expect(strict.unlimited > (try Self.outcome(.balanced)).unlimited)
        let most = try #require(strict.lookUps.value)
        #expect(most > (try Self.outcome(.balanced)).lookUps.value ?? 0)
    }

    @Test func aLargeReportTriesNone() {
        let many = (1...1001).map { number in
            GoldenTables.small(
                RelationName(schema: Identifier("m"), name: Identifier("t\(number)")),
                oid: 60_000 + UInt32(number),
                distribution: SizeDistribution(counts: [10: 1])
            ).profile
        }
        let large = GoldenReport.report(of: many)
        #expect(large.recommender.strategies(beside: large.recommendation.tables) == nil)
    }

    @Test func outliersAreAFewValuesAboveTheLimitOfOthers() throws {
        let tables = Self.report.recommendation.tables
        let orders = try #require(tables.first { $0.name.losslessText == "public.orders" })
        let outliers = try #require(Outliers(orders, by: Self.report.recommender))
        #expect(outliers.limit == Self.report.profile.policy.limitedUpTo)
        let share = outliers.above.expected / Double(outliers.values.value ?? 0)
        #expect(outliers.above.expected >= 1 && share <= 0.01)
        for table in tables where table.mode != .unlimited {
            #expect(Outliers(table, by: Self.report.recommender) == nil)
        }
    }

    @Test func cutValuesOfUnknownTablesAreNotKnown() throws {
        let recommender = Self.report.recommender
        let limited = Self.report.recommendation.tables.filter { $0.mode == .limited && $0.risk == 0 }
        #expect(recommender.valuesCut(limited) == .exact(0))
        #expect(recommender.valuesCut([]) == .exact(0))
    }
}
