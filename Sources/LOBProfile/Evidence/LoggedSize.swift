public import Vocabulary

/// The size of a value that a log of DMS tells of: evidence that stays when the row has shrunk or gone, as another like it may
/// come.
public struct LoggedSize: Sendable, Codable, Hashable {
    public let relation: RelationName
    public let column: Identifier
    /// The length that the log gives, in bytes.
    public let size: ByteCount
    /// When, as the log writes it; nil where it does not say.
    public let time: String?

    /// Creates an entry.
    public init(relation: RelationName, column: Identifier, size: ByteCount, time: String?) {
        self.relation = relation
        self.column = column
        self.size = size
        self.time = time
    }

    /// Of each column the largest, in the order of names.
    package static func largest(of sizes: [LoggedSize]) -> [LoggedSize] {
        var byColumn: [RelationName: [Identifier: LoggedSize]] = [:]
        for entry in sizes {
            let known = byColumn[entry.relation]?[entry.column]
            if known.map({ $0.size < entry.size }) ?? true {
                byColumn[entry.relation, default: [:]][entry.column] = entry
            }
        }
        return byColumn.values.flatMap(\.values).sorted {
            ($0.relation, $0.column) < ($1.relation, $1.column)
        }
    }
}
