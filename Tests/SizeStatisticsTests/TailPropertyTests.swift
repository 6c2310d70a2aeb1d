import Foundation
import SizeStatistics
import Testing

struct TailPropertyTests {
    private func sample(seed: Int, count: Int) -> [Int64] {
        var random = SplitMix64(seed: UInt64(seed))
        let shape = 0.1 + 0.1 * Double(seed % 6)
        return (0..<count).map { _ in Int64(400 * pow(random.uniform(), -shape)) }
    }

    private func tail(
        _ sizes: [Int64], population: Int, sampled: Int? = nil, unit: SampledUnits.Unit = .rows,
        future: Int = 0,
        bound: ByteCount? = nil
    ) -> TailPredictive {
        TailPredictive(
            SampledUnits(
                unit: unit, sampled: sampled ?? sizes.count, population: population, future: future,
                largest: largestSizes(sizes), bound: bound))
    }

    @Test(arguments: 0..<24)
    func scalingAllSizesScalesTheLimit(seed: Int) {
        let sizes = sample(seed: seed, count: 300).map { $0 * 16 + 1 }
        let small = tail(sizes, population: 9000)
        let large = tail(sizes.map { $0 * 7 }, population: 9000)
        for alpha in [0.2, 0.05, 0.01] {
            #expect(agrees(large.limitBytes(alpha: alpha) / 7, small.limitBytes(alpha: alpha), within: 1e-6))
        }
    }

    @Test(arguments: 0..<24)
    func readingMoreOfThePopulationNeverAddsRisk(seed: Int) {
        let sizes = sample(seed: seed, count: 300)
        let limit = ByteCount((sizes.max() ?? 0) * 3)
        let risks = [300_000, 30_000, 3000, 600, 301, 300].map {
            tail(sizes, population: $0).risk(above: limit)
        }
        #expect(risks == risks.sorted(by: >))
        #expect(risks.last == 0)
    }

    /// The largest sizes stay what they are, and more and more of the rows below them are read.
    ///
    /// Strictly so while the same thresholds are used. With more rows the method uses one more, lower threshold (those
    /// with up to 4 sqrt(n) rows above): it may see a heavier tail than the others, which costs up to a third of the risk
    /// of these inputs, and of others more (``moreRowsReadAddNoMoreRiskThanIsSaid()``).
    @Test(arguments: 0..<24)
    func moreRowsReadNeverAddRiskWhileTheLargestSizeStays(seed: Int) {
        let sizes = sample(seed: seed, count: 240)
        let largest = sizes.max() ?? 0
        for factor in [1, 1.5, 3, 10] {
            let limit = ByteCount(Int64(Double(largest) * factor))
            var before = 1.0
            for sameThresholds in [[249, 300, 400, 624], [625, 900, 1599], [1600, 3000, 3905, 4000]] {
                let risks = sameThresholds.map {
                    tail(sizes, population: 4000, sampled: $0).risk(above: limit)
                }
                #expect(risks == risks.sorted(by: >), "\(factor): \(risks)")
                #expect(risks[0] <= before * 1.33, "\(factor): \(risks[0]) after \(before)")
                before = risks[risks.count - 1]
            }
            #expect(before == 0)
        }
    }

    /// Sizes of many kinds: light, heavy and two classes of tails, with and without ties.
    private func drawn(_ random: inout SplitMix64, count: Int) -> [Int64] {
        let (shape, base) = (1.2 * random.uniform(), exp(3 + 6 * random.uniform()))
        let (grain, second) = (random.uniform() < 0.3 ? 50.0 : 1, random.uniform() < 0.3 ? 0.02 : 0)
        return (0..<count).map { _ in
            let scale = random.uniform() < second ? 30 * base : base
            let size = scale * (shape < 0.05 ? -log(random.uniform()) : pow(random.uniform(), -shape))
            return Int64(min(size / grain, 1e9) * grain)
        }
    }

    /// What one more threshold may cost, over inputs of many kinds: see ``TailPredictive/risk(above:)``.
    @Test func moreRowsReadAddNoMoreRiskThanIsSaid() {
        var random = SplitMix64(seed: 77)
        var (worst, most, rises, steps) = (1.0, 0.0, 0, 0)
        for _ in 0..<20 {
            let sizes = drawn(&random, count: 60 + Int(random.next() % 1500))
            let population = sizes.count * (2 + Int(random.next() % 200))
            let limit = ByteCount(Int64(Double(sizes.max() ?? 0) * exp(3 * random.uniform())))
            var lowest = 1.0
            var count = sizes.count
            while count < population {
                let risk = tail(sizes, population: population, sampled: count).risk(above: limit)
                steps += 1
                rises += risk > lowest ? 1 : 0
                if risk > 0.001 { worst = max(worst, risk / lowest) }
                most = max(most, risk - lowest)
                lowest = min(lowest, risk)
                count += count / 6 + 1
            }
        }
        #expect(worst <= 2.5 && most <= 0.4, "\(worst) \(most)")
        #expect(7 * rises <= steps, "\(rises) of \(steps)")
    }

    /// Rows are read in a random order, the largest of all first: on the whole every doubling lowers the risk.
    @Test func readingOnLowersTheRiskOnTheWhole() {
        let counts = [200, 400, 800, 1600, 3200, 4000]
        var means = counts.map { _ in 0.0 }
        for seed in 0..<24 {
            let all = sample(seed: seed, count: 4000)
            let largest = all.max() ?? 0
            let order = [largest] + all.filter { $0 != largest }
            for (place, count) in counts.enumerated() {
                means[place] += tail(Array(order.prefix(count)), population: order.count)
                    .risk(above: ByteCount(largest * 3 / 2))
            }
        }
        #expect(means == means.sorted(by: >), "\(means)")
    }

    @Test(arguments: 0..<24)
    func moreRowsToComeNeverLowerTheRisk(seed: Int) {
        let known = tail(sample(seed: seed, count: 300), population: 300)
        let limit = ByteCount(Int64(known.limitBytes(alpha: 0.05)) * 2)
        let risks = [0, 1, 10, 100, 1000, 100_000].map { known.expecting(future: $0).risk(above: limit) }
        #expect(risks == risks.sorted())
        #expect(risks.first == 0)
    }

    @Test(arguments: 0..<12)
    func limitKeepsItsRisk(seed: Int) {
        let rows = tail(sample(seed: seed, count: 200), population: 4000)
        let blocks = tail(sample(seed: seed, count: 200), population: 4000, unit: .blocks)
        for alpha in [0.2, 0.05, 0.01] {
            let limit = rows.limit(alpha: alpha)
            #expect(rows.risk(above: limit) <= alpha)
            #expect(rows.risk(above: ByteCount(limit.bytes * 99 / 100)) > alpha)
            #expect(blocks.risk(above: blocks.limit(alpha: alpha)) <= 0.6 * alpha)
            #expect(blocks.limit(alpha: alpha) >= limit)
            #expect(blocks.reportedRisk(above: blocks.limit(alpha: alpha)) <= max(alpha, 0.02))
        }
    }

    @Test func boundEndsTheRisk() {
        let bounded = tail(sample(seed: 3, count: 100), population: 1_000_000, bound: ByteCount(20_000))
        #expect(bounded.risk(above: ByteCount(19_999)) > 0)
        #expect(bounded.reportedRisk(above: ByteCount(20_000)) == 0)
        #expect(bounded.limit(alpha: 0.001) <= ByteCount(20_000))
    }

    @Test func verdictsNameTheirReason() throws {
        let sizes = sample(seed: 4, count: 100)
        #expect(tail(sizes, population: 100).verdict(alpha: 0.05) == .exact)
        #expect(tail(Array(sizes[..<19]), population: 100).verdict(alpha: 0.05) == .refused(.fewUnits(19)))
        let far = try #require(tail(sizes, population: 300_000).verdict(alpha: 0.05).factorAboveLargest)
        #expect(far > 64)
        let large = tail(sizes.map { $0 * 10_000 }, population: 100_000)
        #expect(large.verdict(alpha: 0.05) == .refused(.aboveCeiling(large.limit(alpha: 0.05))))
        #expect(large.limit(alpha: 0.05) > ByteCount(102_400 * 1024))
    }

    @Test func capsNeedManySightings() {
        func cap(_ size: Int64, seen count: Int) -> Double {
            let sizes = (1...300).map { Int64($0) } + [Int64](repeating: size, count: count)
            return tail(sizes, population: 100_000).capProbability
        }
        #expect(cap(65_536, seen: 2) == 0)
        #expect(agrees(cap(65_536, seen: 19), 20.0 / 21))
        #expect(agrees(cap(65_535, seen: 19), 20.0 / 21))
        #expect(agrees(cap(70_001, seen: 19), 20.0 / 29))
        #expect(agrees(cap(25_000, seen: 4), 5.0 / 6))
    }

    @Test func aFullyReadPartAddsNoRiskButItsLargestSize() {
        let part = tail(sample(seed: 1, count: 200), population: 2000)
        let full = tail([5_000_000], population: 1)
        let both = StratifiedTail([part, full])
        #expect(both.limit(alpha: 0.05) >= ByteCount(5_000_000))
        let size = ByteCount(6_000_000)
        #expect(agrees(both.risk(above: size), part.risk(above: size), within: 1e-9))
        #expect(StratifiedTail([part, part]).risk(above: size) > part.risk(above: size))
    }

    @Test func nullsAreNotUnits() {
        let units = SampledUnits(
            rows: distribution(sample(seed: 2, count: 100), nulls: 300), population: 4000, future: 400)
        #expect(units.sampled == 100)
        #expect(units.population == 1000)
        #expect(units.future == 100)
    }

    @Test func rowsNeededFollowTheirFormula() {
        #expect(agrees(SampleSize.fraction(forRatio: 8, alpha: 0.05), 19.0 / 83))
        #expect(SampleSize.rowsNeeded(forRatio: 8, alpha: 0.05, population: 83_000) == 19_000)
        #expect(SampleSize.rowsNeeded(forRatio: 1e-9, alpha: 0.05, population: 70) == 70)
    }

    @Test func risksCombineAsIndependent() {
        #expect(agrees(Risk.combined([0.5, 0.5]), 0.75, within: 1e-12))
        #expect(agrees(Risk.combined([1e-12, 1e-12]), 2e-12, within: 1e-9))
        #expect(Risk.combined([]) == 0)
        #expect(Risk.combined([0.2, 1]) == 1)
        #expect(Risk.reported(0.001) == 0.02)
    }
}
