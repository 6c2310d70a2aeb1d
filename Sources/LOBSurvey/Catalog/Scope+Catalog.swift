import LOBProfile

extension Scope {
    /// The catalog with only the relations in scope.
    ///
    /// - Throws: `SurveyError.nothingMatches` for a pattern that matches no relation, `SurveyError.isView` where it
    ///   matches a view.
    func apply(to catalog: Catalog) throws(SurveyError) -> Catalog {
        for pattern in schemas
        where !catalog.relations.contains(where: { pattern.matches(schema: $0.name.schema) }) {
            throw .nothingMatches(option: "--schema", pattern: pattern)
        }
        for (option, patterns) in [("--table", tables), ("--exclude-table", excludedTables)] {
            try Self.check(patterns, of: option, in: catalog)
        }
        return part(of: catalog)
    }

    /// The catalog with only the relations in scope, each of which knows the partitions beside it that are not.
    func part(of catalog: Catalog) -> Catalog {
        let left = catalog.relations.filter { $0.root != nil && !contains($0) }
        let partitions = Dictionary(grouping: left, by: \.logicalName).mapValues { $0.map(\.name) }
        let relations = catalog.relations.filter(contains).map { relation in
            var relation = relation
            relation.partitionsOutOfScope = relation.root.flatMap { partitions[$0] }
            return relation
        }
        var server = catalog.server
        server.tablesOfDMS = server.tablesOfDMS?.filter { contains($0, root: $0) }
        return Catalog(
            database: catalog.database, server: server, relations: relations,
            codeOfOthers: catalog.codeOfOthers, views: catalog.views)
    }

    /// Checks patterns of another option, such as `--truncation-ok`, against what is in scope.
    ///
    /// - Throws: `SurveyError.nothingMatches` for a pattern that matches no relation, `SurveyError.isView` where it
    ///   matches a view.
    static func check(
        _ patterns: [NamePattern], of option: String, in catalog: Catalog
    ) throws(SurveyError) {
        for pattern in patterns where !catalog.relations.contains(where: { matches(pattern, $0) }) {
            throw catalog.views.contains(where: pattern.matches)
                ? .isView(option: option, pattern: pattern)
                : .nothingMatches(option: option, pattern: pattern)
        }
    }
}
