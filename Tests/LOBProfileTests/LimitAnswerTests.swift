import Foundation
import SizeStatistics
import TestSupport
import Testing

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

/// What comes back from JSON.
func roundTrip<Value: Codable>(_ value: Value) throws -> Value {
    try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
}

/// `--limit`: what a limit cuts now, and how likely another value is.
struct LimitAnswerTests {
    private static let sizes = (1...4000).map { rank in Int64(400_000 / Double(rank).squareRoot()) }

    private func answer(_ table: TableProfile, _ limit: Int, policy: Policy = Policy(sizing: .octets)) throws
        -> LimitAnswer
    {
        let recommender = Recommender(ProfileFixture.profile([table], policy: policy))
        let recommended = try #require(recommender.recommend().tables.first)
        return try #require(recommender.answer(for: recommended, at: Kibibytes(limit)))
    }

    /// A random sample of rows of the sizes.
    private func sampled(_ count: Int, seed: UInt64) -> TableProfile {
        var random = SeededGenerator(seed: seed)
        let whole = ProfileFixture.table("t", sizes: Self.sizes)
        var distribution = SizeDistribution()
        for size in Self.sizes.shuffled(using: &random).prefix(count) { distribution.add(ByteCount(size)) }
        let measurement = ColumnMeasurement(method: .sample, distribution: distribution, largest: [])
        return TableProfile(
            relation: whole.relation, rows: .init(count: Self.sizes.count, isExact: false),
            sample: .init(
                design: SampleDesign(method: .bernoulli, percent: 20, seed: 1), blocksRead: 0, blocksTotal: 0,
                rowsRead: count),
            columns: [ColumnProfile(column: whole.columns[0].column, measurement: measurement)], seconds: 0,
            reading: .oneMoment)
    }

    @Test func afterAFullScanTheCutRowsAreCountedAndNoneElseCanBe() throws {
        let found = try answer(ProfileFixture.table("t", sizes: Self.sizes), 128)
        // `octets` adds a byte for the end.
        #expect(found.cut == .exact(Self.sizes.count { $0 + 1 > 128 * 1024 }))
        #expect(found.riskOfAnother == 0)
    }

    @Test func growthBringsAnotherEvenBelowTheLargest() throws {
        let table = ProfileFixture.table("t", sizes: Self.sizes)
        let policy = Policy(sizing: .octets, growth: .share(0.1))
        let low = try #require(try answer(table, 128, policy: policy).riskOfAnother)
        let high = try #require(try answer(table, 1024, policy: policy).riskOfAnother)
        // 9 of 4,000 are above: of 400 more none is with probability 1.1^-10.
        #expect(abs(low - (1 - 1 / 2.5937424601)) < 0.001)
        #expect(high < low && high >= 0.02)
    }

    @Test func aSampleGivesAnEstimateWithAnIntervalThatHolds() throws {
        let truth = Double(Self.sizes.count { $0 + 1 > 32 * 1024 })
        var held = 0
        for seed in 0..<40 {
            let found = try answer(sampled(800, seed: UInt64(seed)), 32)
            guard case .estimated(let expected, let interval)? = found.cut else {
                Issue.record("a sample is no count")
                return
            }
            #expect(interval.contains(expected))
            held += interval.contains(truth) ? 1 : 0
        }
        // Of 40 intervals for 95 % fewer than 33 hold with probability under 0.0003.
        #expect(held >= 33)
    }

    /// The probability of another row is right: over many samples it happens as often as it is said.
    @Test(arguments: [64, 128]) func theProbabilityOfAnotherIsCalibrated(limit: Int) throws {
        var (said, seen) = (0.0, 0.0)
        for seed in 0..<200 {
            let table = sampled(800, seed: UInt64(1000 + seed))
            let found = try answer(table, limit)
            let read = table.columns[0].measurement?.distribution.countAbove(
                ByteCount(Int64(limit * 1024 - 1)))
            let all = Self.sizes.count { $0 + 1 > limit * 1024 }
            said += try #require(found.riskOfAnother)
            seen += all > (read?.lowerBound ?? 0) ? 1 : 0
        }
        #expect(abs(said - seen) / 200 < 0.15, "said \(said / 200), seen \(seen / 200)")
    }

    @Test func columnsAndLeavesAreAddedUp() throws {
        let root = RelationName(schema: Identifier("s"), name: Identifier("root"))
        let leaves = [
            ProfileFixture.table("a", sizes: [10, 200_000], root: root),
            ProfileFixture.table("b", sizes: [300_000, 400_000, 5], root: root),
        ]
        let recommender = Recommender(ProfileFixture.profile(leaves, policy: Policy(sizing: .octets)))
        let table = try #require(recommender.recommend().tables.first)
        let found = try #require(recommender.answer(for: table, at: Kibibytes(128)))
        #expect(found.cut == .exact(3))
        #expect(found.riskOfAnother == 0)
    }

    @Test func whatWasNotMeasuredIsNotKnown() throws {
        let found = try answer(ProfileFixture.table("t", sizes: [], isMeasured: false), 64)
        #expect(found.cut == nil && found.riskOfAnother == nil)
    }
}
