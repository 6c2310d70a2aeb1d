import Foundation
import SizeStatistics
import Testing

struct AnchoredTailTests {
    private func sample(seed: Int, count: Int) -> [Int64] {
        var random = SplitMix64(seed: UInt64(seed))
        let shape = 0.1 + 0.1 * Double(seed % 6)
        return (0..<count).map { _ in Int64(400 * pow(random.uniform(), -shape)) }
    }

    private func tail(
        _ sizes: [Int64], population: Int, sampled: Int? = nil, unit: SampledUnits.Unit = .rows,
        future: Int = 0
    ) -> AnchoredTail {
        AnchoredTail(
            SampledUnits(
                unit: unit, sampled: sampled ?? sizes.count, population: population, future: future,
                largest: largestSizes(sizes)))
    }

    /// Worked by hand: M sqrt((1 - a) / a (N - n) / n), of blocks with 0.6 a, and never below M.
    @Test(arguments: [
        (SampledUnits.Unit.rows, 50, 1000, 0, 0.05, 19_000 as Int64),
        (.rows, 500, 1000, 0, 0.05, 4_359), (.rows, 500, 1000, 0, 0.01, 9_950),
        (.rows, 1000, 1000, 1000, 0.5, 1_000), (.rows, 1000, 1000, 250, 0.2, 1_000),
        (.rows, 1000, 1000, 1000, 0.2, 2_000), (.blocks, 50, 1000, 0, 0.05, 24_786),
        (.blocks, 990, 1000, 0, 0.05, 1_000),
        (.rows, 1000, 1000, 0, 0.05, 1_000),
    ])
    func limitsAreThoseOfTheFormula(
        unit: SampledUnits.Unit, sampled: Int, population: Int, future: Int, alpha: Double, limit: Int64
    ) {
        let found = tail(
            [1000, 7, 3], population: population, sampled: sampled, unit: unit, future: future
        ).limit(alpha: alpha)
        #expect(found == ByteCount(limit))
    }

    /// The mean over the posterior of the rate, Gamma(1, n), of the probability that none of m more units is above.
    @Test(arguments: [(60, 600, 1.0), (60, 6000, 3), (500, 700, 1.5), (1000, 50_000, 12)])
    func riskIsThatOfTheGammaPosterior(sampled: Int, population: Int, factor: Double) {
        let (rows, unseen) = (Double(sampled), Double(population - sampled))
        let step = 1e-4
        let none = stride(from: step / 2, to: 40, by: step).reduce(0.0) { sum, scaled in
            // scaled = rate x n; each unit above M is above L with (M / L)^2.
            sum + step * exp(-scaled) * exp(-scaled / rows * unseen / (factor * factor))
        }
        let risk = tail([1_000_000], population: population, sampled: sampled)
            .risk(above: ByteCount(Int64(1_000_000 * factor)))
        #expect(agrees(risk, 1 - none, within: 1e-5))
    }

    /// What holds without any assumption: the largest of all is among those read with the fraction read.
    @Test(arguments: 1...20)
    func atTheLargestSizeSeenNothingIsAssumed(part: Int) {
        let units = tail([500], population: 2000, sampled: 100 * part)
        let free = DistributionFreeBound(units.units).probabilityLargestIsSampled
        #expect(agrees(units.risk(above: ByteCount(500)), 1 - free, within: 1e-12))
    }

    @Test(arguments: 0..<24)
    func moreRowsReadNeverAddRisk(seed: Int) {
        let sizes = sample(seed: seed, count: 240)
        for factor in [1.0, 1.5, 3, 10] {
            let limit = ByteCount(Int64(Double(sizes.max() ?? 0) * factor))
            for unit in SampledUnits.Unit.allCases {
                let read = [240, 249, 300, 400, 625, 1599, 3905, 4000].map {
                    tail(sizes, population: 4000, sampled: $0, unit: unit).risk(above: limit)
                }
                #expect(read == read.sorted(by: >) && read.last == 0)
            }
            let risks = [300_000, 30_000, 3000, 600, 301, 240].map {
                tail(sizes, population: $0).risk(above: limit)
            }
            #expect(risks == risks.sorted(by: >) && risks.last == 0)
        }
    }

    @Test(arguments: 0..<24)
    func moreRowsToComeNeverLowerTheRisk(seed: Int) {
        let known = tail(sample(seed: seed, count: 300), population: 300)
        let limit = ByteCount(known.limit(alpha: 0.05).bytes * 2)
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
            #expect(blocks.risk(above: blocks.limit(alpha: alpha)) <= alpha)
            #expect(blocks.limit(alpha: alpha) >= limit)
        }
    }

    /// A pile-up of values at a round size is no proof of a cap: the limit is above it all the same.
    @Test func capsAreNotBelieved() {
        let capped = (1...300).map { Int64($0) } + [Int64](repeating: 65_536, count: 100)
        #expect(tail(capped, population: 100_000).limit(alpha: 0.05) > ByteCount(1_000_000))
    }

    @Test func fewValuesAreTooFew() {
        #expect(tail(sample(seed: 4, count: 49), population: 100).isTooSmall)
        #expect(!tail(sample(seed: 4, count: 50), population: 100).isTooSmall)
        #expect(!tail(sample(seed: 4, count: 7), population: 7).isTooSmall)
        var blocks = BlockSummary()
        for _ in 0..<30 { blocks.add(sizes: [ByteCount(9)], nulls: 40) }
        let rows = distribution([Int64](repeating: 9, count: 30), nulls: 1200)
        #expect(AnchoredTail(SampledUnits(blocks: blocks, rows: rows, population: 100)).isTooSmall)
        #expect(!AnchoredTail(SampledUnits(blocks: blocks, rows: rows, population: 30)).isTooSmall)
    }

    @Test func nullsAreNotUnits() {
        let units = SampledUnits(
            rows: distribution(sample(seed: 2, count: 100), nulls: 300), population: 4000, future: 400)
        #expect(units.sampled == 100)
        #expect(units.population == 1000)
        #expect(units.future == 100)
    }

    /// That no row of a sample has a value says little of the others: there is something unseen, and no limit.
    @Test func aSampleOfNothingIsNotCertain() {
        let tail = AnchoredTail(SampledUnits(rows: distribution([], nulls: 5000), population: 100_000))
        #expect(tail.units.population > tail.units.sampled && tail.isTooSmall)
        #expect(!tail.isCertain(at: ByteCount(1_000_000)))
        #expect(tail.reportedRisk(above: ByteCount(0)) > 0)
        #expect(!AnchoredTail(SampledUnits(rows: distribution([], nulls: 9), population: 9)).isTooSmall)
    }

    @Test func risksCombineAsIndependent() {
        #expect(agrees(Risk.combined([0.5, 0.5]), 0.75, within: 1e-12))
        #expect(agrees(Risk.combined([1e-12, 1e-12]), 2e-12, within: 1e-9))
        #expect(Risk.combined([]) == 0)
        #expect(Risk.combined([0.2, 1]) == 1)
        #expect(Risk.reported(0.001) == 0.02)
    }

    /// Many small risks together are no small one; those that are certain add nothing, and one alone is itself.
    @Test func jointRisksCountWhatNoSampleHintsAt() {
        #expect(Risk.joint([]) == 0)
        #expect(Risk.joint([0, 0]) == 0)
        #expect(Risk.joint([0.05, 0, 0]) == 0.05)
        #expect(agrees(Risk.joint([0.05, 0.05]), 1 - 0.95 * 0.95 * 0.99 * 0.99, within: 1e-12))
        #expect(Risk.joint(Array(repeating: 1e-9, count: 50)) > 0.39)
        #expect(Risk.joint([1, 0.5]) == 1)
        #expect(agrees(Risk.joint([0.05], forecast: [0.02, 0.02]), 1 - 0.95 * 0.98 * 0.98, within: 1e-12))
    }
}
