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
        isReplica: Bool = false
    ) -> Plan {
        let server = ServerFacts(
            version: version, isReplica: isReplica, encoding: "UTF8", blockSize: 8192, role: Identifier("r"),
            systemIdentifier: nil, hasDataChecksums: false)
        let catalog = Catalog(database: Identifier("d"), server: server, relations: relations)
        return Planner(options: PlanOptions(timeBudget: budget), connections: connections).plan(catalog)
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

    @Test func aBudgetIsKeptByGivingUpCertaintyWhereItSavesMost() {
        let tables = [
            relation("a", families: [.text], heapMiB: 100, toastMiB: 0),
            relation("b", families: [.jsonb], heapMiB: 20, toastMiB: 100),
            relation("c", families: [.text], heapMiB: 70_000, toastMiB: 0),
        ]
        let free = plan(tables)
        #expect(methods(free) == [[.full], [.full], [.full]])
        let needed = free.tables.reduce(0) { $0 + $1.price.seconds }
        let tight = plan(tables, budget: 60)
        #expect(needed > 60)
        #expect(methods(tight) == [[.full], [.full], [.sample]])
        #expect(tight.tables.reduce(0) { $0 + $1.price.seconds } <= 60)
        #expect(tight.tables[2].surer.map(\.method) == [.full])
        #expect(
            methods(plan(tables, budget: needed)) == methods(free), "a budget that is enough changes nothing")
        #expect(methods(plan(tables, budget: needed / 2 + 1, connections: 2)) == methods(free))
    }

    @Test func textTakesTwoPhasesBeforeItIsSampled() {
        let table = relation("a", families: [.jsonb], heapMiB: 400, toastMiB: 90)
        let options = plan([table], budget: 4)
        #expect(methods(plan([table])) == [[.twoPhase]] || methods(plan([table])) == [[.full]])
        #expect(methods(options) == [[.twoPhase]])
        #expect(methods(plan([table], budget: 0.5)) == [[.sample]])
        #expect(plan([table], budget: 0.5).tables[0].surer.map(\.method) == [.twoPhase, .full])
    }

    /// A sample of some percent of few blocks gives no limit: under 400 only sizes that headers do not tell are left to chance.
    @Test(arguments: [(3, MeasuringMethod.full, MeasuringMethod.twoPhase), (4, .sample, .sample)])
    func smallTablesAreNotSampled(heapMiB: Int, text: MeasuringMethod, json: MeasuringMethod) {
        let tables = [
            relation("a", families: [.text], heapMiB: heapMiB, toastMiB: 0),
            relation("b", families: [.jsonb], heapMiB: heapMiB, toastMiB: 90_000),
        ]
        let found = plan(tables, budget: 0.000_1)
        #expect(methods(found) == [[text], [json]])
        let byName = Planner(options: PlanOptions(method: .sample)).plan(
            Catalog(
                database: Identifier("d"),
                server: ServerFacts(
                    version: 150_000, isReplica: false, encoding: "UTF8", blockSize: 8192,
                    role: Identifier("r"), systemIdentifier: nil, hasDataChecksums: false), relations: tables)
        )
        #expect(
            methods(byName) == [[.sample], [.sample]], "asked for by name, a sample is drawn of any table")
    }

    @Test func whatNoPlanCanKeepIsStillPlanned() {
        let found = plan([relation("a", families: [.jsonb], heapMiB: 4000, toastMiB: 900)], budget: 0.000_1)
        #expect(methods(found) == [[.sample]])
        #expect(found.timeBudget == 0.000_1)
    }
}
