import Foundation
import SizeStatistics
import Testing

struct SizeDistributionTests {
    @Test(arguments: 0..<32)
    func agreesWithTheSortedArray(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let sizes = random.sizes(3000).sorted()
        let distribution = distribution(sizes.shuffled(using: &random), nulls: 5)
        #expect(distribution.rows == 3005)
        #expect(distribution.count == 3000)
        #expect(distribution.zeros == sizes.count { $0 == 0 })
        #expect(distribution.largest?.bytes == sizes.last)
        #expect(distribution.sum.bytes == sizes.reduce(0, +))
        for q in [0.5, 0.9, 0.99, 0.999, 1] {
            let nearest = sizes[Int((q * 3000 - 1e-9).rounded(.up)) - 1]
            let quantile = try #require(distribution.quantile(q)).bytes
            if nearest >= distribution.largestSizes.floor.bytes { #expect(quantile == nearest) }
            #expect(quantile >= nearest && quantile <= nearest + nearest / 32)
        }
        for limit in sizes[..<100] + sizes[2900...] {
            #expect(distribution.countAbove(ByteCount(limit)).contains(sizes.count { $0 > limit }))
        }
    }

    private func distribution(_ sizes: [Int64], nulls: Int = 0) -> SizeDistribution {
        var distribution = SizeDistribution()
        for size in sizes { distribution.add(ByteCount(size)) }
        distribution.addNulls(nulls)
        return distribution
    }

    @Test(arguments: 0..<24)
    func mergingIsAssociativeAndCommutative(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let parts = (0..<3).map { _ in random.sizes(Int(random.next() % 2500)) }
        let all = distribution(parts.flatMap { $0 }, nulls: 6)
        let (a, b, c) = (
            distribution(parts[0], nulls: 1), distribution(parts[1], nulls: 2),
            distribution(parts[2], nulls: 3)
        )
        #expect(merged(merged(a, b), c) == all)
        #expect(merged(c, merged(b, a)) == all)
    }

    private func merged(_ left: SizeDistribution, _ right: SizeDistribution) -> SizeDistribution {
        var merged = left
        merged.merge(right)
        return merged
    }

    @Test func countTablesGiveTheSameAsSingleValues() {
        var random = SplitMix64(seed: 5)
        let sizes = (0..<20_000).map { _ in Int64(random.next() % 65_535) }
        var dense = [UInt32](repeating: 0, count: 65_536)
        for size in sizes { dense[Int(size)] += 1 }
        var folded = SizeDistribution()
        folded.add(lengths: dense)
        #expect(folded == distribution(sizes))
        let counts = Dictionary(grouping: sizes.map(Int.init)) { $0 }.mapValues(\.count)
        #expect(SizeDistribution(counts: counts, nulls: 0) == folded)
    }

    @Test func sumStaysAtTheLargestInteger() {
        var distribution = distribution([.max])
        distribution.add(ByteCount(1 << 40), count: 1 << 40)
        distribution.merge(distribution)
        #expect(distribution.sum == ByteCount(.max))
    }

    @Test func emptyDistributionKnowsNothing() {
        var distribution = SizeDistribution()
        distribution.addNulls(3)
        #expect(distribution.largest == nil)
        #expect(distribution.quantile(0.5) == nil)
        #expect(distribution.countAbove(ByteCount(0)) == 0...0)
        #expect(distribution.rows == 3)
    }

    @Test(arguments: [10, 2000, 30_000])
    func survivesJSON(count: Int) throws {
        var random = SplitMix64(seed: 3)
        let distribution = distribution((0..<count).map { _ in Int64(random.next() % 1_000_000) }, nulls: 4)
        let data = try JSONEncoder().encode(distribution)
        #expect(try JSONDecoder().decode(SizeDistribution.self, from: data) == distribution)
    }

    @Test(arguments: [
        #"{"histogram":[6,1],"largestSizes":[1,5,1],"nulls":-1,"sum":5}"#,
        #"{"histogram":[6,1],"largestSizes":[1,4,1],"nulls":0,"sum":5}"#,
        #"{"histogram":[6,2],"largestSizes":[1,5,1],"nulls":0,"sum":5}"#,
        #"{"histogram":[6,1,1,1],"largestSizes":[1,5,1],"nulls":0,"sum":5}"#,
        #"{"histogram":[6,1],"largestSizes":[1,5,1],"nulls":0,"sum":-5}"#,
    ])
    func rejectsContradictions(json: String) throws {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(SizeDistribution.self, from: Data(json.utf8))
        }
    }
}
