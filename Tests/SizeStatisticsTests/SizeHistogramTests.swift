import Foundation
import SizeStatistics
import Testing

struct SizeHistogramTests {
    @Test(arguments: 0..<64)
    func agreesWithTheSortedArray(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let sizes = random.sizes(250).sorted()
        var histogram = SizeHistogram()
        for size in sizes.shuffled(using: &random) { histogram.add(ByteCount(size)) }
        #expect(histogram.count == sizes.count)
        for bucket in histogram.buckets {
            let inside = sizes.count { $0 > bucket.lower.bytes && $0 <= bucket.upper.bytes }
            #expect(bucket.count == inside)
            #expect(histogram.countAbove(bucket.upper) == exactly(sizes.count { $0 > bucket.upper.bytes }))
        }
        for size in sizes {
            for limit in [size - 1, size, size + 1] {
                let above = sizes.count { $0 > limit }
                #expect(histogram.countAbove(ByteCount(limit)).contains(above))
            }
        }
        for q in [0, 0.001, 0.25, 0.5, 0.9, 0.99, 0.999, 1] {
            let nearest = sizes[max(1, Int((q * Double(sizes.count) - 1e-9).rounded(.up))) - 1]
            let quantile = try #require(histogram.quantile(q)).bytes
            #expect(quantile >= nearest)
            #expect(quantile == nearest || Double(quantile - nearest) <= Double(nearest) / 32)
        }
    }

    private func exactly(_ count: Int) -> ClosedRange<Int> { count...count }

    @Test func everyDMSLimitUpTo64KiBIsAnUpperEdge() {
        for kibibyte in 1...64 {
            expectEdge(Int64(kibibyte) * 1024)
        }
        for exponent in 0...62 {
            expectEdge(1 << exponent)
            if exponent >= 16 {
                for part in 33...64 { expectEdge(Int64(part) << (exponent - 6)) }
            }
        }
    }

    private func expectEdge(_ limit: Int64) {
        var histogram = SizeHistogram()
        histogram.add(ByteCount(limit), count: 3)
        histogram.add(ByteCount(limit + 1), count: 5)
        #expect(histogram.countAbove(ByteCount(limit)) == 5...5)
        #expect(histogram.buckets.first?.upper == ByteCount(limit))
    }

    @Test func sizesUpTo64AreExactAndZeroHasItsOwnBucket() {
        var histogram = SizeHistogram()
        for size in 0...64 { histogram.add(ByteCount(Int64(size)), count: size + 1) }
        #expect(histogram.buckets.map(\.count) == Array(1...65))
        #expect(histogram.buckets.first?.lower == ByteCount(-1))
        #expect(histogram.buckets.map(\.upper.bytes) == Array(0...64))
    }

    @Test func bucketsTouchWithoutGapUpToTheLargestSize() throws {
        var histogram = SizeHistogram()
        for exponent in 0..<62 {
            for part in 0..<64 {
                histogram.add(ByteCount((1 << exponent) + Int64(part) << max(0, exponent - 6)))
            }
        }
        histogram.add(ByteCount(.max))
        #expect(histogram.buckets.last?.upper == ByteCount(.max))
        #expect(histogram.countAbove(ByteCount(.max)) == 0...0)
        for (left, right) in zip(histogram.buckets, histogram.buckets.dropFirst()) {
            #expect(left.upper <= right.lower)
        }
    }

    @Test func emptyHistogramKnowsNothing() {
        let histogram = SizeHistogram()
        #expect(histogram.quantile(0.5) == nil)
        #expect(histogram.countAbove(ByteCount(5)) == 0...0)
        #expect(histogram.buckets.isEmpty)
    }

    @Test func nearestRankIsNotFooledByBinaryFractions() {
        var histogram = SizeHistogram()
        for size in 1...64 { histogram.add(ByteCount(Int64(size))) }
        for size in 1...36 { histogram.add(ByteCount(Int64(size) + 1000)) }
        #expect(histogram.quantile(0.07) == ByteCount(7))
        #expect(histogram.quantile(0.29) == ByteCount(29))
        #expect(histogram.quantile(.nan) == nil)
    }

    @Test(arguments: 0..<16)
    func survivesJSON(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        var histogram = SizeHistogram()
        for size in random.sizes(200) { histogram.add(ByteCount(size)) }
        let data = try JSONEncoder().encode(histogram)
        #expect(try JSONDecoder().decode(SizeHistogram.self, from: data) == histogram)
    }

    @Test(arguments: ["[0,1]", "[1]", "[1,0]", "[1,-4]", "[99999,1]", "[1,1,0,1]", "[9223372036854775807,1]"])
    func rejectsDamagedJSON(json: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(SizeHistogram.self, from: Data(json.utf8))
        }
    }
}
