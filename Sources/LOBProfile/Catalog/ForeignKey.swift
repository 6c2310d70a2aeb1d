/// A foreign key of a table.
public struct ForeignKey: Hashable, Sendable, Codable {
    public let name: Identifier
    /// The table that it refers to.
    public let references: RelationName

    /// Creates a foreign key.
    public init(name: Identifier, references: RelationName) {
        self.name = name
        self.references = references
    }
}
