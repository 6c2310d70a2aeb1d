import Testing

@testable import SizeStatistics

struct ComparisonTests {
    @Test func probabilitiesAgreeWithTheReference() throws {
        let expected = try Fixture.decode(Probabilities.self, "probabilities.json")
        for urn in expected.hypergeometric {
            let found = HypergeometricTail.atLeast(
                urn.hits, drawn: urn.drawn, marked: urn.marked, population: urn.population)
            #expect(agrees(found, urn.p, within: 1e-6), "\(urn)")
        }
        for test in expected.kolmogorov {
            let found = KolmogorovSmirnov.probability(of: test.distance, test.first, test.second)
            #expect(agrees(found, test.p, within: 1e-9))
        }
        for interval in expected.clopper {
            let found = BinomialInterval.exact(hits: interval.hits, trials: interval.trials, confidence: 0.95)
            #expect(agrees(found.lowerBound, interval.low, within: 1e-7), "\(interval)")
            #expect(agrees(found.upperBound, interval.high, within: 1e-7), "\(interval)")
        }
    }

    private func rows(_ sizes: [Int64]) -> MeasuredSide {
        MeasuredSide(distribution(sizes), design: .rows)
    }

    /// Nominal level 5 %: of 300 draws from the same law, 15 rejections are expected; 28 or more have probability 0.002.
    @Test func equalRowSamplesAreRarelyCalledDifferent() {
        var random = SplitMix64(seed: 20)
        var (body, tail, either) = (0, 0, 0)
        for _ in 0..<300 {
            let sizes = (0..<1600).map { _ in Int64(500 / random.uniform().squareRoot()) }
            let comparison = DistributionComparison(
                before: rows(Array(sizes[..<800])), after: rows(Array(sizes[800...])))
            body += (comparison.bodyProbability ?? 1) < 0.05 ? 1 : 0
            tail += (comparison.tailProbability ?? 1) < 0.05 ? 1 : 0
            either += comparison.isDifferent() ? 1 : 0
        }
        #expect(body < 28 && tail < 28 && either < 28)
        #expect(body > 2 && tail > 2)
    }

    @Test func aScaledBodyAndAHeavierTailAreSeen() {
        var random = SplitMix64(seed: 21)
        let before = (0..<2000).map { _ in Int64(500 / random.uniform().squareRoot()) }
        let fresh = (0..<2000).map { _ in Int64(500 / random.uniform().squareRoot()) }
        let scaled = DistributionComparison(before: rows(before), after: rows(fresh.map { $0 * 3 / 2 }))
        #expect(scaled.isDifferent() && (scaled.bodyProbability ?? 1) < 0.001)
        let heavier = fresh.enumerated().map { $0 % 50 == 0 ? 90_000 : $1 }
        let tail = DistributionComparison(before: rows(before), after: rows(heavier))
        #expect(tail.isDifferent() && (tail.tailProbability ?? 1) < 0.001)
        #expect((tail.bodyProbability ?? 0) > 0.05)
        let lighter = DistributionComparison(before: rows(heavier), after: rows(before))
        #expect((lighter.tailProbability ?? 0) > 0.9)
    }

    private func blocks(_ random: inout SplitMix64, withSizes: Bool) -> MeasuredSide {
        var (summary, all) = (BlockSummary(), SizeDistribution())
        for _ in 0..<40 {
            let level = 300 / random.uniform().squareRoot()
            let sizes = (0..<20).map { _ in ByteCount(Int64(level * (0.7 + 0.6 * random.uniform()))) }
            for size in sizes { all.add(size) }
            if withSizes {
                summary.add(sizes: sizes, nulls: 0)
            } else {
                summary.add(rows: 20, values: 20, sum: ByteCount(0), largest: sizes.max())
            }
        }
        return MeasuredSide(all, design: .blocks(summary))
    }

    /// The promise is 5 %, of any draw of the blocks.
    @Test(arguments: [true, false])
    func clusteredBlocksNeedTheirDesignEffect(withSizes: Bool) {
        var random = SplitMix64(seed: 22)
        var (corrected, plain) = (0, 0)
        for _ in 0..<400 {
            let (before, after) = (
                blocks(&random, withSizes: withSizes), blocks(&random, withSizes: withSizes)
            )
            corrected += DistributionComparison(before: before, after: after).isDifferent() ? 1 : 0
            let naive = DistributionComparison(
                before: MeasuredSide(before.distribution, design: .rows),
                after: MeasuredSide(after.distribution, design: .rows))
            plain += naive.isDifferent() ? 1 : 0
        }
        #expect(corrected <= 20, "\(corrected)")
        #expect(plain >= 200)
    }

    @Test func fullScansAreComparedDirectly() {
        let before = MeasuredSide(distribution([1, 2, 70_001]), design: .full)
        let after = MeasuredSide(distribution([1, 2, 70_002]), design: .full)
        let comparison = DistributionComparison(before: before, after: after)
        #expect(comparison.isDirect && comparison.isDifferent())
        #expect(comparison.bodyProbability == nil && comparison.tailProbability == nil)
        #expect(comparison.quantiles.last?.after == ByteCount(70_002))
        #expect(!DistributionComparison(before: before, after: before).isDifferent())
    }

    @Test func emptySamplesNeverDiffer() {
        let comparison = DistributionComparison(before: rows([]), after: rows([5]))
        #expect(comparison.bodyProbability == nil && !comparison.isDifferent())
    }
}
