import SizeStatistics
import TestSupport
import Testing

@testable import LOBAdvice
@testable import LOBProfile

/// What is left of a document without its heaviest keys.
struct LargeDocumentTests {
    private static func document(_ size: Int64, keys: Int, _ sizes: [(Int64, Int)]) -> LargeDocument {
        LargeDocument(
            value: LocatedSize(size: ByteCount(size), block: 0, offset: 1),
            content: .object(
                keys: keys,
                heaviest: sizes.map {
                    HeavyKey(name: Identifier("k"), isCut: false, occurrences: $0.1, size: ByteCount($0.0))
                }))
    }

    /// `{"a": 1, "b": 2}` and `{"a":1,"b":2}` have members of 4 bytes beside what separates them.
    @Test func separatorsBelongToTheKeysThatGo() {
        let binary = Self.document(16, keys: 2, [(4, 1), (4, 1)])
        #expect(
            (0...2).map { binary.size(withoutHeaviest: $0, of: .jsonb) }
                == [16, 8, 2].map { Figure.exact($0) })
        let text = Self.document(13, keys: 2, [(4, 1), (4, 1)])
        #expect(
            (0...2).map { text.size(withoutHeaviest: $0, of: .json) } == [13, 7, 2].map { Figure.atMost($0) })
        // `{"a":1,"a":1,"b":2}`
        let twice = Self.document(19, keys: 2, [(8, 2), (4, 1)])
        #expect(
            (0...2).map { twice.size(withoutHeaviest: $0, of: .json) }
                == [19, 7, 2].map { Figure.atMost($0) })
    }

    @Test func whatWasNotToldIsNotKnown() {
        let document = Self.document(16, keys: 30, [(4, 1)])
        #expect(document.size(withoutHeaviest: 2, of: .jsonb) == .notKnown)
        #expect(document.size(withoutHeaviest: -1, of: .jsonb) == .notKnown)
        let array = LargeDocument(value: document.value, content: .array(elements: 3))
        #expect(array.size(withoutHeaviest: 1, of: .jsonb) == .notKnown && array.heaviest == [])
    }

    @Test func aMergedProfileHasNone() throws {
        var table = ProfileFixture.table("a", .jsonb, sizes: [5000])
        var measurement = try #require(table.columns[0].measurement)
        measurement.largeDocuments = [Self.document(5000, keys: 1, [(4990, 1)])]
        table.columns[0] = ColumnProfile(column: table.columns[0].column, measurement: measurement)
        let profile = ProfileFixture.profile([table])
        let merged = try ProfileMerge().merge(
            .init(profile, digest: "a"), [.init(ProfileFixture.profile([table], database: "e"), digest: "b")])
        #expect(merged.tables.first?.columns.first?.measurement != nil)
        #expect(merged.tables.first?.columns.first?.measurement?.largeDocuments == nil)
    }
}
