/// Which column of the catalog a log means.
public enum TruncationMatch: Sendable, Equatable {
    case column(Relation, Column)
    /// The table is known, the column is not one that was measured.
    case table(Relation, column: Identifier)
    /// Several columns fit the text.
    case ambiguous([RelationName])
    case unknown
}

/// The relations of a profile by name, for looking up what logs say.
public struct TruncationCatalog: Sendable {
    /// By their own name, and leaves by that of their root too: whatever the rules name, a log may name the partitioned table.
    private let relations: [RelationName: [Relation]]

    /// Creates a catalog.
    public init(_ relations: [Relation]) {
        let own = Dictionary(relations.map { ($0.name, [$0]) }) { first, _ in first }
        let leaves = Dictionary(grouping: relations.filter { $0.root != nil }, by: \.logicalName)
        self.relations = own.merging(leaves) { own, _ in own }
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
