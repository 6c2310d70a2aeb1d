import Foundation
import SizeStatistics
import Testing

struct BlockSummaryTests {
    private func blocks(seed: UInt64, count: Int) -> [[ByteCount]] {
        var random = SplitMix64(seed: seed)
        return (0..<count).map { _ in
            let level = Double(random.next() % 2000)
            return (0..<Int(random.next() % 30)).map { _ in ByteCount(Int64(level * random.uniform())) }
        }
    }

    private func summary(_ blocks: [[ByteCount]]) -> BlockSummary {
        var summary = BlockSummary()
        for block in blocks { summary.add(sizes: block, nulls: 1) }
        return summary
    }

    @Test(arguments: 0..<8)
    func designEffectEqualsItsDefinition(seed: Int) throws {
        let blocks = blocks(seed: UInt64(seed), count: 60)
        let all = blocks.flatMap { $0 }
        var histogram = SizeHistogram()
        for size in all { histogram.add(size) }
        let edge = try #require(histogram.quantile(0.7))
        let share = Double(all.count { $0 <= edge }) / Double(all.count)
        let spread = blocks.reduce(0.0) { sum, block in
            let difference = Double(block.count { $0 <= edge }) - share * Double(block.count)
            return sum + difference * difference
        }
        let expected = max(1, 60.0 / 59 * spread / (Double(all.count) * share * (1 - share)))
        let effect = try #require(summary(blocks).designEffect(upTo: edge, in: histogram))
        #expect(abs(effect - expected) < 1e-9 * expected)
        #expect(expected > 2)
    }

    @Test func mergingIsAssociativeAndCommutative() {
        let blocks = blocks(seed: 9, count: 90)
        var left = summary(Array(blocks[60...]))
        left.merge(summary(Array(blocks[..<30])))
        left.merge(summary(Array(blocks[30..<60])))
        #expect(left == summary(blocks))
    }

    @Test func totalsAloneGiveNoDesignEffect() {
        var summary = summary(blocks(seed: 1, count: 5))
        summary.add(rows: 4, values: 3, sum: ByteCount(70), largest: ByteCount(50))
        #expect(summary.designEffect(upTo: ByteCount(9), in: SizeHistogram()) == nil)
        #expect(summary.blocks == 6)
    }

    @Test func emptyBlocksCountAsZero() throws {
        var summary = BlockSummary()
        summary.addEmptyBlocks(3)
        summary.add(sizes: [], nulls: 4)
        #expect(summary.maxima.entries.map(\.count) == [4])
        #expect(summary.maxima.largest == ByteCount(0))
        #expect(summary.rows == 4)
    }

    @Test func rowsPerExceedingBlockComparesRowsWithBlocks() {
        var summary = BlockSummary()
        var rows = SizeDistribution()
        for block in 0..<40 {
            let size = ByteCount(Int64(1000 + block))
            summary.add(sizes: [size, size, size], nulls: 0)
            rows.add(size, count: 3)
        }
        #expect(summary.rowsPerExceedingBlock(rows) == 3)
        #expect(BlockSummary().rowsPerExceedingBlock(SizeDistribution()) == 1)
    }

    @Test func survivesJSON() throws {
        let summary = summary(blocks(seed: 4, count: 50))
        let data = try JSONEncoder().encode(summary)
        #expect(try JSONDecoder().decode(BlockSummary.self, from: data) == summary)
    }
}
