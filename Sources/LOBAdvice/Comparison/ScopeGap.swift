/// Tables of one profile that another did not look at.
struct ScopeGap {
    /// The scope of the profile that may have left tables out; nil where it looked at all, or did not say.
    private let scope: Scope?
    /// The relations of the other profile by the table that a person thinks of.
    private let relations: [RelationName: [Relation]]
    /// Schemas that a table may be in on the other side; nil where a name means the same on both.
    private let schemas: Set<Identifier>?

    /// What the scope of a profile leaves out of another.
    ///
    /// - Parameter acrossSchemas: whether a table may have another schema, and upper for lower case, on the other side.
    init(of profile: Profile, in other: Profile, acrossSchemas: Bool) {
        scope = profile.scope
        relations = Dictionary(grouping: other.tables.map(\.relation), by: \.logicalName)
        schemas = acrossSchemas ? Set(profile.tables.map(\.relation.logicalName.schema)) : nil
    }

    /// Whether a table of the other profile was not looked at, under any name that it could have.
    func contains(_ table: RelationName) -> Bool {
        guard let scope, let parts = relations[table] else { return false }
        return !parts.contains { part in
            names(of: part).contains { scope.contains($0.own, root: $0.root) }
        }
    }

    private func names(of part: Relation) -> [(own: RelationName, root: RelationName)] {
        let own = (part.name, part.logicalName)
        guard let schemas else { return [own] }
        let moved = schemas.map { schema in
            (part.name.moved(to: schema), part.logicalName.moved(to: schema))
        }
        return ([own] + moved).flatMap { own, root in
            [(own, root), (own.lowercased, root.lowercased), (own.uppercased, root.uppercased)]
        }
    }
}

/// A table that only one of two profiles looked at, so that nothing is said of it.
public struct OutOfScope: Sendable, Equatable {
    public let table: RelationName
    /// The relations that hold its rows: itself, or its partitions.
    public let leaves: [RelationName]
    /// The profile whose scope leaves it out.
    public let side: Side

    /// One of the two profiles.
    public enum Side: String, Sendable, CaseIterable {
        case old, new
    }
}

extension RelationName {
    fileprivate func moved(to schema: Identifier) -> RelationName {
        RelationName(schema: schema, name: name)
    }

    fileprivate var lowercased: RelationName {
        RelationName(schema: Identifier(bytes: schema.folded), name: Identifier(bytes: name.folded))
    }

    fileprivate var uppercased: RelationName {
        let upper = { (name: Identifier) in
            Identifier(bytes: name.bytes.map { 0x61...0x7A ~= $0 ? $0 & 0xDF : $0 })
        }
        return RelationName(schema: upper(schema), name: upper(name))
    }
}
