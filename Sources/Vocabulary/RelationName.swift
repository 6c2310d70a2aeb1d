/// The schema-qualified name of a relation.
public struct RelationName: Hashable, Comparable, Sendable, Codable {
    /// The schema that holds the relation.
    public let schema: Identifier
    /// The relation's own name.
    public let name: Identifier

    /// Creates a qualified name.
    public init(schema: Identifier, name: Identifier) {
        self.schema = schema
        self.name = name
    }

    /// Orders by the bytes of the schema, then of the name.
    public static func < (left: RelationName, right: RelationName) -> Bool {
        left.schema == right.schema ? left.name < right.name : left.schema < right.schema
    }

    /// `schema.name` for people; see ``Identifier/losslessText``.
    ///
    /// A reader of it cannot tell where a name with dots is divided: keys use the value itself.
    public var losslessText: String {
        schema.losslessText + "." + name.losslessText
    }
}
