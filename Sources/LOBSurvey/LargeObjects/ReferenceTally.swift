import LOBProfile

/// What the columns of one kind refer to, counted over all windows of objects.
struct ReferenceTally {
    /// Whether the columns are of type oid, so that a number certainly refers to an object.
    let isCertain: Bool
    private var counted: [UInt32: [Int16: Entry]] = [:]
    private(set) var unchecked: [Unmeasured]

    private struct Entry {
        let relation: RelationName
        let column: ReferenceColumn
        var amount = LargeObjectAmount()
        /// Of the last window: each reads all values.
        var numbers = 0
        var matching = 0
        var hasFailed = false
    }

    init(_ tables: [ReferenceTable], isCertain: Bool) {
        self.isCertain = isCertain
        unchecked = tables.flatMap(\.unchecked)
    }

    /// Counts what the columns of a table refer to in the window.
    mutating func add(_ scan: ReferenceScan, in window: inout LargeObjectWindow) {
        let relation = scan.table.relation
        for (column, found) in zip(scan.table.columns, scan.found) {
            let number = column.column.number
            var entry =
                counted[relation.oid]?[number] ?? Entry(relation: relation.name, column: column)
            entry.amount = entry.amount + window.settle(found.objects, isCertain: isCertain)
            entry.numbers = found.numbers
            entry.matching += found.matching
            if let failure = scan.failure {
                entry.hasFailed = true
                note(failure, scan.failureDetail, relation, column)
            }
            counted[relation.oid, default: [:]][number] = entry
        }
    }

    private mutating func note(
        _ failure: Unmeasured.Reason, _ detail: String?, _ relation: Relation,
        _ column: ReferenceColumn
    ) {
        let entry = Unmeasured(
            relation: relation.name, column: isCertain ? column.column.name : nil, reason: failure,
            detail: detail)
        if !unchecked.contains(entry) { unchecked.append(entry) }
    }

    private var readInFull: [Entry] {
        counted.values.flatMap(\.values).filter { !$0.hasFailed }.sorted {
            ($0.relation, $0.column.column.name) < ($1.relation, $1.column.column.name)
        }
    }

    /// Columns of type oid that were read in full, by name.
    var columns: [LargeObjectReferences.Column] {
        readInFull.map { entry in
            LargeObjectReferences.Column(
                relation: entry.relation, name: entry.column.column.name, amount: entry.amount,
                typeName: entry.column.column.typeName, isLO: entry.column.isLO, values: entry.numbers,
                dangling: max(0, entry.numbers - entry.matching))
        }
    }

    /// What the numbers say.
    ///
    /// - Parameter only: the objects that nothing else refers to.
    func numbers(only: LargeObjectAmount) -> LargeObjectNumbers {
        let read = readInFull
        let matching = read.filter { $0.matching > 0 }.map { entry in
            LargeObjectNumbers.Column(
                relation: entry.relation, name: entry.column.column.name,
                typeName: entry.column.column.typeName, amount: entry.amount,
                numbers: max(entry.numbers, entry.matching), matching: entry.matching)
        }
        return LargeObjectNumbers(
            columns: matching, searched: read.count, unchecked: unchecked, only: only)
    }
}
