/// What a task needs to know of tables that are recommended something.
extension EndpointSettings {
    /// The settings that go with the recommended tables: a task must stop where a table is limited whose
    /// values must not be cut, and varchar without a length needs room for its largest values.
    public init(
        tables: [TableRecommendation], slot: Identifier? = nil, plugin: OutputPlugin? = nil
    ) {
        self.init(
            failsTasksOnLOBTruncation: tables.contains {
                $0.isSelected && $0.mode == .limited && !$0.isTruncationOK
            },
            slot: slot, plugin: plugin,
            unboundedVarcharMaxSize: tables.filter(\.isSelected).flatMap(\.readColumns).compactMap { column in
                guard UnboundedVarchar.isOne(column.profile.column) else { return nil }
                let sizes = [column.profile.measurement?.largestSize, column.estimate.logged]
                return sizes.compactMap(\.self).max().flatMap(UnboundedVarchar.setting)
            }.max())
    }
}

extension TableRecommendation {
    /// How many columns of the table are LOBs to DMS; the same column of several leaves counts once.
    var lobColumnCount: Int {
        Set(columns.filter { $0.profile.column.lobClass != .none }.map(\.profile.column.name)).count
    }
}

extension Relation {
    /// Whether it has a primary key and any other unique index, partial ones included: each can make a
    /// batch fail or skip a row.
    public var hasPrimaryKeyAndOtherUniqueIndex: Bool {
        primaryKey != nil && keys.contains { !$0.isPrimary && $0.isValid }
    }

    /// Whether a key names each of its rows.
    public var hasKey: Bool { keys.contains(where: \.identifiesRows) }

    /// The relation as its task sees it.
    public func taskTable(mode: LOBMode, bulkMaxSize: Kibibytes, isTruncationOK: Bool = false) -> TaskTable {
        TaskTable(
            name: name, mode: mode, bulkMaxSize: bulkMaxSize,
            hasPrimaryKeyAndOtherUniqueIndex: hasPrimaryKeyAndOtherUniqueIndex, hasKey: hasKey,
            hasForeignKeys: !(foreignKeys ?? []).isEmpty, isTruncationOK: isTruncationOK)
    }
}

extension [TableRecommendation] {
    /// The limits of those that are limited, with the number of LOB columns; leaves are loaded as tables of their own, and more
    /// than load at the same time do not matter.
    var limits: [(limit: Kibibytes, lobColumns: Int)] {
        filter { $0.mode == .limited }.flatMap { table in
            repeatElement(
                (table.bulkMaxSize, table.lobColumnCount),
                count: Swift.min(Swift.max(1, table.leaves.count), TaskMemory.defaultSubTasks))
        }
    }
}
