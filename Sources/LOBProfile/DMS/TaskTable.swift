/// What the task settings need to know of one table.
public struct TaskTable: Hashable, Sendable {
    public let name: RelationName
    public let mode: LOBMode
    /// `bulk-max-size` of its table-settings rule; not looked at where ``mode`` is `none`.
    public let bulkMaxSize: Kibibytes
    /// Batch apply loses rows of such a table (AWS DMS assessment
    /// `postgres-check-batch-apply-target-pk-ui-simultaneously`).
    public let hasPrimaryKeyAndOtherUniqueIndex: Bool

    /// Creates an entry.
    public init(
        name: RelationName, mode: LOBMode, bulkMaxSize: Kibibytes, hasPrimaryKeyAndOtherUniqueIndex: Bool
    ) {
        self.name = name
        self.mode = mode
        self.bulkMaxSize = bulkMaxSize
        self.hasPrimaryKeyAndOtherUniqueIndex = hasPrimaryKeyAndOtherUniqueIndex
    }
}

extension Relation {
    /// Whether it has a primary key and any other unique index, partial ones included: each can make a
    /// batch fail or skip a row.
    public var hasPrimaryKeyAndOtherUniqueIndex: Bool {
        primaryKey != nil && keys.contains { !$0.isPrimary && $0.isValid }
    }
}
