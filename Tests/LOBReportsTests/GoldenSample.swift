import SizeStatistics

/// A sample of whole blocks with sizes that are always the same: most are small, few are large.
struct GoldenSample {
    private(set) var distribution = SizeDistribution()
    private(set) var summary = BlockSummary()
    private var state: UInt64

    /// Draws a sample.
    init(blocks: Int, rowsInBlock: Int, seed: UInt64 = 20_261_122) {
        state = seed
        for _ in 0..<blocks {
            let sizes = (0..<rowsInBlock).map { _ in nextSize() }
            sizes.forEach { distribution.add($0) }
            distribution.addNulls(1)
            summary.add(sizes: sizes, nulls: 1)
        }
    }

    /// A linear congruential generator (Knuth's MMIX constants); a size falls off as 1 / size.
    private mutating func nextSize() -> ByteCount {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let share = (state >> 52) + 1
        return ByteCount(200 + 400_000 / Int64(share + 8))
    }
}
