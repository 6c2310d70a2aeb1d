/// Decides how each table is measured, and what that costs.
///
/// Pure: it asks no server.
public struct Planner: Sendable {
    /// What was asked for.
    public private(set) var options: PlanOptions
    /// Connections that measure at the same time.
    let connections: Int
    /// Whether rows are read from a replica, whatever server the catalog is of.
    let readsReplica: Bool

    /// Creates a planner.
    public init(options: PlanOptions, connections: Int = 1, readsReplica: Bool = false) {
        self.readsReplica = readsReplica
        self.options = options
        self.connections = max(1, connections)
        guard let budget = options.timeBudget else { return }
        // No column takes much of the time for certainty that two phases nearly have.
        self.options.exactSeconds = min(options.exactSeconds, budget * Double(self.connections) / 4)
    }

    /// The plan for every relation of a catalog that has something to measure.
    ///
    /// - Parameters:
    ///   - expected: rows that are expected to arrive, by the relation's OID: the most recent rows of such
    ///     a table are counted by themselves.
    ///   - probes: what some blocks told, by the relation's OID.
    public func plan(
        _ catalog: Catalog, expecting expected: [UInt32: Int] = [:], probes: [UInt32: TextProbe] = [:]
    ) -> Plan {
        var tables: [TableRoutes] = []
        var (unmeasurable, leftOut): ([Unmeasured], [Unmeasured]) = ([], [])
        for relation in catalog.relations {
            let wanted = relation.columns.filter(\.isMeasured)
            guard !wanted.isEmpty else { continue }
            if relation.isLeftOut(options) {
                leftOut.append(Unmeasured(relation: relation.name, reason: .foreignTable))
                continue
            }
            if let obstacle = obstacle(relation, catalog.server) {
                unmeasurable.append(obstacle)
                continue
            }
            let readable = wanted.filter(\.isSelectable)
            unmeasurable += Self.unreadable(relation, wanted: wanted)
            guard !readable.isEmpty else { continue }
            var columns = readable
            if options.method == .bound {
                let selection = BoundSelection(relation, columns: readable)
                columns = selection.columns
                unmeasurable += selection.unmeasurable
                guard !columns.isEmpty else { continue }
            }
            tables.append(
                TableRoutes(
                    relation, columns: columns, server: catalog.server, options: options,
                    countsRecent: (expected[relation.oid] ?? 0) > 0, probe: probes[relation.oid]))
        }
        let chosen = chosen(tables)
        return Plan(
            tables: chosen.tables.map { plan in
                plan.countingRecentRows(expecting: expected[plan.relation.oid])
            }, unmeasurable: unmeasurable, leftOut: leftOut,
            timeBudget: options.timeBudget, looks: chosen.looks)
    }

    /// The surest plan for each table, and under a time budget what is looked at first of those that take long.
    ///
    /// A logical table is looked at as a whole or not at all. Prices are rough: only where reading one would take several
    /// times the budget by itself it is not tried.
    private func chosen(_ routes: [TableRoutes]) -> (tables: [TablePlan], looks: [TablePlan]) {
        var tables = routes.map(\.surest)
        guard let budget = options.timeBudget, options.method == .auto else { return (tables, []) }
        let seconds = budget * Double(connections)
        guard tables.reduce(0, { $0 + $1.price.most }) > seconds else { return (tables, []) }
        var found: [(price: Double, looks: [(index: Int, plan: TablePlan)])] = []
        for members in Dictionary(grouping: routes.indices, by: { tables[$0].relation.treeOID }).values {
            let looks = members.compactMap { index in routes[index].look.map { (index, $0) } }
            let price = members.reduce(0) { $0 + tables[$1].price.seconds }
            let lookPrice = looks.reduce(0) { $0 + $1.1.price.seconds }
            guard looks.count == members.count, price > Self.moment, 2 * lookPrice < price else { continue }
            if price > Self.hopeless * seconds {
                for (index, look) in looks { tables[index] = look }
            } else {
                found.append((lookPrice, looks))
            }
        }
        // What is cheap first, and not so much that no time is left for what is to be read.
        found.sort { ($0.price, $0.looks[0].index) < ($1.price, $1.looks[0].index) }
        var (spent, looks) = (0.0, [(index: Int, plan: TablePlan)]())
        for tree in found where spent + tree.price <= seconds * Self.lookShare {
            spent += tree.price
            looks += tree.looks
        }
        return (tables, looks.sorted { $0.index < $1.index }.map(\.plan))
    }

    /// The share of a time budget that first looks may take.
    private static let lookShare = 0.25
    /// Seconds that nobody minds.
    private static let moment = 0.25
    /// How many times the time budget a table has to take not to be tried.
    private static let hopeless = 4.0

    /// What keeps the whole relation from being measured.
    private func obstacle(_ relation: Relation, _ server: ServerFacts) -> Unmeasured? {
        if relation.kind == .foreignTable, options.foreignTables != true {
            return Unmeasured(relation: relation.name, reason: .foreignTable)
        }
        if relation.isUnlogged == true, server.isReplica || readsReplica {
            return Unmeasured(relation: relation.name, reason: .unlogged)
        }
        if relation.isRowSecurityActive {
            return Unmeasured(relation: relation.name, reason: .rowSecurity)
        }
        return options.refusal(of: relation.foreignFunctions, server.rolePower).map {
            Unmeasured(relation: relation.name, reason: .foreignCode, detail: $0)
        }
    }

    /// One entry for a table of which no column may be read, else one for each such column.
    private static func unreadable(_ relation: Relation, wanted: [Column]) -> [Unmeasured] {
        let refused = wanted.filter { !$0.isSelectable }
        if refused.count == wanted.count {
            return [Unmeasured(relation: relation.name, reason: .permissionDenied)]
        }
        return refused.map {
            Unmeasured(relation: relation.name, column: $0.name, reason: .permissionDenied)
        }
    }
}

extension Relation {
    /// Whether it is on another server by itself, and nobody asked for it; a partition belongs to a table that is here.
    func isLeftOut(_ options: PlanOptions) -> Bool {
        kind == .foreignTable && root == nil && options.foreignTables != true
    }
}
