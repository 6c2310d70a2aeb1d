import SizeStatistics
import Testing

/// A sample of one of 20 synthetic laws, as its largest distinct sizes (each as the difference to the one before)
/// and counts, with the reference's results.
struct SyntheticSample: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let sampled, population: Int
    let sizes: [Int64]
    let counts: [Int]
    let limits, risks, expected: [Double]
    let verdict: String
    let meanShape: Double

    var testDescription: String { name }

    var units: SampledUnits {
        var largest = LargestSizes()
        var size: Int64 = 0
        for (index, count) in counts.enumerated() {
            size = index == 0 ? sizes[0] : size - sizes[index]
            largest.add(ByteCount(size), count: count)
        }
        return SampledUnits(unit: .rows, sampled: sampled, population: population, largest: largest)
    }
}

struct SyntheticSampleTests {
    @Test(arguments: try Fixture.decode([SyntheticSample].self, "synthetic-samples.json"))
    func agreesWithTheReference(sample: SyntheticSample) throws {
        let tail = TailPredictive(sample.units)
        let largest = try #require(sample.units.largest.largest?.bytes)
        for (alpha, expected) in zip([0.2, 0.05, 0.01], sample.limits) {
            #expect(agrees(tail.limitBytes(alpha: alpha), expected))
            let limit = Double(tail.limit(alpha: alpha).bytes)
            #expect(limit >= expected * 0.999 && limit <= expected * 1.001 + 1)
        }
        for (index, factor) in [Int64(1), 2, 8].enumerated() {
            let size = ByteCount(largest * factor)
            #expect(agrees(tail.risk(above: size), sample.risks[index]))
            #expect(agrees(try #require(tail.expectedAbove(size)), sample.expected[index]))
        }
        #expect(agrees(tail.meanShape, sample.meanShape))
        #expect(tail.verdict(alpha: 0.05).word == sample.verdict)
        expectCoherent(sample.units, sample.name)
    }

    @Test func thereAreSixty() throws {
        #expect(try Fixture.decode([SyntheticSample].self, "synthetic-samples.json").count == 60)
    }
}

/// What must hold for every input: risks in range and falling, expectations finite and falling, limits rising as the
/// risk asked for falls, never below the largest size seen.
func expectCoherent(_ units: SampledUnits, _ name: String) {
    let tail = TailPredictive(units)
    let largest = units.largest.largest ?? ByteCount(0)
    let unit = Double(max(largest.bytes, 1))
    let sizes = (0..<60).map { unit * Double(1 << ($0 / 4)) * [1, 1.189, 1.414, 1.682][$0 % 4] }
    let risks = sizes.map { tail.risk(above: $0) }
    let expected = sizes.map { tail.expected(above: $0) }
    #expect(risks.allSatisfy { $0 >= 0 && $0 <= 1 }, "\(name): risk out of range")
    #expect(zip(risks, risks.dropFirst()).allSatisfy { $0 >= $1 - 1e-9 }, "\(name): risk rises")
    #expect(expected.allSatisfy { $0 >= 0 && $0.isFinite }, "\(name): expected number")
    #expect(
        zip(expected, expected.dropFirst()).allSatisfy { $0 >= $1 * (1 - 1e-9) },
        "\(name): expected number rises")
    let limits = [0.2, 0.05, 0.01, 0.001].map { tail.limit(alpha: $0) }
    #expect(limits == limits.sorted(), "\(name): limits do not rise")
    #expect(limits[0] >= min(largest, units.bound ?? largest), "\(name): limit below the largest seen")
    for limit in limits {
        #expect(tail.isCertain(at: limit) == (tail.reportedRisk(above: limit) == 0), "\(name): reported risk")
        #expect(
            tail.isCertain(at: limit) || tail.reportedRisk(above: limit) >= 0.02, "\(name): reported risk")
    }
    if case .exact = tail.verdict(alpha: 0.05) {
        #expect(tail.reportedRisk(above: tail.limit(alpha: 0.05)) == 0, "\(name): exact with a risk")
    }
}
