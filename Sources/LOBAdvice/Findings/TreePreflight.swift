/// Tables whose rows a full load reads under another name too, or whose changes come under one.
public enum TreeFinding: Hashable, Sendable {
    /// A parent that no rule selects.
    case parent(InheritanceParent)
    /// A parent that is selected, with one of the selected tables that inherit from it, and their number.
    case selectedParent(RelationName, tables: Int)
    case hypertables([RelationName], capturesChanges: Bool)

    /// A table from which others inherit.
    public struct InheritanceParent: Hashable, Sendable {
        public let name: RelationName
        public let descendants: [RelationName]
        /// Descendants that no rule selects either.
        public let lost: [RelationName]
        public let ownRows: OwnRows
        /// How its own rows get a table of their own.
        public let copy: Copy
    }

    /// Rows of the table itself, without those that are inherited.
    public enum OwnRows: Hashable, Sendable {
        case none
        case some(Int64)
        case notKnown
    }

    /// A table for the own rows of a parent.
    public struct Copy: Hashable, Sendable {
        public let name: RelationName
        /// The columns that take a value; nil where not all are known, or SQL text cannot spell one.
        public let columns: [Identifier]?
    }
}

/// Tables whose rows a full load reads under another name too: inheritance parents and hypertables.
struct TreePreflight {
    let profile: Profile
    let policy: Policy
    /// The tables that a task selects: of a parent among them ``ScopeReview`` tells.
    var selected: Set<RelationName> = []

    var findings: [Finding] {
        let parents = profile.tables.filter {
            $0.relation.isInheritanceParent && !selected.contains($0.relation.name)
        }
        return (policy.migrationType.includesFullLoad ? parents.map(parent) : []) + timescaleDB
    }

    private func ownRows(of table: TableProfile) -> TreeFinding.OwnRows {
        if table.relation.blocks == 0 || table.rowFigure == .zero { return .none }
        return table.rowFigure.exactValue.map { .some($0) } ?? .notKnown
    }

    private func parent(_ table: TableProfile) -> Finding {
        let name = table.relation.name
        let descendants = table.relation.descendants ?? []
        let selected = Set(
            profile.tables.map(\.relation).filter { $0.kind.isMigratable }.map(\.name))
        let lost = descendants.filter { !selected.contains($0) }
        let own = ownRows(of: table)
        return FindingID.inheritanceParent.finding(
            own == .none && lost.isEmpty ? .warning : .error, name.losslessText,
            .tree(
                .parent(
                    .init(
                        name: name, descendants: descendants, lost: lost, ownRows: own,
                        copy: copy(of: table.relation)))),
            .source)
    }

    /// A table for its own rows, which a task can select.
    private func copy(of relation: Relation) -> TreeFinding.Copy {
        // A name has up to 63 bytes, and must not be cut within a character.
        let name = relation.name.name.bytes + Array("_own".utf8)
        let copy = RelationName(
            schema: relation.name.schema,
            name: name.count <= 63 ? Identifier(bytes: name) : Identifier("own_rows_of_\(relation.oid)"))
        return .init(name: copy, columns: insertable(relation))
    }

    /// The columns that take a value, in the order of names; nil where not all are known, or SQL text cannot spell one.
    private func insertable(_ relation: Relation) -> [Identifier]? {
        guard let names = relation.columnNames(and: []), let generated = relation.generatedColumns else {
            return nil
        }
        let computed = Set(generated + relation.columns.filter(\.isGenerated).map(\.name))
            .union(relation.census?.virtual ?? [])
        let left = names.subtracting(computed).sorted()
        return left.isEmpty || left.contains { $0.text == nil } ? nil : left
    }

    /// Said once: of a database with TimescaleDB all hypertables share it.
    private var timescaleDB: [Finding] {
        let hypertables = profile.tables.map(\.relation).filter { $0.isReadWithDescendants == true }
        guard !hypertables.isEmpty else { return [] }
        let capturesChanges = policy.migrationType.includesCDC
        return [
            FindingID.timescaleDB.finding(
                capturesChanges ? .error : .info, "timescaledb",
                .tree(.hypertables(hypertables.map(\.name), capturesChanges: capturesChanges)))
        ]
    }
}
