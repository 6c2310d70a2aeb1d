import SizeStatistics
import TestSupport
import Testing

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

/// Partitions that were sampled are strata: their risks and limits combine (statistics 5a).
struct StrataTests {
    private static let root = RelationName(schema: Identifier("s"), name: Identifier("root"))

    /// A leaf of which a share of the rows was read.
    private func leaf(
        _ name: String, sizes: [Int64], share: Double, seed: UInt64, root: RelationName? = Self.root
    ) -> TableProfile {
        var random = SeededGenerator(seed: seed)
        let whole = ProfileFixture.table(name, sizes: sizes, root: root)
        guard share < 1 else { return whole }
        let count = Int(Double(sizes.count) * share)
        var distribution = SizeDistribution()
        for size in sizes.shuffled(using: &random).prefix(count) { distribution.add(ByteCount(size)) }
        let measurement = ColumnMeasurement(method: .sample, distribution: distribution, largest: [])
        return TableProfile(
            relation: whole.relation, rows: .init(count: sizes.count, isExact: false),
            sample: .init(
                design: SampleDesign(method: .bernoulli, percent: share * 100, seed: 1), blocksRead: 0,
                blocksTotal: 0, rowsRead: count),
            columns: [ColumnProfile(column: whole.columns[0].column, measurement: measurement)], seconds: 0,
            reading: .oneMoment)
    }

    private static func sizes(_ count: Int, seed: UInt64) -> [Int64] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            Int64(2000 / Double.random(in: 0.000_1...1, using: &random).squareRoot())
        }
    }

    private func recommend(_ leaves: [TableProfile], risk: Double = 0.05) throws -> TableRecommendation {
        let policy = Policy(
            risk: risk, sizing: .octets, truncationOK: [try NamePattern("root")])
        return try #require(
            Recommender(ProfileFixture.profile(leaves, policy: policy)).recommend().tables.first)
    }

    @Test func sampledLeavesTogetherKeepTheRiskThatWasAskedFor() throws {
        let leaves = (0..<4).map {
            leaf("p\($0)", sizes: Self.sizes(3000, seed: UInt64($0)), share: 0.2, seed: 9)
        }
        let table = try recommend(leaves)
        let single = table.columns.compactMap(\.estimate.limit).max()
        let together = try #require(table.limit)
        #expect(together > Kibibytes(holding: try #require(single)), "four risks of 5 % are more than 5 %")
        #expect(try #require(table.risk) <= 0.051)
        let tails = leaves.map {
            AnchoredTail(
                SampledUnits(rows: $0.columns[0].measurement?.distribution ?? .init(), population: 3000))
        }
        let risk = { (limit: Kibibytes) in
            Risk.combined(tails.map { $0.risk(above: ByteCount(limit.bytes.bytes - 1)) })
        }
        #expect(risk(together) <= 0.0501 && risk(Kibibytes(together.count - 2)) > 0.05)
    }

    /// What is limited together has the joint risk that the report tells, and that is the accepted one at most.
    @Test(arguments: [0.02, 0.05, 0.2], [nil as Growth?, .rows(30)])
    func theJointRiskIsThatOfTheRulesAndAccepted(risk: Double, growth: Growth?) throws {
        let tables = (0..<30).map { number in
            leaf(
                "t\(number)", sizes: Self.sizes(3000, seed: UInt64(number)), share: number % 3 == 0 ? 1 : 0.9,
                seed: 7,
                root: nil)
        }
        let policy = Policy(risk: risk, sizing: .octets, strategy: .limitedWhenSafe, growth: growth)
        let recommended = Recommender(ProfileFixture.profile(tables, policy: policy)).recommend()
        let atRisk = recommended.tables.count { $0.mode == .limited && ($0.risk ?? 0) > 0 }
        let joint = try #require(recommended.jointRisk)
        // No risk of a model is shown below 2 %.
        #expect(joint <= max(risk, 0.02) + 1e-12)
        #expect((joint > 0) == (atRisk > 0))
        if risk == 0.2 { #expect(atRisk > 1 && recommended.tables.contains { $0.mode == .unlimited }) }
    }

    @Test func leavesReadInFullAddNoRiskButAFloor() throws {
        let sampled = leaf("a", sizes: Self.sizes(3000, seed: 1), share: 0.2, seed: 2)
        let alone = try recommend([sampled])
        let full = leaf("b", sizes: Self.sizes(3000, seed: 3), share: 1, seed: 0)
        let both = try recommend([sampled, full])
        #expect(both.limit == alone.limit)
        #expect(both.risk == alone.risk)
        let larger = leaf("c", sizes: [900_000_0], share: 1, seed: 0)
        #expect(try recommend([sampled, larger]).limit == Kibibytes(holding: ByteCount(9_000_001)))
    }

    @Test func leavesReadInFullAreCertain() throws {
        let leaves = (0..<3).map {
            leaf("p\($0)", sizes: Self.sizes(500, seed: UInt64($0)), share: 1, seed: 9)
        }
        let table = try recommend(leaves)
        #expect(table.risk == 0)
        let largest = try #require(table.columns.compactMap(\.estimate.largest).max())
        #expect(table.limit == Kibibytes(holding: ByteCount(largest.bytes + 1)))
    }

    @Test func theTwoPercentThatAreNeverUndercutCountOnceForAllLeaves() throws {
        let leaves = (0..<10).map {
            leaf("p\($0)", sizes: Self.sizes(300, seed: UInt64($0)), share: 0.95, seed: 9)
        }
        let table = try recommend(leaves)
        #expect(try #require(table.risk) < 0.1, "ten floors of 2 % would be 18 %")
        #expect(try #require(table.risk) >= 0.02)
    }

    /// Four leaves, read to 5, 20, 20 and 100 %: the limit of all covers at least as often as it says.
    @Test func theLimitOfAllLeavesCovers() throws {
        var covered = 0
        for run in 0..<60 {
            let shares = [0.05, 0.2, 0.2, 1]
            let all = shares.indices.map { Self.sizes(1500, seed: UInt64(run * 10 + $0)) }
            let leaves = zip(shares, all).enumerated().map { index, leaf in
                self.leaf("p\(index)", sizes: leaf.1, share: leaf.0, seed: UInt64(run))
            }
            let limit = try recommend(leaves).limit?.bytes.bytes ?? .max
            covered += limit >= all.joined().max() ?? 0 ? 1 : 0
        }
        // 57 are expected at 95 %; fewer than 51 have probability 0.005.
        #expect(covered >= 51)
    }

    @Test func aLeafThatWasRefusedLeavesTheTableWithoutALimit() throws {
        let refused = leaf("a", sizes: Self.sizes(100, seed: 1), share: 0.05, seed: 2)
        let table = try recommend([refused, leaf("b", sizes: [10, 20], share: 1, seed: 0)])
        #expect(table.limit == nil && table.mode == .unlimited)
    }
}
