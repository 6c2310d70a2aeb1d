import SizeStatistics
import TestSupport
import Testing

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

/// Spikes that a cut leaves, and sizes that only look like one.
@Suite struct TruncationSpikeTests {
    private func spike(_ sizes: [Int64]) -> TruncationSpike? {
        var largest = LargestSizes()
        for size in sizes { largest.add(ByteCount(size)) }
        return TruncationSpike.largest(in: largest.entries)
    }

    /// Sizes with a long tail, the same in every run.
    private func smooth(_ count: Int, seed: UInt64, scale: Double = 8000) -> [Int64] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            Int64(scale / Double.random(in: 0.001..<1, using: &generator).squareRoot())
        }
    }

    private func cut(_ sizes: [Int64], at limit: Int64) -> [Int64] { sizes.map { min($0, limit) } }

    @Test(arguments: [32, 64, 100, 128] as [Int64])
    func valuesCutAtALimitAreSeenWithAndWithoutLargerOnes(_ kibibytes: Int64) throws {
        let limit = kibibytes * 1024
        let sizes = smooth(20_000, seed: 1)
        let alone = try #require(spike(cut(sizes, at: limit)))
        #expect(alone.size == ByteCount(limit) && alone.larger == 0)
        #expect(alone.count == sizes.count { $0 >= limit })

        let later = [2 * limit + 7, limit + 1, limit + 999, 3 * limit, 3 * limit + 5]
        let both = try #require(spike(cut(sizes, at: limit) + later))
        #expect(both.size == ByteCount(limit) && both.larger == 5 && both.count == alone.count)
    }

    @Test func smoothSizesHaveNoSpike() {
        for seed in 0..<40 as Range<UInt64> {
            for count in [50, 500, 5000, 40_000] {
                #expect(spike(smooth(count, seed: seed)) == nil)
                #expect(spike(smooth(count, seed: seed).map { $0 / 8 * 8 }) == nil)
            }
        }
    }

    @Test(arguments: [1024, 4096, 10_240] as [Int64])
    func sizesThatAnApplicationRoundsHaveNoSpike(_ unit: Int64) {
        for seed in 0..<40 as Range<UInt64> {
            let sizes = smooth(5000, seed: seed).map { $0 / unit * unit }.filter { $0 < 20 * unit + 60_000 }
            #expect(spike(sizes) == nil)
        }
    }

    @Test func aSizeThatIsUsedAmongManyLargerOnesIsNoSpike() {
        let sizes = smooth(5000, seed: 3, scale: 60_000) + Array(repeating: 65_536, count: 200)
        #expect(spike(sizes) == nil)
    }

    @Test func aFewFixedSizesAreNoSpike() {
        #expect(spike(Array(repeating: 65_536, count: 50) + [1 << 20, 1 << 20]) == nil)
    }

    @Test func smallAndUnevenSizesAreNotLookedAt() {
        #expect(spike(cut(smooth(5000, seed: 1, scale: 500), at: 8192)) == nil)
        #expect(spike(cut(smooth(5000, seed: 1), at: 65_000)) == nil)
    }
}
