/// Which column of the catalog a log means.
public enum TruncationMatch: Sendable, Equatable {
    case column(Relation, Column)
    /// The table is known, the column is not one that was measured.
    case table(Relation, column: Identifier)
    /// Several columns fit the text.
    case ambiguous([RelationName])
    case unknown

    /// nil where none fits, or several do.
    var relation: Relation? {
        switch self {
        case .column(let relation, _), .table(let relation, _): relation
        case .ambiguous, .unknown: nil
        }
    }

    /// The measured column; nil where none fits, or several do.
    var measured: Column? {
        if case .column(_, let column) = self { column } else { nil }
    }

    /// The column by its name; nil where none fits, or several do.
    var column: Identifier? {
        switch self {
        case .column(_, let column): column.name
        case .table(_, let column): column
        case .ambiguous, .unknown: nil
        }
    }
}

/// The relations of a profile by name, for looking up what logs and control tables say.
public struct TruncationCatalog: Sendable {
    /// By their own name, and leaves by that of their root too: whatever the rules name, a log may name the partitioned table.
    private let relations: [RelationName: [Relation]]
    private let tasks: TasksInForce?

    /// Creates a catalog.
    ///
    /// - Parameter tasks: the tasks that a log is of; nil where they are not known.
    public init(_ relations: [Relation], under tasks: TasksInForce? = nil) {
        let own = Dictionary(relations.map { ($0.name, [$0]) }) { first, _ in first }
        let leaves = Dictionary(grouping: relations.filter { $0.root != nil }, by: \.logicalName)
        self.relations = own.merging(leaves) { own, _ in own }
        self.tasks = tasks
    }

    /// The relations that a table of the target comes from, by the rules of the tasks and else by its name; all leaves where
    /// it is their root.
    func sources(of target: RelationName) -> [Relation] {
        let renamed = tasks?.sources(of: target) ?? []
        return renamed.isEmpty ? relations[target] ?? [] : renamed.flatMap { relations[$0] ?? [] }
    }

    /// The relations whose values were cut as a log says it: all leaves where it names their root; in the order of names.
    public func relations(at place: TruncatedPlace) -> [RelationName] {
        let found = place.readings.compactMap { relations[$0.table] }.flatMap { $0 }
        return Set(found.map(\.name)).sorted()
    }

    /// The column that a place means: of all ways to read it the one that exists.
    public func match(_ place: TruncatedPlace) -> TruncationMatch {
        let known = place.readings.compactMap { reading in
            // The leaves of a table have the same columns.
            relations[reading.table]?.first.map { ($0, reading.column) }
        }
        let columns = known.compactMap { relation, name in
            relation.columns.first { $0.name == name }.map { (relation, $0) }
        }
        let names = (columns.isEmpty ? known.map(\.0.name) : columns.map(\.0.name)).sorted()
        guard names.count < 2 else { return .ambiguous(names) }
        if let (relation, column) = columns.first { return .column(relation, column) }
        return known.first.map { .table($0.0, column: $0.1) } ?? .unknown
    }
}
