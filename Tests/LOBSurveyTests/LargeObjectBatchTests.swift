import LOBAdvice
import TestSupport
import Testing

@testable import LOBSurvey

/// Large objects are divided into batches of about the same cost, whoever owns them and however many there are.
@Suite struct LargeObjectBatchTests {
    private func batches(
        _ count: Int, owners: Int, size: (Int) -> Int64?
    ) -> [LargeObjectSummary.Batch] {
        var batches = LargeObjectBatches()
        for number in 1...count {
            batches.add(
                oid: UInt32(10 * number), owner: UInt32(100 + number % owners), size: size(number))
        }
        return batches.batches(roles: [101: Identifier("one")])
    }

    @Test(arguments: [(300_000, 1), (300_000, 3), (50_000, 700), (5, 5)])
    func everyObjectIsInOneBatchOfItsOwner(count: Int, owners: Int) {
        func size(_ number: Int) -> Int64 { Int64(number % 1000) * 1000 }
        let found = batches(count, owners: owners, size: size)
        let objects = found.map(\.objects).reduce(0, +)
        #expect(objects == count)
        let bytes = found.map(\.bytes).reduce(0, +)
        let wanted = (1...count).map(size).reduce(0, +)
        #expect(bytes == wanted)
        #expect(found.count <= 2 * 64 + owners)
        #expect(Set(found.map(\.ownerOID)).count == owners)
        for (left, right) in zip(found, found.dropFirst()) {
            let isBehind = left.ownerOID < right.ownerOID || left.last < right.first
            #expect(left.ownerOID <= right.ownerOID && isBehind)
        }
        if owners == 1 {
            let costs: [Int64] = found.map { $0.bytes + Int64($0.objects) * 4096 }
            let fair: Int64 = max(64 << 20, costs.reduce(0, +) / 64)
            #expect(costs.allSatisfy { $0 <= fair })
        }
        #expect(found.filter { $0.ownerOID == 101 }.allSatisfy { $0.role == Identifier("one") })
    }

    @Test func oneLargeObjectDoesNotMakeTheOthersOneBatch() {
        let huge: Int64 = 1 << 40
        let found = batches(2000, owners: 1) { $0 == 1000 ? huge : 1 << 20 }
        #expect(found.contains { $0.objects == 1 && $0.bytes == huge })
        #expect(batches(3, owners: 1) { _ in Int64.max / 2 }.count == 3)
    }

    @Test func unreadableObjectsAreCounted() throws {
        let found = batches(10, owners: 1) { $0 <= 4 ? 7 : nil }
        let only = try #require(found.first)
        #expect(found.count == 1 && only.unreadable == 6 && only.bytes == 28)
        #expect(only.first == 10 && only.last == 100)
    }
}
