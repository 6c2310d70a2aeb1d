/// Everything that was read from the catalog of one database before a row was visited.
public struct Catalog: Sendable, Equatable {
    public let database: Identifier
    public package(set) var server: ServerFacts
    /// In the order of their names.
    public let relations: [Relation]
    /// Of all tables of the database, those out of scope too.
    public let codeOfOthers: CodeOfOthers
    /// Views, which are never measured, in no order.
    public let views: [RelationName]

    /// Creates a catalog; sorts the relations by name.
    public init(
        database: Identifier, server: ServerFacts, relations: [Relation],
        codeOfOthers: CodeOfOthers = CodeOfOthers(), views: [RelationName] = []
    ) {
        self.views = views
        self.database = database
        self.server = server
        self.codeOfOthers = codeOfOthers
        self.relations = relations.sorted { $0.name < $1.name }
    }
}
