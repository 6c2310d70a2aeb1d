import Foundation
import SizeStatistics
import TestSupport
import Testing

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

/// What is known of large objects of which some could not be read, and what two databases have together.
@Suite struct LargeObjectSummaryTests {
    private static let table = RelationName(schema: Identifier("s"), name: Identifier("t"))

    private func summary(
        readable: [Int64], unreadable: Int, owners: [LargeObjectSummary.Owner]? = nil,
        references: LargeObjectReferences? = nil, reading: TableReading? = .oneMoment
    ) -> LargeObjectSummary {
        var sizes = SizeDistribution()
        for size in readable { sizes.add(ByteCount(size)) }
        return LargeObjectSummary(
            count: readable.count + unreadable, sizes: sizes, largestOID: readable.isEmpty ? nil : 1,
            unreadable: unreadable, owners: owners, references: references, reading: reading)
    }

    private func owner(_ objects: Int, _ bytes: Int64, unreadable: Int = 0) -> LargeObjectSummary.Owner {
        .init(role: Identifier("r"), objects: objects, bytes: bytes, unreadable: unreadable)
    }

    /// A search is of no moment: who moved meanwhile may refer to what nothing was seen to refer to.
    @Test func whatASearchFoundIsNotExact() throws {
        let whole = summary(readable: [10, 20], unreadable: 0)
        let orphans = LargeObjectAmount(objects: 1, bytes: 10)
        #expect(whole.count(of: orphans) == .atMost(1) && whole.size(of: orphans) == .atMost(10))
        let column = references(dangling: 0, only: nil).columns[0]
        #expect(whole.count(of: column) == .estimated(1) && whole.size(of: column) == .estimated(5))
        #expect(whole.count(of: owner(2, 30)) == .exact(2) && whole.size(of: owner(2, 30)) == .exact(30))
        let half = summary(readable: [10], unreadable: 1)
        #expect(half.size(of: LargeObjectAmount(objects: 2, bytes: 10, unreadable: 1)) == .notKnown)
    }

    @Test func sumsAreAtLeastWhatCouldBeRead() {
        #expect(summary(readable: [10, 20], unreadable: 0).totalSize == .exact(30))
        let half = summary(readable: [10, 20], unreadable: 2)
        #expect(half.totalSize == .atLeast(30))
        #expect(half.largestSize == .atLeast(20))
        #expect(half.size(of: owner(2, 30)) == .exact(30))
        #expect(half.size(of: owner(3, 20, unreadable: 1)) == .atLeast(20))
        let hidden = half.size(of: owner(1, 0, unreadable: 1))
        #expect(hidden == .notKnown && hidden.value == nil)
        let none = summary(readable: [], unreadable: 54)
        #expect(none.totalSize == .notKnown && none.largestSize == .notKnown)
        #expect(summary(readable: [], unreadable: 0).largestSize == nil)
    }

    /// Objects that came, grew or went between two moments: nothing is proven but that sizes were seen.
    @Test func withoutOneMomentNothingIsExact() {
        let several = TableReading(
            certainty: .severalMoments, moment: TableReading.oneMoment.moment, heldSeconds: 1, snapshots: 2)
        for reading in [several, nil] {
            let changed = summary(readable: [10, 20], unreadable: 0, reading: reading)
            #expect(changed.countFigure == .estimated(2) && changed.totalSize == .estimated(30))
            #expect(changed.largestSize == .atLeast(20))
            #expect(
                changed.size(of: owner(1, 10)) == .estimated(10)
                    && changed.count(of: owner(1, 10)) == .estimated(1))
            let half = summary(readable: [10], unreadable: 1, reading: reading)
            #expect(half.totalSize == .atLeast(10) && half.countFigure == .estimated(2))
            let none = summary(readable: [], unreadable: 0, reading: reading)
            #expect(none.countFigure == .exact(0) && none.totalSize == .exact(0))
            #expect(changed.adding(summary(readable: [5], unreadable: 0)).totalSize == .estimated(35))
            // Who has none says nothing of when others were read.
            #expect(none.adding(summary(readable: [5], unreadable: 0)).totalSize == .exact(5))
        }
        #expect(summary(readable: [10], unreadable: 0).countFigure == .exact(1))
    }

    /// Snapshots of earlier versions have no counts of what was unreadable in a part: it is known only where nothing was.
    @Test func olderSnapshotsAreReadAndClaimNoMoreThanTheyKnow() throws {
        let sizes = try JSONEncoder().encode(SizeDistribution(counts: [5: 1]))
        func decoded(_ unreadable: Int) throws -> LargeObjectSummary {
            let text = """
                {"count": 2, "sizes": \(String(decoding: sizes, as: UTF8.self)), "largestOID": 7, "unreadable": \(unreadable),
                 "owners": [{"role": \(Self.json(Identifier("r"))), "objects": 2, "bytes": 5}],
                 "references": {"columns": [{"relation": \(Self.json(Self.table)), "name": \(Self.json(Identifier("c"))),
                                             "objects": 1, "bytes": 5}],
                                "unchecked": [], "orphans": {"objects": 1, "bytes": 0}}}
                """
            return try JSONDecoder().decode(LargeObjectSummary.self, from: Data(text.utf8))
        }
        let whole = try decoded(0)
        let owner = try #require(whole.owners?.first)
        #expect(whole.size(of: owner) == .estimated(5) && owner.granted == nil)
        let references = try #require(whole.references)
        #expect(references.numbers == nil && !references.isVacuumloSafe)
        #expect(references.columns[0].dangling == nil)
        let half = try decoded(1)
        #expect(half.size(of: try #require(half.owners?.first)) == .atLeast(5))
        let orphans = try #require(half.references?.orphans)
        #expect(half.size(of: orphans) == .notKnown)
    }

    private static func json(_ value: some Encodable) -> String {
        (try? JSONEncoder().encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    @Test func whatIsStoredIsReadBack() throws {
        let full = summary(
            readable: [3], unreadable: 1,
            owners: [.init(role: Identifier("r"), objects: 2, bytes: 3, unreadable: 1, granted: 1)],
            references: references(dangling: 4, only: .init(objects: 1, bytes: 3)))
        let data = try JSONEncoder().encode(full)
        #expect(try JSONDecoder().decode(LargeObjectSummary.self, from: data) == full)
    }

    private func references(
        dangling: Int, only: LargeObjectAmount?, typeName: String = "oid", orphans: Int? = 1
    ) -> LargeObjectReferences {
        let one = LargeObjectAmount(objects: 1, bytes: 5)
        return LargeObjectReferences(
            columns: [
                .init(
                    relation: Self.table, name: Identifier("c"), amount: one,
                    typeName: Identifier(typeName), isLO: false, values: dangling + 1, dangling: dangling)
            ], unchecked: [], orphans: orphans.map { LargeObjectAmount(objects: $0, bytes: 0) },
            numbers: only.map { only in
                LargeObjectNumbers(
                    columns: [
                        .init(
                            relation: Self.table, name: Identifier("n"), typeName: Identifier("text"),
                            amount: one, numbers: 10, matching: 4)
                    ], searched: 3, unchecked: [], only: only)
            })
    }

    @Test func whatTwoDatabasesHaveIsAddedWithItsCertainty() throws {
        func one(_ unreadable: Int, _ references: LargeObjectReferences) -> LargeObjectSummary {
            summary(
                readable: [10], unreadable: unreadable,
                owners: [
                    .init(
                        role: Identifier("r"), objects: 1 + unreadable, bytes: 10, unreadable: unreadable,
                        granted: 1)
                ], references: references)
        }
        let left = one(0, references(dangling: 2, only: .init(objects: 1, bytes: 5)))
        let right = one(3, references(dangling: 5, only: .init(objects: 2, bytes: 0, unreadable: 2)))
        let sum = left.adding(right)
        #expect(sum.totalSize == .atLeast(20) && sum.unreadable == 3 && sum.batches == nil)
        let owner = try #require(sum.owners?.first)
        #expect(owner.objects == 5 && owner.unreadable == 3 && owner.granted == 2)
        #expect(sum.size(of: owner) == .atLeast(20))
        let found = try #require(sum.references)
        #expect(found.columns[0].dangling == 7 && found.columns[0].values == 9)
        #expect(found.columns[0].objects == 2)
        let numbers = try #require(found.numbers)
        #expect(numbers.only == LargeObjectAmount(objects: 3, bytes: 5, unreadable: 2))
        #expect(numbers.columns[0].numbers == 20 && numbers.columns[0].matching == 8)
        #expect(numbers.searched == 6)
        #expect(sum.adding(summary(readable: [], unreadable: 0)).references == found)
        // One in which each object is referred to by a column of type oid has nothing to add.
        let certain = one(0, references(dangling: 0, only: nil, orphans: 0))
        #expect(left.adding(certain).references?.numbers == left.references?.numbers)
        let unsearched = one(0, references(dangling: 0, only: nil, orphans: 1))
        #expect(left.adding(unsearched).references?.numbers == nil)
    }

    @Test func vacuumloIsSafeOnlyWhereItAsksAllThatRefers() {
        let nothing = LargeObjectAmount()
        #expect(references(dangling: 0, only: nothing).isVacuumloSafe)
        #expect(references(dangling: 0, only: nothing, typeName: "lo").isVacuumloSafe)
        #expect(!references(dangling: 0, only: nothing, typeName: "picture").isVacuumloSafe)
        #expect(!references(dangling: 0, only: .init(objects: 1, bytes: 5)).isVacuumloSafe)
        #expect(!references(dangling: 0, only: nil).isVacuumloSafe)
        #expect(!references(dangling: 0, only: nothing, orphans: nil).isVacuumloSafe)
    }
}
