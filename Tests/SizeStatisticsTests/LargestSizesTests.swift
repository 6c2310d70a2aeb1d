import Foundation
import SizeStatistics
import Testing

struct LargestSizesTests {
    @Test(arguments: 0..<32)
    func keepsTheLargestDistinctSizesWithExactCounts(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let sizes = random.sizes(5000)
        var largest = LargestSizes()
        for size in sizes { largest.add(ByteCount(size)) }
        let counted = Dictionary(grouping: sizes) { $0 }.mapValues(\.count).sorted { $0.key > $1.key }
        let expected = counted.prefix(LargestSizes.capacity)
        #expect(largest.entries.map(\.size.bytes) == expected.map(\.key))
        #expect(largest.entries.map(\.count) == expected.map(\.value))
        #expect(largest.isComplete == (counted.count <= LargestSizes.capacity))
        #expect(largest.largest?.bytes == sizes.max())
        for limit in [largest.floor.bytes, largest.floor.bytes * 2, sizes[7], 0] {
            let above = sizes.count { $0 > limit }
            let known = largest.countAbove(ByteCount(limit))
            #expect(known == (limit >= largest.floor.bytes ? above : nil))
        }
    }

    @Test(arguments: 0..<24)
    func doesNotDependOnOrderOrGrouping(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let parts = (0..<3).map { _ in random.sizes(Int(random.next() % 2500)) }
        let all = lists(parts.flatMap { $0 }.sorted())
        let (a, b, c) = (lists(parts[0]), lists(parts[1].sorted(by: >)), lists(parts[2]))
        #expect(merged(merged(a, b), c) == all)
        #expect(merged(a, merged(b, c)) == all)
        #expect(merged(merged(c, b), a) == all)
        #expect(merged(all, LargestSizes()) == all)
        #expect(merged(LargestSizes(), all) == all)
    }

    @Test(arguments: 0..<24)
    func shortenedListsMergeTheSameInAnyOrder(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let parts = (0..<3).map { _ in random.sizes(Int(random.next() % 2500) + 1) }
        let short = parts.map { part in
            var list = lists(part)
            list.keep(Int(random.next() % 200) + 1)
            return list
        }
        let all = merged(merged(short[0], short[1]), short[2])
        #expect(merged(short[0], merged(short[1], short[2])) == all)
        #expect(merged(merged(short[2], short[0]), short[1]) == all)
        let floor = try #require(short.map(\.floor).max())
        #expect(all.floor >= floor)
        for limit in [all.floor.bytes, all.floor.bytes * 2, all.floor.bytes - 1] {
            let above = parts.joined().count { $0 > limit }
            #expect(
                all.countAbove(ByteCount(limit)) == (limit >= all.floor.bytes || all.isComplete ? above : nil)
            )
        }
        let data = try JSONEncoder().encode(all)
        #expect(try JSONDecoder().decode(LargestSizes.self, from: data) == all)
    }

    private func lists(_ sizes: [Int64]) -> LargestSizes {
        var largest = LargestSizes()
        for size in sizes { largest.add(ByteCount(size)) }
        return largest
    }

    private func merged(_ left: LargestSizes, _ right: LargestSizes) -> LargestSizes {
        var merged = left
        merged.merge(right)
        return merged
    }

    @Test(arguments: [0, 1, 1023, 1024, 1025, 2047, 2048, 2049, 4000])
    func isCompleteExactlyUpToItsCapacity(distinct: Int) throws {
        let largest = lists((0..<Int64(distinct)).map { $0 })
        #expect(largest.isComplete == (distinct <= 1024))
        #expect(largest.floor == ByteCount(distinct <= 1024 ? 0 : Int64(distinct) - 1024))
        let data = try JSONEncoder().encode(largest)
        #expect(try JSONDecoder().decode(LargestSizes.self, from: data) == largest)
    }

    @Test(arguments: [
        "[]", "[1,5]", "[1,5,0]", "[1,-5,1]", "[1,5,1,0,1]", "[1,5,1,6,1]", "[0]", "[0,0,1]", "[2,5,1]",
    ])
    func rejectsDamagedJSON(json: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(LargestSizes.self, from: Data(json.utf8))
        }
    }
}
