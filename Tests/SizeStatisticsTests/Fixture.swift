import Foundation
import SizeStatistics
import Testing

/// Numbers computed by an independent implementation of the same formulas (numpy and scipy).
enum Fixture {
    static func decode<Value: Decodable>(_ type: Value.Type = Value.self, _ name: String) throws -> Value {
        try JSONDecoder().decode(type, from: try Data(contentsOf: url(name)))
    }

    /// Lines of integers.
    static func integers(_ name: String) throws -> [[Int64]] {
        try String(contentsOf: url(name), encoding: .utf8).split(separator: "\n")
            .map { $0.split(separator: " ").compactMap { Int64($0) } }
    }

    private static func url(_ name: String) throws -> URL {
        try #require(Bundle.module.url(forResource: "Resources/\(name)", withExtension: nil))
    }
}

/// Whether two numbers agree to a relative deviation, or absolutely where they are small.
func agrees(_ value: Double, _ expected: Double, within tolerance: Double = 1e-3) -> Bool {
    abs(value - expected) <= tolerance * max(abs(expected), tolerance)
}

func largestSizes(_ sizes: some Sequence<Int64>) -> LargestSizes {
    var largest = LargestSizes()
    for size in sizes { largest.add(ByteCount(size)) }
    return largest
}

func distribution(_ sizes: some Sequence<Int64>, nulls: Int = 0) -> SizeDistribution {
    var distribution = SizeDistribution()
    for size in sizes { distribution.add(ByteCount(size)) }
    distribution.addNulls(nulls)
    return distribution
}

extension CutCurve.Rows {
    /// At least and at most, where counted in buckets.
    var range: ClosedRange<Int>? {
        if case .between(let range) = self { range } else { nil }
    }
}
