import Foundation
import Testing

@testable import SizeStatistics

/// A complete count keeps 64 sizes and its buckets; what is computed from them stays.
struct CondensingTests {
    private static func sizes(seed: UInt64, rows: Int) -> SizeDistribution {
        var random = SplitMix64(seed: seed)
        let shape = 0.1 + 0.7 * random.uniform()
        let scale = 1000 + 9000 * random.uniform()
        var sizes = SizeDistribution()
        for _ in 0..<rows {
            sizes.add(ByteCount(Int64(scale * pow(random.uniform(), -shape))))
        }
        return sizes
    }

    @Test(arguments: 0..<20) func theLimitForRowsToComeStays(seed: Int) {
        let sizes = Self.sizes(seed: UInt64(seed), rows: 20_000)
        let whole = GrowthEstimate(history: SampledUnits(rows: sizes, population: sizes.rows))
        let short = GrowthEstimate(history: SampledUnits(rows: sizes.condensed, population: sizes.rows))
        #expect(sizes.condensed.largestSizes.entries.count == SizeDistribution.exactSizes)
        for future in [200, 2000, 20_000] {
            let (one, other) = (
                whole.limit(alpha: 0.05, future: future), short.limit(alpha: 0.05, future: future)
            )
            let change = Double(other.bytes) / Double(one.bytes)
            #expect(change == 1, "seed \(seed), \(future) rows: \(change)")
        }
    }

    @Test(arguments: 0..<10) func countsAndQuantilesStayWithinABucket(seed: Int) throws {
        let sizes = Self.sizes(seed: UInt64(seed), rows: 5000)
        let short = sizes.condensed
        #expect(short.count == sizes.count && short.sum == sizes.sum && short.largest == sizes.largest)
        for kibibytes in 1...64 {
            let limit = ByteCount(Int64(kibibytes) * 1024)
            #expect(short.countAbove(limit) == sizes.countAbove(limit))
        }
        for q in [0.5, 0.9, 0.99, 0.999, 1] {
            let (one, other) = (try #require(sizes.quantile(q)), try #require(short.quantile(q)))
            #expect(other >= one && Double(other.bytes) <= Double(one.bytes) * 33 / 32 + 1)
        }
        let tail = short.tailSizes
        #expect(tail.count == min(sizes.count, tail.count))
        #expect(tail.largest == sizes.largest)
    }

    @Test(arguments: [1, 10, 200]) func aSampleOfBlocksKeepsWhatItsTailNeeds(rowsOfBlock: Int) {
        var random = SplitMix64(seed: UInt64(rowsOfBlock))
        var (sizes, blocks) = (SizeDistribution(), BlockSummary())
        for _ in 0..<300 {
            // Blocks differ, so that the rows of some pass the largest values of most.
            let scale = 500 + 4000 * random.uniform()
            let rows = (0..<rowsOfBlock).map { _ in
                ByteCount(Int64(scale * pow(random.uniform(), -0.3)))
            }
            rows.forEach { sizes.add($0) }
            blocks.add(sizes: rows, nulls: 0)
        }
        let short = sizes.condensed(beside: blocks)
        #expect(
            short.largestSizes.entries.count
                >= min(SizeDistribution.exactSizes, sizes.largestSizes.entries.count))
        let (one, other) = (
            SampledUnits(blocks: blocks, rows: sizes, population: 6000),
            SampledUnits(blocks: blocks, rows: short, population: 6000)
        )
        #expect(one == other)
    }

    @Test func aFewSizesStayAsTheyAre() {
        let sizes = SizeDistribution(counts: [1: 7, 500: 3, 70_001: 1], nulls: 4)
        #expect(sizes.condensed == sizes)
        #expect(sizes.tailSizes == sizes.largestSizes)
    }
}
