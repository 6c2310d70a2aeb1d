import LOBAdvice
import Testing

/// Which way each table is measured, from its price and from what a time budget leaves.
struct PlannerTests {
    /// A table of so many bytes in its heap and in TOAST, with columns of these families.
    private func relation(
        _ name: String, families: [TypeFamily], heapMiB: Int, toastMiB: Int, isSelectable: Bool = true
    ) -> Relation {
        let columns = families.enumerated().map { index, family in
            Column(
                number: Int16(index + 1), name: Identifier("c\(index)"),
                typeName: Identifier(family.rawValue),
                typeOID: 25, family: family, declaredLength: nil, isNotNull: false, isGenerated: false,
                isSelectable: true, storage: .extended)
        }
        return Relation(
            oid: 1, name: RelationName(schema: Identifier("public"), name: Identifier(name)), kind: .table,
            root: nil, blocks: heapMiB * 128, toastBytes: Int64(toastMiB) << 20,
            estimatedRows: Double(heapMiB * 4000), fileNode: 1, accessMethod: Identifier("heap"),
            isRowSecurityActive: false, isSelectable: isSelectable,
            replicaIdentity: .default, keys: [], columns: columns)
    }

    private func plan(
        _ relations: [Relation], version: Int = 150_000, budget: Double? = nil, connections: Int = 1,
        isReplica: Bool = false, probes: [UInt32: TextProbe] = [:]
    ) -> Plan {
        let server = ServerFacts(
            version: version, isReplica: isReplica, encoding: "UTF8", blockSize: 8192, role: Identifier("r"),
            systemIdentifier: nil, hasDataChecksums: false)
        let catalog = Catalog(database: Identifier("d"), server: server, relations: relations)
        return Planner(options: PlanOptions(timeBudget: budget), connections: connections).plan(
            catalog, probes: probes)
    }

    private func methods(_ plan: Plan) -> [[MeasuringMethod]] { plan.tables.map { $0.columns.map(\.method) } }

    /// A replica has the catalog of an unlogged table, and not its rows.
    @Test func unloggedTablesAreOnThePrimaryOnly() {
        var unlogged = relation("u", families: [.text], heapMiB: 1, toastMiB: 0)
        unlogged.isUnlogged = true
        let logged = relation("l", families: [.text], heapMiB: 1, toastMiB: 0)
        #expect(plan([unlogged, logged]).unmeasurable == [])
        let found = plan([unlogged, logged], isReplica: true)
        #expect(found.unmeasurable.map(\.reason) == [.unlogged])
        #expect(found.tables.map(\.relation.name) == [logged.name])
    }

    @Test func headersAreReadInFullAndTextInTwoPhasesWhereItWouldTakeLong() {
        let found = plan([
            relation("a", families: [.text, .bytea], heapMiB: 900, toastMiB: 90_000),
            relation("b", families: [.jsonb], heapMiB: 10, toastMiB: 20),
            relation("c", families: [.text, .jsonb], heapMiB: 100, toastMiB: 9000),
        ])
        #expect(methods(found) == [[.full, .full], [.full], [.full, .twoPhase]])
        #expect(found.tables.map { $0.surer.map(\.method) } == [[], [], [.full]])
        let exact = found.tables[2].surer[0].seconds
        #expect(exact > 10 * found.tables[2].price.seconds, "a full scan is why two phases were chosen")
    }

    @Test func nothingIsSampledWithoutABudgetEvenWhereTwoPhasesAreImpossible() {
        let old = plan([relation("a", families: [.jsonb], heapMiB: 100, toastMiB: 9000)], version: 130_000)
        let column = plan([
            relation("a", families: [.jsonb], heapMiB: 100, toastMiB: 9000, isSelectable: false)
        ])
        #expect(methods(old) == [[.full]])
        #expect(methods(column) == [[.full]])
    }

    @Test func aBudgetLooksFirstAtWhatTakesLong() {
        let tables = [
            relation("a", families: [.text], heapMiB: 20, toastMiB: 0),
            relation("b", families: [.text, .jsonb], heapMiB: 20, toastMiB: 100),
            relation("c", families: [.text], heapMiB: 70_000, toastMiB: 0),
        ].enumerated().map { index, relation in
            var relation = relation
            relation.tree = UInt32(index + 1)
            return relation
        }
        let free = plan(tables)
        #expect(methods(free) == [[.full], [.full, .full], [.full]] && free.looks == [])
        let needed = free.tables.reduce(0) { $0 + $1.price.seconds }
        let tight = plan(tables, budget: 60)
        #expect(needed > 60)
        #expect(methods(tight) == methods(free), "prices are rough: what may be read is tried")
        #expect(tight.looks.map(\.relation.name) == tables.dropFirst().map(\.name))
        #expect(tight.looks.map { $0.columns.map(\.method) } == [[.bound, .sample], [.bound]])
        #expect(tight.looks.reduce(0) { $0 + $1.price.seconds } < 2)
        // A sample beside it is of some blocks.
        #expect(tight.looks[1].histogramSample.map { $0.drawn(of: 70_000 * 128).count } == 100)
        #expect(tight.looks[0].sample.percent == 5 && tight.looks[0].histogramSample == nil)
        #expect(tight.looks[0].sampledColumns.count == 2)
        #expect(tight.looks[0].surer.map(\.method) == [.twoPhase, .full])
        #expect(tight.looks[1].surer.map(\.method) == [.full])
    }

    /// What takes many times the budget by itself is not begun: it would be read in vain.
    @Test func aTableThatTakesManyTimesTheBudgetIsLookedAtOnly() {
        let table = relation("c", families: [.text], heapMiB: 70_000, toastMiB: 0)
        let seconds = plan([table]).tables[0].price.seconds
        #expect(methods(plan([table], budget: seconds / 5)) == [[.bound]])
        #expect(methods(plan([table], budget: seconds / 5, connections: 2)) == [[.full]])
        #expect(methods(plan([table], budget: seconds / 3)) == [[.full]])
        #expect(plan([table], budget: seconds / 5).looks == [])
        #expect(plan([table], budget: seconds / 5).tables[0].reasons == [.overTimeBudget])
    }

    /// A logical table is looked at as a whole or not at all.
    @Test func allPartsOfATreeAreLookedAtTogether() {
        var parts = [
            relation("a", families: [.text], heapMiB: 0, toastMiB: 0),
            relation("b", families: [.text], heapMiB: 7000, toastMiB: 0),
        ]
        for index in parts.indices { parts[index].tree = 9 }
        #expect(plan(parts, budget: 5).looks == [])
        #expect(plan([parts[1]], budget: 5).looks.count == 1)
        parts[0] = relation("a", families: [.text], heapMiB: 1, toastMiB: 0)
        parts[0].tree = 9
        #expect(plan(parts, budget: 5).looks.count == 2)
        #expect(plan(parts, budget: 600).looks == [], "all of it fits")
    }

    @Test func textTakesTwoPhasesWhereABudgetLeavesLittleTime() {
        let table = relation("a", families: [.jsonb], heapMiB: 400, toastMiB: 0)
        #expect(methods(plan([table])) == [[.full]])
        #expect(methods(plan([table], budget: 4)) == [[.twoPhase]])
    }

    /// How well values compress is in no catalog: a price is a range then, and some blocks decide between the methods.
    @Test func someBlocksDecideWhatTheCatalogLeavesOpen() throws {
        let table = relation("a", families: [.text, .jsonb], heapMiB: 900, toastMiB: 0)
        let guess = plan([table]).tables[0]
        #expect(guess.columns.map(\.method) == [.full, .twoPhase])
        #expect(guess.unpricedColumns.map(\.number) == [2])
        #expect(guess.price.range.contains(guess.price.seconds))
        #expect(guess.price.range.upperBound > guess.price.range.lowerBound)
        let blocks = Double(table.blocks)
        for (seconds, method) in [(1.0, MeasuringMethod.full), (30, .twoPhase)] {
            // What 40 blocks take of so many seconds.
            let probe = TextProbe(blocks: 40, seconds: [2: seconds * 40 / blocks])
            let probed = plan([table], probes: [1: probe]).tables[0]
            #expect(probed.columns.map(\.method) == [.full, method])
            #expect(probed.unpricedColumns.isEmpty)
            #expect(probed.price.range.upperBound < 2 * probed.price.seconds)
        }
        let tiny = plan([relation("b", families: [.jsonb], heapMiB: 4, toastMiB: 900)]).tables[0]
        #expect(tiny.unpricedColumns.isEmpty, "what has few blocks is not worth a look")
        let header = plan([relation("c", families: [.text], heapMiB: 9000, toastMiB: 900)]).tables[0]
        #expect(
            header.unpricedColumns.isEmpty
                && header.price.range == header.price.seconds...header.price.seconds)
    }

    /// What TOAST tells is offered where it takes a tenth of the time.
    @Test func aBoundIsOfferedWhereItIsCheap() {
        let found = plan([
            relation("a", families: [.text], heapMiB: 4000, toastMiB: 10),
            relation("b", families: [.text], heapMiB: 4000, toastMiB: 90_000),
            relation("c", families: [.text, .tsvector], heapMiB: 4000, toastMiB: 10),
            relation("d", families: [.text], heapMiB: 40, toastMiB: 1),
        ])
        #expect(found.tables.map { $0.reasons.contains(.boundIsCheaper) } == [true, false, false, false])
    }

    @Test func aBoundHasAHistogramOfSomeBlocksUnlessNoneIsWanted() {
        let table = relation("a", families: [.text, .bytea], heapMiB: 4000, toastMiB: 10)
        let server = ServerFacts(
            version: 150_000, isReplica: false, encoding: "UTF8", blockSize: 8192, role: Identifier("r"),
            systemIdentifier: nil, hasDataChecksums: false)
        let catalog = Catalog(database: Identifier("d"), server: server, relations: [table])
        for histogram in HistogramDetail.allCases {
            let options = PlanOptions(method: .bound, histogram: histogram)
            let plan = Planner(options: options).plan(catalog).tables[0]
            #expect(plan.sampledColumns.count == (histogram == .omitted ? 0 : 2))
            #expect(plan.price.blocks == (histogram == .omitted ? 0 : 100))
        }
    }

    @Test func whatNoPlanCanKeepIsStillPlanned() {
        let found = plan([relation("a", families: [.jsonb], heapMiB: 4000, toastMiB: 900)], budget: 0.000_1)
        #expect(methods(found) == [[.sample]] && found.tables[0].price.blocks == 1000)
        #expect(found.timeBudget == 0.000_1)
    }
}
