import LOBProfile
import Synchronization

/// What workers have finished so far, and the listener that hears of it.
final class SurveyResults: Sendable {
    private struct State {
        var tables: [TableProfile] = []
        var unmeasured: [Unmeasured] = []
    }

    private let state = Mutex(State())
    private let listener: @Sendable (SurveyEvent) -> Void

    init(_ listener: @escaping @Sendable (SurveyEvent) -> Void) {
        self.listener = listener
    }

    /// Keeps the tables of a finished logical table.
    func add(_ outcomes: [(profile: TableProfile, failures: [Unmeasured])]) {
        for (profile, failures) in outcomes {
            add(profile, unmeasured: failures)
            guard failures.allSatisfy({ $0.column != nil }) else { continue }
            listener(.finished(profile.relation.name))
        }
    }

    /// Keeps a table that was not measured.
    func add(_ table: TableProfile, unmeasured: [Unmeasured]) {
        state.withLock { state in
            state.tables.append(table)
            state.unmeasured += unmeasured
        }
        for entry in unmeasured { listener(.unmeasured(entry)) }
    }

    /// Puts tables in the place of what was kept of them, by OID.
    func replace(_ tables: [UInt32: TableProfile]) {
        state.withLock { state in
            for index in state.tables.indices {
                if let table = tables[state.tables[index].relation.oid] { state.tables[index] = table }
            }
        }
    }

    /// Forgets tables that are measured again.
    func remove(_ relations: Set<UInt32>) {
        state.withLock { state in
            let names = Set(state.tables.map(\.relation).filter { relations.contains($0.oid) }.map(\.name))
            state.tables.removeAll { relations.contains($0.relation.oid) }
            state.unmeasured.removeAll { $0.relation.map(names.contains) ?? false }
        }
    }

    /// Keeps something that was not measured.
    func add(_ entry: Unmeasured) {
        state.withLock { $0.unmeasured.append(entry) }
        listener(.unmeasured(entry))
    }

    /// Tells the listener.
    func report(_ event: SurveyEvent) {
        listener(event)
    }

    /// The tables of which every column was measured as planned, by OID.
    func measured() -> [UInt32: TableProfile] {
        state.withLock { state in
            let failed = Set(state.unmeasured.compactMap(\.relation))
            let whole = state.tables.filter { !failed.contains($0.relation.name) }
            return Dictionary(whole.map { ($0.relation.oid, $0) }) { first, _ in first }
        }
    }

    /// Everything, in the order of names.
    func collected() -> (tables: [TableProfile], unmeasured: [Unmeasured]) {
        state.withLock { state in
            (
                state.tables.sorted { $0.relation.name < $1.relation.name },
                state.unmeasured.sorted { Self.sortKey($0) < Self.sortKey($1) }
            )
        }
    }

    /// Everything, with an entry for each relation whose columns do not add up.
    func accounted(_ options: PlanOptions) -> (tables: [TableProfile], unmeasured: [Unmeasured]) {
        let (tables, listed) = collected()
        return (tables, listed + Account.unexplained(in: tables, unmeasured: listed, options: options))
    }

    private static func sortKey(_ entry: Unmeasured) -> SortKey {
        SortKey(
            relation: entry.relation, column: entry.column,
            rest: Array((entry.reason.rawValue + (entry.detail ?? "")).utf8))
    }

    private struct SortKey: Comparable {
        let relation: RelationName?
        let column: Identifier?
        let rest: [UInt8]

        static func < (left: SortKey, right: SortKey) -> Bool {
            if left.relation != right.relation { return precedes(left.relation, right.relation) }
            if left.column != right.column { return precedes(left.column, right.column) }
            return left.rest.lexicographicallyPrecedes(right.rest)
        }

        private static func precedes<Value: Comparable>(_ left: Value?, _ right: Value?) -> Bool {
            guard let left else { return right != nil }
            return right.map { left < $0 } ?? false
        }
    }
}
