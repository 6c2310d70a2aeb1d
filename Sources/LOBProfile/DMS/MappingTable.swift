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
}
