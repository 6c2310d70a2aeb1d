import LOBAdvice
import Testing

struct BlockDrawTests {
    @Test(arguments: [1, 2, 3, 5, 64, 1000, 4097])
    func drawsDistinctBlocksOfTheTable(population: Int) {
        for count in [0, 1, population / 2, population, population + 7] {
            let blocks = BlockDraw(population: population, seed: 11).blocks(count)
            #expect(blocks.count == min(count, population))
            #expect(Set(blocks).count == blocks.count)
            #expect(blocks == blocks.sorted())
            #expect(blocks.allSatisfy { $0 < population })
        }
    }

    @Test(arguments: [0, 1, -5, Int64.max]) func aLargerDrawContainsTheSmaller(seed: Int64) {
        let draw = BlockDraw(population: 12_345, seed: seed)
        var smaller: Set<UInt32> = []
        for count in [1, 10, 100, 5000, 12_344, 12_345] {
            let larger = Set(draw.blocks(count))
            #expect(larger.isSuperset(of: smaller))
            smaller = larger
        }
    }

    @Test func theSameSeedDrawsTheSameAndAnotherSeedOthers() {
        let blocks = BlockDraw(population: 100_000, seed: 1).blocks(100)
        #expect(blocks == BlockDraw(population: 100_000, seed: 1).blocks(100))
        #expect(Set(blocks).intersection(BlockDraw(population: 100_000, seed: 2).blocks(100)).count < 10)
    }

    /// 4,000 seeds, 10 of 50 blocks: each block is expected 800 times and each pair 147 times; six standard deviations
    /// are 152 and 72.
    @Test func eachBlockAndEachPairIsDrawnEquallyOften() {
        var single = [Int](repeating: 0, count: 50)
        var pairs: [Int: Int] = [:]
        for seed in 0..<4000 {
            let blocks = BlockDraw(population: 50, seed: Int64(seed)).blocks(10).map { Int($0) }
            for (place, block) in blocks.enumerated() {
                single[block] += 1
                for other in blocks[(place + 1)...] { pairs[block * 50 + other, default: 0] += 1 }
            }
        }
        #expect(single.allSatisfy { abs($0 - 800) < 152 })
        #expect(pairs.count == 50 * 49 / 2)
        #expect(pairs.values.allSatisfy { abs(Double($0) - 4000.0 * 10 * 9 / (50 * 49)) < 72 })
    }

    @Test func aDesignDrawsItsShareAndAtLeastOneBlock() {
        let design = SampleDesign(method: .blocks, percent: 2.5, seed: 3)
        #expect(design.drawn(of: 1000).count == 25)
        #expect(design.drawn(of: 3).count == 1)
        #expect(SampleDesign(method: .blocks, percent: 100, seed: 3).drawn(of: 7) == [0, 1, 2, 3, 4, 5, 6])
    }
}
