/// Decides how each table is measured, and what that costs.
///
/// Pure: it asks no server.
public struct Planner: Sendable {
    /// What was asked for.
    public let options: PlanOptions

    /// Creates a planner.
    public init(options: PlanOptions) {
        self.options = options
    }

    /// The plan for every relation of a catalog that has something to measure.
    public func plan(_ catalog: Catalog) -> Plan {
        var tables: [TablePlan] = []
        var unmeasurable: [Unmeasured] = []
        for relation in catalog.relations {
            let wanted = relation.columns.filter(\.isMeasured)
            guard !wanted.isEmpty else { continue }
            if let reason = Self.obstacle(relation) {
                unmeasurable.append(Unmeasured(relation: relation.name, reason: reason))
                continue
            }
            let readable = wanted.filter(\.isSelectable)
            unmeasurable += Self.unreadable(relation, wanted: wanted)
            guard !readable.isEmpty else { continue }
            tables.append(plan(relation, readable, catalog.server))
        }
        return Plan(tables: tables, unmeasurable: unmeasurable)
    }

    /// What keeps the whole relation from being measured.
    private static func obstacle(_ relation: Relation) -> Unmeasured.Reason? {
        if relation.kind == .foreignTable { return .foreignTable }
        return relation.isRowSecurityActive ? .rowSecurity : nil
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

    private func plan(_ relation: Relation, _ columns: [Column], _ server: ServerFacts) -> TablePlan {
        let prices = PriceModel(relation: relation, blockSize: server.blockSize)
        let routes = Routes(relation, server)
        let choices = columns.map { choice(of: $0, prices: prices, routes: routes) }
        let plans = zip(columns, choices).map { TablePlan.ColumnPlan(column: $0, method: $1.method) }
        return TablePlan(
            relation: relation, columns: plans, sample: options.sample,
            price: prices.price(of: plans, sample: options.sample), reason: Self.reason(choices.map(\.reason))
        )
    }

    private func choice(
        of column: Column, prices: PriceModel, routes: Routes
    ) -> (method: MeasuringMethod, reason: String) {
        switch options.method {
        case .full: return (.full, "asked for")
        case .sample where routes.canSample: return (.sample, "asked for")
        case .sample where prices.relation.blocks == 0: return (.full, "empty when planned")
        case .sample: return (.full, "rows of this table access method cannot be sampled")
        case .auto: break
        }
        if column.family.sizeIsInHeader { return (.full, "sizes are in the headers of the values") }
        if prices.seconds(of: [column]) <= options.exactSeconds {
            return (.full, "small enough to read in full")
        }
        if routes.canTakeTwoPhases { return (.twoPhase, "making the text of every value would take long") }
        return routes.canSample
            ? (.sample, "making the text of every value would take long")
            : (.full, "rows of this table access method cannot be sampled")
    }

    /// What a relation and its server allow.
    private struct Routes {
        let canSample: Bool
        /// Rows are found again by their places: that takes TID range scans and hashes of places (14), and SELECT
        /// on the whole table.
        let canTakeTwoPhases: Bool

        init(_ relation: Relation, _ server: ServerFacts) {
            canSample = relation.hasSampleableRows && relation.blocks > 0
            canTakeTwoPhases = canSample && relation.isSelectable && server.version >= 140_000
        }
    }

    /// The different reasons, in the order of the columns.
    private static func reason(_ reasons: [String]) -> String {
        var different: [String] = []
        for reason in reasons where !different.contains(reason) { different.append(reason) }
        return different.joined(separator: "; ")
    }
}

extension Relation {
    /// Whether TABLESAMPLE works: heap tables and materialized views.
    var hasSampleableRows: Bool {
        kind != .foreignTable && (accessMethod.map { $0 == Identifier("heap") } ?? true)
    }
}
