/// What the task settings need to know of one table.
public struct TaskTable: Hashable, Sendable {
    public let name: RelationName
    public let mode: LOBMode
    /// `bulk-max-size` of its table-settings rule; not looked at where ``mode`` is `none`.
    public let bulkMaxSize: Kibibytes
    /// Batch apply loses rows of such a table (AWS DMS assessment
    /// `postgres-check-batch-apply-target-pk-ui-simultaneously`).
    public let hasPrimaryKeyAndOtherUniqueIndex: Bool
    /// Without a key only inserts go in batches (AWS DMS assessment
    /// `postgres-check-batch-apply-target-pk-ui-absence`).
    public let hasKey: Bool
    /// Whether rows of it refer to rows of another table, or of itself.
    public let hasForeignKeys: Bool
    /// Whether its values may be cut: then its limit is not that of the task.
    public let isTruncationOK: Bool

    /// Whether its changes can all be applied in batches, foreign keys apart.
    public var isBatchable: Bool { mode != .unlimited && hasKey && !hasPrimaryKeyAndOtherUniqueIndex }

    /// Creates an entry.
    public init(
        name: RelationName, mode: LOBMode, bulkMaxSize: Kibibytes, hasPrimaryKeyAndOtherUniqueIndex: Bool,
        hasKey: Bool, hasForeignKeys: Bool = false, isTruncationOK: Bool = false
    ) {
        self.hasForeignKeys = hasForeignKeys
        self.isTruncationOK = isTruncationOK
        self.hasKey = hasKey
        self.name = name
        self.mode = mode
        self.bulkMaxSize = bulkMaxSize
        self.hasPrimaryKeyAndOtherUniqueIndex = hasPrimaryKeyAndOtherUniqueIndex
    }
}
