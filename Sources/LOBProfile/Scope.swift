/// Which tables a survey looks at: pg_dump's patterns.
public struct Scope: Sendable, Equatable, Codable {
    /// `--schema`: only tables in matching schemas; empty for all.
    public var schemas: [NamePattern]
    /// `--table`: only matching tables; empty for all.
    ///
    /// A partitioned root stands for its leaves.
    public var tables: [NamePattern]
    /// `--exclude-table`: not these.
    public var excludedTables: [NamePattern]

    /// Creates a scope; everything without arguments.
    public init(schemas: [NamePattern] = [], tables: [NamePattern] = [], excludedTables: [NamePattern] = []) {
        self.schemas = schemas
        self.tables = tables
        self.excludedTables = excludedTables
    }

    /// Whether no pattern leaves anything out.
    public var isWholeDatabase: Bool { schemas.isEmpty && tables.isEmpty && excludedTables.isEmpty }

    /// Whether a relation is looked at.
    public func contains(_ relation: Relation) -> Bool {
        contains(relation.name, root: relation.logicalName)
    }

    /// Whether a relation with this name and this topmost table is looked at.
    package func contains(_ name: RelationName, root: RelationName) -> Bool {
        let isNamed = { (pattern: NamePattern) in pattern.matches(name) || pattern.matches(root) }
        return (schemas.isEmpty || schemas.contains { $0.matches(schema: name.schema) })
            && (tables.isEmpty || tables.contains(where: isNamed)) && !excludedTables.contains(where: isNamed)
    }

    /// Whether a pattern means a relation, by its own name or that of its root.
    public static func matches(_ pattern: NamePattern, _ relation: Relation) -> Bool {
        pattern.matches(relation.name) || pattern.matches(relation.logicalName)
    }
}
