import SizeStatistics
import Testing

/// 600 inputs that are degenerate, tied, huge or extrapolated far.
struct EdgeCaseTests {
    struct Shape: Sendable, CustomTestStringConvertible {
        let name: String
        let sampledFactor: Int
        let futureFactor: Int
        let sizes: @Sendable (Int, inout SplitMix64) -> [Int64]

        init(
            _ name: String, sampledFactor: Int = 1, futureFactor: Int = 0,
            sizes: @escaping @Sendable (Int, inout SplitMix64) -> [Int64]
        ) {
            self.name = name
            self.sampledFactor = sampledFactor
            self.futureFactor = futureFactor
            self.sizes = sizes
        }

        var testDescription: String { name }
    }

    private static func repeated(
        _ draw: @escaping @Sendable (inout SplitMix64) -> Int64
    ) -> @Sendable (Int, inout SplitMix64) -> [Int64] {
        { count, random in (0..<count).map { _ in draw(&random) } }
    }

    static let shapes = [
        Shape("constant", sizes: repeated { _ in 1536 }),
        Shape("zeros", sizes: repeated { _ in 0 }),
        Shape("0 or 1", sizes: repeated { Int64($0.next() % 2) }),
        Shape("two values", sizes: repeated { $0.uniform() < 0.3 ? 100 : 65_536 }),
        Shape("1 to n") { count, _ in (1...count).map { Int64($0) } },
        Shape(
            "huge", sizes: repeated { (1 << 30) - 1 - Int64($0.next() % 3) }),
        Shape("monster") { count, _ in (0..<count).map { $0 == 0 ? 1_000_000_000 : 10 } },
        Shape("very heavy", sizes: repeated { Int64(3000 / ($0.uniform() * $0.uniform())) }),
        Shape("ties at the top", sizes: repeated { Int64(1 + $0.next() % 49) }),
        Shape("future rows", futureFactor: 10, sizes: repeated { Int64(1 + $0.next() % 1_000_000) }),
        Shape("geometric") { count, _ in (0..<min(count, 30)).map { 1 << Int64($0) } },
        Shape(
            "more sampled than listed", sampledFactor: 100, sizes: repeated { Int64(1000 + $0.next() % 1000) }
        ),
    ]

    @Test(arguments: shapes)
    func staysCoherent(shape: Shape) {
        var random = SplitMix64(seed: 7)
        for count in [1, 2, 3, 5, 10, 49, 50, 51, 200, 1000] {
            for population in [count, count + 1, 2 * count, 1000 * count, 10_000_000_000] {
                let sizes = shape.sizes(count, &random)
                let units = SampledUnits(
                    unit: .rows, sampled: count * shape.sampledFactor,
                    population: max(population, count * shape.sampledFactor),
                    future: shape.futureFactor * population,
                    largest: largestSizes(sizes))
                expectCoherent(units, "\(shape.name), \(count) of \(population)")
            }
        }
    }

    @Test func nothingSampledIsRefused() {
        let units = SampledUnits(unit: .rows, sampled: 0, population: 1000, largest: LargestSizes())
        let tail = AnchoredTail(units)
        #expect(tail.risk(above: ByteCount(1_000_000)) == 1)
        #expect(tail.expectedAbove(ByteCount(5)) == 1000)
        #expect(tail.isTooSmall)
        #expect(DistributionFreeBound(units).possiblyAbove == 1000)
    }

    @Test func nothingAtAllIsExact() {
        let tail = AnchoredTail(
            SampledUnits(unit: .rows, sampled: 0, population: 0, largest: LargestSizes()))
        #expect(!tail.isTooSmall)
        #expect(tail.limit(alpha: 0.05) == ByteCount(0))
        #expect(tail.reportedRisk(above: ByteCount(0)) == 0)
    }

    @Test func sizesOfAnyMagnitudeDoNotTrap() {
        let units = SampledUnits(
            unit: .blocks, sampled: .max, population: .max, future: .max, largest: largestSizes([.max, 1, 0]))
        let tail = AnchoredTail(units)
        #expect(tail.limit(alpha: 0.05).bytes == .max)
        #expect(tail.risk(above: ByteCount(.max)) <= 1)
    }
}

/// What must hold for every input: risks in range and falling, expectations finite and falling, limits rising as the
/// risk asked for falls, never below the largest size seen, and of the risk asked for.
func expectCoherent(_ units: SampledUnits, _ name: String) {
    let tail = AnchoredTail(units)
    let largest = units.largest.largest ?? ByteCount(0)
    let sizes = (0..<60).map { step in
        let factor = Double(1 << (step / 4)) * [1, 1.189, 1.414, 1.682][step % 4]
        return ByteCount(Int64(min(Double(max(largest.bytes, 1)) * factor, 1e18)))
    }
    let risks = sizes.map { tail.risk(above: $0) }
    let expected = sizes.compactMap { tail.expectedAbove($0) }
    #expect(risks.allSatisfy { $0 >= 0 && $0 <= 1 }, "\(name): risk out of range")
    #expect(risks == risks.sorted(by: >), "\(name): risk rises")
    #expect(expected.count == sizes.count, "\(name): expected number")
    #expect(expected.allSatisfy { $0 >= 0 && $0.isFinite }, "\(name): expected number")
    #expect(expected == expected.sorted(by: >), "\(name): expected number rises")
    let alphas = [0.2, 0.05, 0.01, 0.001]
    let limits = alphas.map { tail.limit(alpha: $0) }
    #expect(limits == limits.sorted(), "\(name): limits do not rise")
    for (alpha, limit) in zip(alphas, limits) {
        #expect(limit >= largest, "\(name): limit below the largest seen")
        #expect(tail.risk(above: limit) <= alpha, "\(name): risk above the limit")
        #expect(
            tail.isCertain(at: limit)
                ? tail.reportedRisk(above: limit) == 0 : tail.reportedRisk(above: limit) >= 0.02,
            "\(name): reported risk")
    }
}
