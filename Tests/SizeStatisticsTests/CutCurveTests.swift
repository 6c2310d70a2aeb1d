import SizeStatistics
import Testing

struct CutCurveTests {
    @Test func fullScansAreCounted() throws {
        let sizes = (1...5000).map { Int64($0 * 37) }
        let curve = CutCurve(
            counted: distribution(sizes), limits: [ByteCount(65_536), ByteCount(40_001), ByteCount(180_000)])
        #expect(curve.points[0].rows == .exact(sizes.count { $0 > 65_536 }))
        #expect(curve.points[2].rows == .exact(sizes.count { $0 > 180_000 }))
        let range = try #require(curve.points[1].rows.range)
        #expect(range.contains(sizes.count { $0 > 40_001 }))
    }

    /// Intervals for 95 % must hold in at least 93 of 100 draws; they are conservative.
    @Test func intervalsCoverTheTruth() throws {
        var random = SplitMix64(seed: 30)
        let population = (0..<8000).map { _ in Int64(300 / random.uniform().squareRoot()) }
        let limits = [1024, 2048, 4096, 8192, 32_768].map { ByteCount($0) }
        var (held, all) = (0, 0)
        for _ in 0..<60 {
            let sample = distribution(population.shuffled(using: &random)[..<800])
            let tail = AnchoredTail(SampledUnits(rows: sample, population: 8000))
            let curve = CutCurve(
                sampled: MeasuredSide(sample, design: .rows), population: 8000, tail: tail, limits: limits)
            for point in curve.points {
                guard case .estimated(let expected, let interval) = point.rows else { continue }
                let truth = Double(population.count { $0 > point.limit.bytes })
                #expect(interval.contains(expected))
                held += interval.contains(truth) ? 1 : 0
                all += 1
            }
        }
        #expect(all == 300)
        #expect(held >= 279)
    }

    /// Above the floor of a tail that was counted the curve is exact, below it an interval that holds.
    @Test func aCountedTailIsExactAboveItsFloor() throws {
        var random = SplitMix64(seed: 31)
        let population = (0..<8000).map { _ in Int64(300 / random.uniform().squareRoot()) }
        let limits = [512, 1024, 2048, 8192, 32_768].map { ByteCount($0) }
        let tail = distribution(population.filter { $0 > 2048 })
        var held = 0
        for _ in 0..<60 {
            let sample = distribution(population.shuffled(using: &random)[..<800])
            let curve = CutCurve(
                tail: tail, above: ByteCount(2048), sampled: MeasuredSide(sample, design: .rows),
                population: 8000, limits: limits)
            for point in curve.points {
                let truth = population.count { $0 > point.limit.bytes }
                guard point.limit < ByteCount(2048) else {
                    #expect(point.rows == .exact(truth))
                    continue
                }
                guard case .estimated(let expected, let interval) = point.rows else {
                    Issue.record("\(point.limit)")
                    continue
                }
                #expect(interval.contains(expected) && expected >= Double(tail.count))
                held += interval.contains(Double(truth)) ? 1 : 0
            }
        }
        #expect(held >= 111)
    }

    @Test func nothingReadMeansNothingKnown() {
        let units = SampledUnits(unit: .rows, sampled: 0, population: 50, largest: LargestSizes())
        let curve = CutCurve(
            sampled: MeasuredSide(SizeDistribution(), design: .rows), population: 50,
            tail: AnchoredTail(units),
            limits: [ByteCount(100)])
        #expect(curve.points.first?.rows == .estimated(expected: 50, interval: 0...50))
    }
}
