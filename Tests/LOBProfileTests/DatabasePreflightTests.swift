import LOBReports
import SizeStatistics
import TestSupport
import Testing

@testable import LOBAdvice
@testable import LOBProfile

@Suite struct DatabasePreflightTests {
    private let id = Fixtures.key("t_pkey", [1])

    private func findings(_ relations: [Relation], largeObjects: LargeObjectSummary? = nil) -> [Finding] {
        let each = Preflight.findings(
            for: relations.map { Preflight.Subject(relation: $0, mode: .limited) }, policy: Policy())
        let database = DatabasePreflight(
            relations: relations, largeObjects: largeObjects, publications: nil)
        return Preflight.sorted(Preflight.unique(each + database.findings))
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
            reason: .noLOB)
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

    /// The remedy follows from what was wrong, not from how the column was read.
    @Test func aRefusedEstimateHasTheRemedyOfItsReason() throws {
        var moved = ProfileFixture.table("t", sizes: [10, 20])
        moved.reading = .severalMoments
        var strata = StoredSizeStrata()
        strata.add(stored: ByteCount(1000), count: 500)
        let bound = ColumnMeasurement(bound: SizeBound(inRows: ByteCount(9000), outside: nil))
        let drawn = SizeDistribution(counts: [10: 3])
        let cases: [(TableProfile, Growth?, String)] = [
            (
                measured(
                    ColumnMeasurement(method: .sample, distribution: drawn, largest: [], unreadBlocks: 4)),
                nil, "see what was not measured"
            ),
            (
                measured(ColumnMeasurement(method: .sample, distribution: drawn, largest: []), rows: 1000),
                nil,
                "measure every row (--method full), or a larger sample"
            ),
            (moved, nil, "profile the table again where it changes less"),
            (
                measured(
                    ColumnMeasurement(
                        method: .twoPhase, distribution: SizeDistribution(), largest: [], strata: strata)),
                nil, "measure every row (--method full)"
            ),
            (
                ProfileFixture.table("t", sizes: [10, 20]), .rows(1000),
                "profile again when more rows are there"
            ),
            (measured(bound), .rows(1000), "measure every row (--method full), so that rows to come"),
        ]
        for (table, growth, remedy) in cases {
            let profile = ProfileFixture.profile([table], policy: Policy(growth: growth))
            let told = Recommender(profile).recommend().findings.filter { $0.id == "estimate-refused" }
            #expect(told.count == 1 && told.allSatisfy { $0.remedy.hasPrefix(remedy) }, "\(remedy): \(told)")
            if remedy.utf8.last == UInt8(ascii: ")") { #expect(told.first?.remedy == remedy) }
        }
    }

    private func measured(_ measurement: ColumnMeasurement, rows: Int = 500) -> TableProfile {
        var table = ProfileFixture.table("t", .jsonb, sizes: [], rows: rows)
        table.columns[0] = ColumnProfile(column: table.columns[0].column, measurement: measurement)
        return table
    }

    /// An INSERT of all columns fails where one is generated or an identity, so it names those that take a value.
    @Test func ownRowsOfAParentAreCopiedByTheColumnsThatTakeAValue() throws {
        func remedy(_ census: Relation.Census?, generated: [Identifier]?) throws -> String {
            var table = ProfileFixture.table("par", sizes: [10])
            table.relation.descendants = [RelationName(schema: Identifier("s"), name: Identifier("kid"))]
            table.relation.census = census
            table.relation.generatedColumns = generated
            let policy = Policy(migrationType: .fullLoad)
            let found = TreePreflight(
                profile: ProfileFixture.profile([table], policy: policy), policy: policy
            ).findings
            return try #require(found.first { $0.id == "inheritance-parent" }).remedy
        }
        let names = ["id", "twice", "body \"2\""].map { Identifier($0) }
        let census = Relation.Census(columns: 5, harmless: 3, virtual: [Identifier("now")], names: names)
        #expect(
            try remedy(census, generated: [Identifier("twice")]).hasSuffix(
                #"""
                CREATE TABLE "s"."par_own" (LIKE "s"."par" INCLUDING ALL); \#
                INSERT INTO "s"."par_own" ("body", "body ""2""", "id") OVERRIDING SYSTEM VALUE \#
                SELECT "body", "body ""2""", "id" FROM ONLY "s"."par"; and on the target: \#
                INSERT INTO "s"."par" ("body", "body ""2""", "id") OVERRIDING SYSTEM VALUE \#
                SELECT "body", "body ""2""", "id" FROM "s"."par_own";
                """#))
        // What is not known is not guessed.
        let old = Relation.Census(columns: 5, harmless: 3, virtual: [])
        for (known, generated) in [(nil, []), (old, []), (census, nil)] as [(Relation.Census?, [Identifier]?)]
        {
            let words = try remedy(known, generated: generated)
            #expect(!words.contains("INSERT INTO") && words.contains("all columns but the generated ones"))
        }
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
