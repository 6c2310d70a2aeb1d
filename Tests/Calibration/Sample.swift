import SizeStatistics

/// A sample of a population, as lobscope would take it.
struct Sample {
    enum Design: String, CaseIterable {
        case rows, blocks
    }

    let design: Design
    let rows: [Int64]
    let distribution: SizeDistribution
    let tail: AnchoredTail

    /// Samples rows.
    init(rows count: Int, of population: Population, _ random: inout SplitMix64) {
        design = .rows
        rows = random.choose(count, below: population.sizes.count).map { population.sizes[$0] }
        distribution = Self.distribution(rows)
        tail = AnchoredTail(SampledUnits(rows: distribution, population: population.sizes.count))
    }

    /// Samples whole blocks.
    init(blocks count: Int, of population: Population, _ random: inout SplitMix64) {
        var summary = BlockSummary()
        var rows: [Int64] = []
        for page in random.choose(count, below: population.pages.count) {
            let sizes = population.rows(ofPage: page)
            summary.add(sizes: sizes.map { ByteCount($0) }, nulls: 0)
            rows += sizes
        }
        design = .blocks
        self.rows = rows
        distribution = Self.distribution(rows)
        tail = AnchoredTail(
            SampledUnits(blocks: summary, rows: distribution, population: population.pages.count))
    }

    static func distribution(_ sizes: some Sequence<Int64>) -> SizeDistribution {
        var distribution = SizeDistribution()
        for size in sizes { distribution.add(ByteCount(size)) }
        return distribution
    }
}
