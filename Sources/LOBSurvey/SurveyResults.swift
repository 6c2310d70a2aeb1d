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

    /// Keeps a finished table.
    func add(_ scan: TableScan) {
        let (profile, failures) = scan.outcome()
        state.withLock { state in
            state.tables.append(profile)
            state.unmeasured += failures
        }
        for failure in failures { listener(.unmeasured(failure)) }
        guard failures.allSatisfy({ $0.column != nil }) else { return }
        listener(.finished(scan.plan.relation.name))
    }

    /// Keeps a table that was not measured.
    func add(_ table: TableProfile, unmeasured: [Unmeasured]) {
        state.withLock { state in
            state.tables.append(table)
            state.unmeasured += unmeasured
        }
        for entry in unmeasured { listener(.unmeasured(entry)) }
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

    /// Everything, in the order of names.
    func collected() -> (tables: [TableProfile], unmeasured: [Unmeasured]) {
        state.withLock { state in
            (
                state.tables.sorted { $0.relation.name < $1.relation.name },
                state.unmeasured.sorted { Self.sortKey($0) < Self.sortKey($1) }
            )
        }
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
