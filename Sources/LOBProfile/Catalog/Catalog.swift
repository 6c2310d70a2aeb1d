/// Everything that was read from the catalog of one database before a row was visited.
public struct Catalog: Sendable, Equatable {
    public let database: Identifier
    public let server: ServerFacts
    /// In the order of their names.
    public let relations: [Relation]

    /// Creates a catalog; sorts the relations by name.
    public init(database: Identifier, server: ServerFacts, relations: [Relation]) {
        self.database = database
        self.server = server
        self.relations = relations.sorted { $0.name < $1.name }
    }
}
