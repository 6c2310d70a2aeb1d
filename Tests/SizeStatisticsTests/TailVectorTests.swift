import SizeStatistics
import Testing

struct TailVector: Decodable, Sendable, CustomTestStringConvertible {
    struct Threshold: Decodable, Sendable {
        let k, u, a2, xi_mean, weight: Double
    }
    let name: String
    let values: [Int64]
    let n, N: Double
    let future: Double?
    let bound: Int64?
    let M, p_cap: Double
    let thresholds: [Threshold]
    let anchor_weight: Double
    let risk, expected, limit: [String: Double]
    let verdict: String

    var testDescription: String { name }

    var tail: TailPredictive {
        TailPredictive(
            SampledUnits(
                unit: .rows, sampled: Int(n), population: Int(N), future: Int(future ?? 0),
                largest: largestSizes(values), bound: bound.map { ByteCount($0) }))
    }
}

struct TailVectorTests {
    @Test(arguments: try Fixture.decode([TailVector].self, "tail-vectors.json"))
    func agreesWithTheReference(vector: TailVector) throws {
        let tail = vector.tail
        for (factor, expected) in vector.risk {
            #expect(agrees(tail.risk(above: try #require(Double(factor)) * vector.M), expected))
        }
        for (factor, expected) in vector.expected {
            #expect(agrees(tail.expected(above: try #require(Double(factor)) * vector.M), expected))
        }
        for (alpha, expected) in vector.limit {
            #expect(agrees(tail.limitBytes(alpha: try #require(Double(alpha))), expected))
        }
        #expect(agrees(tail.capProbability, vector.p_cap))
        #expect(agrees(tail.anchorWeight, vector.anchor_weight))
        #expect(tail.verdict(alpha: 0.05).word == vector.verdict)
        try #require(tail.thresholds.count == vector.thresholds.count)
        for (threshold, expected) in zip(tail.thresholds, vector.thresholds) {
            #expect(Double(threshold.exceedances) == expected.k)
            #expect(agrees(threshold.size, expected.u))
            #expect(agrees(threshold.misfit, expected.a2))
            #expect(agrees(threshold.meanShape, expected.xi_mean))
            #expect(agrees(threshold.weight, expected.weight))
        }
    }

    @Test func thereAreElevenVectors() throws {
        #expect(try Fixture.decode([TailVector].self, "tail-vectors.json").count == 11)
    }
}
