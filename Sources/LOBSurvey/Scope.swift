public import LOBProfile

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

    /// The catalog with only the relations in scope.
    ///
    /// - Throws: `SurveyError.nothingMatches` for a pattern that matches no relation.
    func apply(to catalog: Catalog) throws(SurveyError) -> Catalog {
        for pattern in schemas
        where !catalog.relations.contains(where: { pattern.matches(schema: $0.name.schema) }) {
            throw .nothingMatches(option: "--schema", pattern: pattern)
        }
        for (option, patterns) in [("--table", tables), ("--exclude-table", excludedTables)] {
            for pattern in patterns where !catalog.relations.contains(where: { Self.matches(pattern, $0) }) {
                throw .nothingMatches(option: option, pattern: pattern)
            }
        }
        return Catalog(
            database: catalog.database, server: catalog.server, relations: catalog.relations.filter(contains))
    }

    /// Checks patterns of another option, such as `--truncation-ok`, against what is in scope.
    ///
    /// - Throws: `SurveyError.nothingMatches` for a pattern that matches no relation.
    static func check(
        _ patterns: [NamePattern], of option: String, in catalog: Catalog
    ) throws(SurveyError) {
        for pattern in patterns where !catalog.relations.contains(where: { matches(pattern, $0) }) {
            throw .nothingMatches(option: option, pattern: pattern)
        }
    }

    private func contains(_ relation: Relation) -> Bool {
        (schemas.isEmpty || schemas.contains { $0.matches(schema: relation.name.schema) })
            && (tables.isEmpty || tables.contains { Self.matches($0, relation) })
            && !excludedTables.contains { Self.matches($0, relation) }
    }

    private static func matches(_ pattern: NamePattern, _ relation: Relation) -> Bool {
        pattern.matches(relation.name) || pattern.matches(relation.logicalName)
    }
}
