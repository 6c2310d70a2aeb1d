/// Decides how each table is measured, and what that costs.
///
/// Pure: it asks no server.
public struct Planner: Sendable {
    /// What was asked for.
    public let options: PlanOptions
    /// Connections that measure at the same time.
    let connections: Int

    /// Creates a planner.
    public init(options: PlanOptions, connections: Int = 1) {
        self.options = options
        self.connections = max(1, connections)
    }

    /// The plan for every relation of a catalog that has something to measure.
    ///
    /// - Parameter expected: rows that are expected to arrive, by the relation's OID: the most recent rows of such
    ///   a table are counted by themselves.
    public func plan(_ catalog: Catalog, expecting expected: [UInt32: Int] = [:]) -> Plan {
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
                    countsRecent: (expected[relation.oid] ?? 0) > 0))
        }
        return Plan(
            tables: withinBudget(tables.map(\.plans)).map { plan in
                plan.countingRecentRows(expecting: expected[plan.relation.oid])
            }, unmeasurable: unmeasurable, leftOut: leftOut,
            timeBudget: options.timeBudget)
    }

    /// One plan for each table: the surest, and under a time budget cheaper ones until the budget is kept, the step
    /// that saves most first, so that as many tables as possible stay certain.
    private func withinBudget(_ plans: [[TablePlan]]) -> [TablePlan] {
        var chosen = plans.map { _ in 0 }
        guard let budget = options.timeBudget else { return plans.compactMap(\.first) }
        var open = plans.reduce(0) { $0 + ($1.first?.price.seconds ?? 0) } - budget * Double(connections)
        while open > 0 {
            let savings = plans.indices.map { table -> Double in
                let next = chosen[table] + 1
                guard next < plans[table].count else { return 0 }
                return plans[table][next - 1].price.seconds - plans[table][next].price.seconds
            }
            guard let best = savings.indices.max(by: { savings[$0] < savings[$1] }), savings[best] > 0 else {
                break
            }
            chosen[best] += 1
            open -= savings[best]
        }
        return plans.indices.map { plans[$0][chosen[$0]] }
    }

    /// What keeps the whole relation from being measured.
    private func obstacle(_ relation: Relation, _ server: ServerFacts) -> Unmeasured? {
        if relation.kind == .foreignTable, options.foreignTables != true {
            return Unmeasured(relation: relation.name, reason: .foreignTable)
        }
        if relation.isUnlogged == true, server.isReplica {
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
