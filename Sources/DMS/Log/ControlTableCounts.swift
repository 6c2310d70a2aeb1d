/// How often rows of control tables say the same of the same table.
package struct ControlTableCounts: Sendable, Equatable {
    private struct Key<Reason: Hashable & Sendable>: Hashable, Sendable {
        let task: Identifier
        let table: RelationName
        let reason: Reason
    }

    private struct Count: Sendable, Equatable {
        var rows = 0
        var repaired = 0
        var times: ClosedRange<String>?
    }

    private var refused: [Key<ApplyException.Reason>: Count] = [:]
    private var differing: [Key<ValidationFailure.Kind?>: Count] = [:]

    /// The most groups that are kept: tasks, tables and reasons are few.
    private static let most = 10_000

    /// Counts a row; false where it would be of one group more than are kept.
    mutating func add(_ row: ControlTableRow) -> Bool {
        let times = row.time.map { $0...$0 }
        switch row.reason {
        case .refused(let reason):
            let key = Key(task: row.task, table: row.table, reason: reason)
            return Self.add(Count(rows: 1, times: times), to: &refused, key)
        case .differs(let kind, let isRepaired):
            let key = Key(task: row.task, table: row.table, reason: kind)
            return Self.add(Count(rows: 1, repaired: isRepaired ? 1 : 0, times: times), to: &differing, key)
        }
    }

    private static func add<Reason>(
        _ count: Count, to counts: inout [Key<Reason>: Count], _ key: Key<Reason>
    ) -> Bool {
        guard counts[key] != nil || counts.count < most else { return false }
        counts[key] = counts[key].map { sum($0, count) } ?? count
        return true
    }

    private static func sum(_ left: Count, _ right: Count) -> Count {
        let times = [left.times, right.times].compactMap(\.self)
        let first = times.map(\.lowerBound).min()
        let last = times.map(\.upperBound).max()
        return Count(
            rows: left.rows + right.rows, repaired: left.repaired + right.repaired,
            times: first.flatMap { first in last.map { first...$0 } })
    }

    mutating func merge(_ other: ControlTableCounts) {
        refused.merge(other.refused, uniquingKeysWith: Self.sum)
        differing.merge(other.differing, uniquingKeysWith: Self.sum)
    }

    /// In the order of tables.
    var applyExceptions: [ApplyException] {
        refused.map { key, count in
            ApplyException(
                task: key.task, table: key.table, reason: key.reason, count: count.rows, times: count.times)
        }.sorted { ($0.table, $0.task, "\($0.reason)") < ($1.table, $1.task, "\($1.reason)") }
    }

    /// In the order of tables.
    var validationFailures: [ValidationFailure] {
        differing.map { key, count in
            ValidationFailure(
                task: key.task, table: key.table, kind: key.reason, count: count.rows,
                repaired: count.repaired,
                times: count.times)
        }.sorted {
            ($0.table, $0.task, $0.kind?.rawValue ?? "") < ($1.table, $1.task, $1.kind?.rawValue ?? "")
        }
    }
}
