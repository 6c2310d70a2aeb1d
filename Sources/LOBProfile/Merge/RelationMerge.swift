/// Makes one relation of two with the same shape.
struct RelationMerge {
    private let left: Relation
    private let right: Relation

    init(_ left: Relation, _ right: Relation) {
        self.left = left
        self.right = right
    }

    /// What both have in common; sizes are sums, and whatever stands in the way of a migration stays.
    ///
    /// - Throws: ``MergeError`` where they have other columns, or are other kinds of relations.
    func relation(oid: UInt32) throws(MergeError) -> Relation {
        try checkShape()
        let rows = left.estimatedRows.flatMap { mine in right.estimatedRows.map { mine + $0 } }
        return Relation(
            oid: oid, name: left.name, kind: left.kind, root: left.root, blocks: left.blocks + right.blocks,
            toastBytes: left.toastBytes + right.toastBytes, estimatedRows: rows, fileNode: 0,
            accessMethod: left.accessMethod == right.accessMethod ? left.accessMethod : nil,
            isRowSecurityActive: left.isRowSecurityActive || right.isRowSecurityActive,
            isSelectable: left.isSelectable && right.isSelectable,

            replicaIdentity: [left.replicaIdentity, right.replicaIdentity].min { $0.rank < $1.rank }
                ?? .nothing,
            keys: Set(left.keys).intersection(right.keys).sorted { $0.name < $1.name },
            columns: zip(left.columns, right.columns).map(Self.column), foreignKeys: foreignKeys,
            generatedColumns: generatedColumns, isUnlogged: isUnlogged, descendants: descendants,
            census: left.census == right.census ? left.census : nil,
            isReadWithDescendants: left.isReadWithDescendants ?? right.isReadWithDescendants,
            isDistributed: left.isDistributed ?? right.isDistributed,
            isSharded: left.isSharded ?? right.isSharded, foreignFunctions: foreignFunctions,
            partitionsOutOfScope: partitionsOutOfScope)
    }

    private var foreignFunctions: [ForeignFunction]? {
        guard let mine = left.foreignFunctions, let theirs = right.foreignFunctions else {
            return left.foreignFunctions ?? right.foreignFunctions
        }
        return mine + theirs.filter { !mine.contains($0) }
    }

    private var partitionsOutOfScope: [RelationName]? {
        let both = Set(left.partitionsOutOfScope ?? []).union(right.partitionsOutOfScope ?? [])
        return both.isEmpty ? nil : both.sorted()
    }

    private var isUnlogged: Bool? {
        left.isUnlogged.flatMap { mine in right.isUnlogged.map { mine || $0 } }
    }

    private var descendants: [RelationName]? {
        guard let mine = left.descendants, let theirs = right.descendants else { return nil }
        return Set(mine).union(theirs).sorted()
    }

    private var generatedColumns: [Identifier]? {
        guard let mine = left.generatedColumns, let theirs = right.generatedColumns else { return nil }
        return Set(mine).union(theirs).sorted()
    }

    private var foreignKeys: [ForeignKey]? {
        guard let mine = left.foreignKeys, let theirs = right.foreignKeys else { return nil }
        return Set(mine).union(theirs).sorted { ($0.name, $0.references) < ($1.name, $1.references) }
    }

    /// The same relation with another number, that of its place.
    static func numbered(_ relation: Relation, _ oid: UInt32) -> Relation {
        var numbered = relation
        numbered.oid = oid
        numbered.fileNode = 0
        numbered.headers = nil
        numbered.tree = nil
        numbered.keys.sort { $0.name < $1.name }
        return numbered
    }

    /// What both columns have in common.
    static func column(_ left: Column, _ right: Column) -> Column {
        Column(
            number: left.number, name: left.name, typeName: left.typeName,
            typeOID: min(left.typeOID, right.typeOID), family: left.family,
            declaredLength: left.declaredLength, isNotNull: left.isNotNull && right.isNotNull,
            isGenerated: left.isGenerated, isSelectable: left.isSelectable && right.isSelectable,
            storage: left.storage.rawValue < right.storage.rawValue ? left.storage : right.storage)
    }

    private func checkShape() throws(MergeError) {
        let name = left.name.losslessText
        try same("the kind", left.kind.rawValue, right.kind.rawValue, of: name)
        try same("the root", text(left.root), text(right.root), of: name)
        try same("LOB columns", "\(left.columns.count)", "\(right.columns.count)", of: name)
        for (mine, theirs) in zip(left.columns, right.columns) {
            let subject = "\(name).\(mine.name.losslessText)"
            guard mine.name == theirs.name else {
                throw MergeError(
                    subject,
                    .differs(what: "the name", one: mine.name.losslessText, other: theirs.name.losslessText))
            }
            try same("type", Self.type(mine), Self.type(theirs), of: subject)
        }
    }

    private func text(_ root: RelationName?) -> String { root?.losslessText ?? "none" }

    private static func type(_ column: Column) -> String {
        let length = column.declaredLength.map { "(\($0))" } ?? ""
        return "\(column.typeName.losslessText)\(length)\(column.isGenerated ? " generated" : "")"
            + " [\(column.family.rawValue)]"
    }

    private func same(_ what: String, _ one: String, _ other: String, of name: String) throws(MergeError) {
        guard !one.utf8.elementsEqual(other.utf8) else { return }
        throw MergeError(name, .differs(what: what, one: one, other: other))
    }
}

extension Relation.ReplicaIdentity {
    /// How much an UPDATE tells a replica.
    fileprivate var rank: Int {
        switch self {
        case .nothing: 0
        case .default: 1
        case .index: 2
        case .full: 3
        }
    }
}
