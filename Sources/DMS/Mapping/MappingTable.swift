/// One relation that a task migrates, with its LOB settings.
public struct MappingTable: Hashable, Sendable {
    public let name: RelationName
    /// nil where the relation has no LOB column: then there is a selection rule and nothing else.
    public let lobSettings: LOBSettings?

    /// Creates an entry.
    public init(name: RelationName, lobSettings: LOBSettings?) {
        self.name = name
        self.lobSettings = lobSettings
    }

    /// Whether rules can name the relation; see ``RelationName/isSpellableInMapping``.
    public var isSpellable: Bool { name.isSpellableInMapping }
}

extension RelationName {
    /// Whether both parts can be written in a mapping rule so that it means this relation and no other;
    /// see ``Identifier/isSpellableInMapping``.
    public var isSpellableInMapping: Bool {
        schema.isSpellableInMapping && name.isSpellableInMapping
    }
}

extension Identifier {
    /// Whether a mapping rule can spell the name.
    ///
    /// A rule is JSON, so the name must be UTF-8. DMS refuses `%` in a table-settings rule, and documents
    /// no way to write `%`, `[` or `]` as themselves for a PostgreSQL source (DMS user guide, wildcards in
    /// table mapping). `_` is itself in the explicit and table-settings rules that lobscope writes.
    public var isSpellableInMapping: Bool {
        text != nil && !bytes.isEmpty && !bytes.contains { "%[]".utf8.contains($0) }
    }
}
