import SizeStatistics
import Testing

struct DistributionFreeBoundTests {
    struct Case: Decodable, Sendable {
        let sampled, population, above: Int
    }

    @Test func agreesWithTheReference() throws {
        for expected in try Fixture.decode(Probabilities.self, "probabilities.json").free {
            let bound = DistributionFreeBound(units(expected.sampled, expected.population))
            #expect(agrees(Double(bound.possiblyAbove), Double(expected.above), within: 1e-4))
        }
    }

    private func units(_ sampled: Int, _ population: Int) -> SampledUnits {
        SampledUnits(unit: .rows, sampled: sampled, population: population, largest: LargestSizes())
    }

    @Test(arguments: 1..<30)
    func equalsTheHypergeometricDefinition(population: Int) {
        for sampled in 0...population {
            var above = 0
            while above < population - sampled, miss(sampled, population, above + 1) > 0.05 { above += 1 }
            let bound = DistributionFreeBound(units(sampled, population))
            #expect(bound.possiblyAbove == above)
            #expect(bound.probabilityLargestIsSampled == Double(sampled) / Double(population))
        }
    }

    /// The probability that none of `above` units is among those drawn.
    private func miss(_ sampled: Int, _ population: Int, _ above: Int) -> Double {
        (0..<above).reduce(1) { $0 * Double(population - sampled - $1) / Double(population - $1) }
    }
}

/// Probabilities computed by scipy.
struct Probabilities: Decodable {
    struct Hypergeometric: Decodable {
        let hits, drawn, marked, population: Int
        let p: Double
    }
    struct Kolmogorov: Decodable {
        let distance, first, second, p: Double
    }
    struct Clopper: Decodable {
        let hits, trials, low, high: Double
    }
    let free: [DistributionFreeBoundTests.Case]
    let hypergeometric: [Hypergeometric]
    let kolmogorov: [Kolmogorov]
    let clopper: [Clopper]
}
