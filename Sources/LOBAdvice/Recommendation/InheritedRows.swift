/// What a full load reads under the name of a table from which others inherit: DMS does not write `ONLY`, so the rows of all
/// descendants come too, with the columns that they have from it (DMS user guide, PostgreSQL source).
///
/// Of a partitioned table all partitions belong to it, those out of scope too, whatever a task does.
struct InheritedRows {
    private let byName: [RelationName: TableProfile]

    /// Prepares the tables of a profile; of a task that only captures changes nothing is inherited, since changes come under
    /// the name of the table that holds the row.
    init(_ profile: Profile, policy: Policy) {
        let isUsed =
            policy.migrationType.includesFullLoad
            && profile.tables.contains { $0.relation.isInheritanceParent }
        byName =
            isUsed
            ? Dictionary(profile.tables.map { ($0.relation.name, $0) }) { first, _ in first } : [:]
    }

    /// The descendants of a table with the columns that are read under its name.
    ///
    /// Of one that is not in the profile nothing is known: its columns are there without a measurement.
    func parts(of table: TableProfile) -> [TableProfile] {
        guard !byName.isEmpty, table.relation.isInheritanceParent else { return [] }
        let names = Set(table.columns.map(\.column.name))
        return (table.relation.descendants ?? []).map { name in
            guard var part = byName[name] else { return Self.unknown(name, like: table) }
            part.columns = part.columns.filter { names.contains($0.column.name) }
            return part
        }
    }

    /// The partitions of a logical table that are out of scope: nothing is known of them, so neither of the table as a whole.
    static func partitionsOutOfScope(of parts: [TableProfile]) -> [TableProfile] {
        guard let first = parts.first else { return [] }
        let names = Set(parts.flatMap { $0.relation.partitionsOutOfScope ?? [] })
        return names.subtracting(parts.map(\.relation.name)).sorted().map { unknown($0, like: first) }
    }

    private static func unknown(_ name: RelationName, like table: TableProfile) -> TableProfile {
        var relation = table.relation
        relation.name = name
        relation.descendants = nil
        return TableProfile(
            relation: relation, rows: .init(count: 0, isExact: false), sample: nil,
            columns: table.columns.map { ColumnProfile(column: $0.column, measurement: nil) }, seconds: 0)
    }
}

extension Relation {
    /// Whether the rules of a task select it.
    ///
    /// In a full load a table from which others inherit is left out, because its descendants are selected, and their rows
    /// would arrive twice. A table without a column has nothing to migrate.
    public func isSelected(by policy: Policy) -> Bool {
        guard kind.isMigratable, census?.columns != 0 else { return false }
        return !policy.migrationType.includesFullLoad || !isInheritanceParent
    }
}
