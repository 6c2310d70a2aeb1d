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
            tables.append(plan(relation, readable, blockSize: catalog.server.blockSize))
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

    private func plan(_ relation: Relation, _ columns: [Column], blockSize: Int) -> TablePlan {
        let prices = PriceModel(relation: relation, blockSize: blockSize)
        let canSample = relation.hasSampleableRows && relation.blocks > 0
        let choices = columns.map { choice(of: $0, prices: prices, canSample: canSample) }
        let plans = zip(columns, choices).map { TablePlan.ColumnPlan(column: $0, method: $1.method) }
        return TablePlan(
            relation: relation, columns: plans, sample: options.sample,
            price: prices.price(of: plans, sample: options.sample), reason: Self.reason(choices.map(\.reason))
        )
    }

    private func choice(
        of column: Column, prices: PriceModel, canSample: Bool
    ) -> (method: MeasuringMethod, reason: String) {
        switch options.method {
        case .full: return (.full, "asked for")
        case .sample where canSample: return (.sample, "asked for")
        case .sample where prices.relation.blocks == 0: return (.full, "empty when planned")
        case .sample: return (.full, "rows of this table access method cannot be sampled")
        case .auto: break
        }
        if column.family.sizeIsInHeader { return (.full, "sizes are in the headers of the values") }
        let seconds = prices.seconds(of: [column])
        if seconds <= Self.affordableSeconds { return (.full, "small enough to read in full") }
        return canSample
            ? (.sample, "text of every value would have to be made")
            : (.full, "rows of this table access method cannot be sampled")
    }

    /// What a column may cost, on one connection, before `auto` samples it.
    private static let affordableSeconds = 5.0

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
