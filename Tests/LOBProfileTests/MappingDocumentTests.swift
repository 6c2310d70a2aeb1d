import Foundation
import TestSupport
import Testing

@testable import DMS
@testable import LOBAdvice
@testable import LOBProfile

@Suite struct MappingDocumentTests {
    private func name(_ schema: String, _ table: String) -> RelationName {
        RelationName(schema: Identifier(schema), name: Identifier(table))
    }

    private func tables(_ names: [RelationName], using generator: inout SeededGenerator) -> [MappingTable] {
        names.map { name in
            let settings: [LOBSettings?] = [
                nil, .limited(Kibibytes(64)), .unlimited(bulkMaxSize: Kibibytes(0)),
            ]
            return MappingTable(name: name, lobSettings: settings.randomElement(using: &generator) ?? nil)
        }
    }

    @Test func everyRuleOfTenThousandHostileCatalogsMeansExactlyItsTable() throws {
        var generator = SeededGenerator(seed: 2026)
        var (spellable, unspellable) = (0, 0)
        for _ in 0..<10_000 {
            let tables = tables(HostileNames.catalog(using: &generator), using: &generator)
            let matcher = try DocumentedMatcher(MappingDocument(tables: tables).jsonBytes)
            for rule in matcher.rules {
                let meant = tables.filter {
                    DocumentedMatcher.means(rule, schema: $0.name.schema.bytes, table: $0.name.name.bytes)
                }
                #expect(meant.count == 1)
            }
            for table in tables {
                let rules = matcher.rules.filter {
                    DocumentedMatcher.means($0, schema: table.name.schema.bytes, table: table.name.name.bytes)
                }
                let expected = table.isSpellable ? (table.lobSettings == nil ? 1 : 2) : 0
                #expect(rules.count == expected)
                if table.isSpellable { spellable += 1 } else { unspellable += 1 }
            }
            #expect(Set(matcher.rules.map(\.id)).count == matcher.rules.count)
            #expect(Set(matcher.rules.map(\.name)).count == matcher.rules.count)
        }
        #expect(spellable > 10_000 && unspellable > 10_000)
    }

    @Test func whatIsWrittenReadsBackAndIsValid() throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<1000 {
            let names = HostileNames.catalog(using: &generator)
            let document = MappingDocument(tables: tables(names, using: &generator))
            #expect(try MappingDocument(parsing: document.jsonBytes) == document)
            let expected: Set<MappingViolation.Kind> =
                names.contains(where: \.isSpellableInMapping) ? [] : [.selectionMissing]
            #expect(Set(MappingValidator.violations(in: document).map(\.kind)) == expected)
        }
    }

    @Test func oneMoreTableChangesNoOtherRule() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<2000 {
            let all = tables(HostileNames.catalog(using: &generator), using: &generator)
            let fewer = all.dropLast()
            let rules = Set(MappingDocument(tables: all).rules)
            #expect(
                Set(MappingDocument(tables: Array(fewer.shuffled(using: &generator))).rules).isSubset(
                    of: rules))
        }
    }

    @Test func theSameTablesInAnyOrderGiveTheSameBytes() {
        var generator = SeededGenerator(seed: 4)
        let all = tables(HostileNames.catalog(using: &generator), using: &generator)
        let shuffled = all.shuffled(using: &generator)
        #expect(MappingDocument(tables: all).jsonBytes == MappingDocument(tables: shuffled).jsonBytes)
    }

    @Test func theFileLooksAsAWSWritesIt() {
        let document = MappingDocument(tables: [
            MappingTable(name: name("public", "orders"), lobSettings: .limited(Kibibytes(128)))
        ])
        let ids = document.rules.compactMap(\.id)
        let expected = """
            {
              "rules": [
                {
                  "rule-type": "selection",
                  "rule-id": "\(ids[0])",
                  "rule-name": "public-orders",
                  "object-locator": {
                    "schema-name": "public",
                    "table-name": "orders"
                  },
                  "rule-action": "explicit"
                },
                {
                  "rule-type": "table-settings",
                  "rule-id": "\(ids[1])",
                  "rule-name": "public-orders-lob",
                  "object-locator": {
                    "schema-name": "public",
                    "table-name": "orders"
                  },
                  "lob-settings": {
                    "mode": "limited",
                    "bulk-max-size": "128"
                  }
                }
              ]
            }

            """
        #expect(String(decoding: document.jsonBytes, as: UTF8.self) == expected)
    }

    @Test func ruleIDsNeverChangeBetweenReleases() {
        // FNV-1a test vectors of its authors, then two ids that deployed mappings may hold.
        #expect(RuleID.fnv1a([]) == 0xcbf2_9ce4_8422_2325)
        #expect(RuleID.fnv1a(Array("foobar".utf8)) == 0x8594_4171_f739_67e8)
        #expect(RuleID.wanted(kind: .selection, table: name("public", "orders")) == 334_074_079)
        #expect(RuleID.wanted(kind: .tableSettings, table: name("public", "orders")) == 689_984_869)
    }

    @Test func aTakenIDGivesTheNextFreeOneAndWrapsAround() {
        var taken: Set<Int> = [500_000_000, 500_000_001, 999_999_999]
        #expect(RuleID.free(from: 500_000_000, taken: &taken) == 500_000_002)
        #expect(RuleID.free(from: 999_999_999, taken: &taken) == 100_000_000)
        #expect(RuleID.free(from: 999_999_999, taken: &taken) == 100_000_001)
    }

    @Test func idsAreNineDigitsAndUniqueAmongAHundredThousandTables() {
        var generator = SeededGenerator(seed: 8)
        let names = (0..<100_000).map { name("public", "table_\($0)_\(generator.next())") }
        let document = MappingDocument(tables: names.map { MappingTable(name: $0, lobSettings: nil) })
        let ids = document.rules.compactMap(\.id)
        #expect(ids.allSatisfy { (100_000_000...999_999_999).contains($0) })
        #expect(Set(ids).count == 100_000)
        let wanted = Set(names.map { RuleID.wanted(kind: .selection, table: $0) })
        #expect(wanted.count < 100_000, "no collision happened: the test proves nothing")
    }

    @Test func keysAndRuleTypesOfForeignFilesAreKept() throws {
        let file = """
            {"note": 1, "rules": [
              {"rule-type": "transformation", "rule-id": 7, "rule-name": "x", "rule-target": "column", "value": "é"},
              {"rule-type": "table-settings", "rule-id": "8", "rule-name": "y",
               "object-locator": {"schema-name": "s", "table-name": "t", "extra": null},
               "parallel-load": {"type": "ranges", "columns": ["id"], "boundaries": [["1"]]},
               "lob-settings": {"bulk-max-size": 16}}
            ], "tail": 1.50}
            """
        let document = try MappingDocument(parsing: Array(file.utf8))
        #expect(try MappingDocument(parsing: document.jsonBytes) == document)
        #expect(document.otherMembers.map(\.value) == [.integer(1), .number(Array("1.50".utf8))])
        #expect(document.rules[0].ruleType == .transformation)
        #expect(document.rules[0].id == 7)
        #expect(document.rules[1].lobSettings == .limited(Kibibytes(16)))
    }

    @Test func aDocumentThatWouldBeTooLargeIsWrittenWithoutSpaces() throws {
        let tables = (0..<4500).map { number in
            MappingTable(name: name("public", "table_number_\(number)"), lobSettings: .limited(Kibibytes(64)))
        }
        let document = MappingDocument(tables: tables)
        #expect(document.json.prettyBytes.count > MappingDocument.largestDocument)
        #expect(document.jsonBytes.count < MappingDocument.largestDocument)
        #expect(try MappingDocument(parsing: document.jsonBytes) == document)
    }

    @Test(arguments: ["%", "a%", "[", "]", "[_]"]) func wildcardsCannotBeSpelled(_ text: String) {
        #expect(!Identifier(text).isSpellableInMapping)
    }

    @Test(arguments: ["_", "a_b", "A", "a.b", "\"", "é", "\u{202e}"]) func otherNamesCanBeSpelled(
        _ text: String
    ) {
        #expect(Identifier(text).isSpellableInMapping)
    }
}
