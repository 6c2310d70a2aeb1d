import SizeStatistics
import TestSupport
import Testing

@testable import LOBAdvice

@Suite struct DatabasePreflightTests {
    private let id = Fixtures.key("t_pkey", [1])

    private func findings(_ relations: [Relation], largeObjects: LargeObjectSummary? = nil) -> [Finding] {
        let each = Preflight.findings(
            for: relations.map { Preflight.Subject(relation: $0, mode: .limited) }, policy: Policy())
        let database = DatabasePreflight(
            relations: relations, largeObjects: largeObjects, publications: nil)
        return Preflight.sorted(Array(Set(each + database.findings)))
    }

    private func largeObjects(_ count: Int) -> LargeObjectSummary {
        LargeObjectSummary(
            count: count, sizes: SizeDistribution(), largestOID: nil, unreadable: 0, reading: .oneMoment)
    }

    @Test func namesThatRulesCannotSpellAreErrors() {
        let names = ["a%", "b[1]", "plain_name"].map { Fixtures.relation("s", $0, keys: [id]) }
        #expect(findings(names).map(\.id) == ["name-not-spellable", "name-not-spellable"])
        #expect(findings(names).map(\.subject) == ["s.a%", "s.b[1]"])
    }

    @Test func namesThatDifferByCaseAreFoundOnce() {
        let twins = ["Orders", "orders", "ORDERS", "other"].map { Fixtures.relation("s", $0, keys: [id]) }
        #expect(findings(twins).map(\.id) == ["names-differ-by-case"])
        let apart = [Fixtures.relation("a", "t", keys: [id]), Fixtures.relation("b", "T", keys: [id])]
        #expect(findings(apart) == [])
    }

    @Test func largeObjectsAreAnErrorWhereAColumnRefersToThem() throws {
        let reference = Fixtures.column(2, "doc", .largeObjectReference, type: "lo")
        let relation = Fixtures.relation("s", "t", keys: [id], columns: [reference])
        let found = findings([relation], largeObjects: largeObjects(3))
        #expect(found.map(\.id) == ["large-objects", "large-object-reference"])
        #expect(found.map(\.severity) == [.error, .warning])
        #expect(try #require(found.first).message.contains("s.t.doc"))
        let unreferenced = findings([Fixtures.relation("s", "t", keys: [id])], largeObjects: largeObjects(3))
        #expect(unreferenced.map(\.severity) == [.warning])
        #expect(findings([], largeObjects: largeObjects(0)) == [])
    }

    @Test func whatIsTrueOfEveryPartitionIsSaidOnce() {
        let root = RelationName(schema: Identifier("s"), name: Identifier("t"))
        let column = Fixtures.column(2, "body", .text, isNotNull: true)
        let leaves = ["t_1", "t_2", "t_3"].map {
            Fixtures.relation("s", $0, kind: .leaf, root: root, keys: [id], columns: [column])
        }
        #expect(findings(leaves).map(\.subject) == ["s.t.body", "s.t"])
    }

    @Test func errorsComeFirstAndTheOrderOfTablesDoesNotMatter() {
        var generator = SeededGenerator(seed: 5)
        let relations = ["a%", "b", "C", "c"].map {
            Fixtures.relation(
                "s", $0, columns: [Fixtures.column(2, "v", .varchar), Fixtures.column(3, "x", .tsvector)])
        }
        let found = findings(relations)
        #expect(found.map(\.severity) == found.map(\.severity).sorted(by: >))
        #expect(findings(relations.shuffled(using: &generator)) == found)
    }

    private func table(
        _ name: String, limit: Int, isTruncationOK: Bool, mode: LOBMode = .limited,
        coverage: Coverage = .exact
    )
        -> TableRecommendation
    {
        let column = ColumnProfile(column: Fixtures.column(2, "body", .text), measurement: nil)
        let name = RelationName(schema: Identifier("s"), name: Identifier(name))
        let estimate = Fixtures.estimate(coverage)
        return TableRecommendation(
            name: name, leaves: [name], unmigratedKind: nil,
            columns: [
                ColumnRecommendation(
                    relation: name, profile: column, rows: .exact(1), estimate: estimate,
                    limit: nil,
                    risk: nil)
            ],
            limit: nil, setting: nil, mode: mode, bulkMaxSize: Kibibytes(limit),
            isTruncationOK: isTruncationOK, risk: nil,
            reason: "")
    }

    @Test func theEndpointSwitchIsAWarningWhereItAlsoStopsAcceptedTruncation() {
        let mixed = [
            table("a", limit: 32, isTruncationOK: true), table("b", limit: 32, isTruncationOK: false),
        ]
        let ids = { (tables: [TableRecommendation]) in
            let task = DeployedTask(
                mapping: MappingDocument(tables: []), settings: nil,
                endpoint: EndpointSettings(tables: tables).proposed)
            return EndpointReview(task: task, tables: tables).findings.map(\.id)
        }
        #expect(ids(mixed) == ["truncation-stops-task"])
        #expect(EndpointSettings(tables: mixed).failsTasksOnLOBTruncation)
        #expect(ids([mixed[0]]) == [])
        #expect(!EndpointSettings(tables: [mixed[0]]).failsTasksOnLOBTruncation)
        #expect(ids([mixed[1]]) == [])
    }

    @Test func aRefusedEstimateIsAWarning() {
        let refused = table("a", limit: 64, isTruncationOK: false, mode: .unlimited, coverage: .refused)
        #expect(Preflight.refused([refused]).map(\.id) == ["estimate-refused"])
        let skipped = table("a", limit: 64, isTruncationOK: false, mode: .unlimited, coverage: .skipped)
        #expect(Preflight.refused([skipped]) == [])
    }

    @Test func everyFindingIsRegisteredOnceInOneLine() {
        let ids = FindingRegistry.entries.map(\.id)
        #expect(Set(ids).count == ids.count && ids == ids.sorted())
        for entry in FindingRegistry.entries {
            #expect(
                entry.id.utf8.allSatisfy { $0 == UInt8(ascii: "-") || (0x61...0x7A).contains($0) },
                "\(entry.id)")
            #expect(!entry.meaning.isEmpty && !entry.meaning.utf8.contains(0x0A))
        }
    }
}
