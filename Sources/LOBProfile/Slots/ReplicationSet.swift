/// A replication set of pglogical, as the catalog of the source describes it.
public struct ReplicationSet: Sendable, Equatable {
    public let name: Identifier
    public let tables: [Table]
    /// The kinds of changes that it replicates.
    public let changes: Set<RowChange>

    /// A table in a set.
    public struct Table: Sendable, Equatable {
        public let name: RelationName
        /// The columns that are replicated; nil for all.
        public let columns: [Identifier]?
        /// Whether a row filter holds rows back.
        public let hasRowFilter: Bool

        /// Creates an entry.
        public init(name: RelationName, columns: [Identifier]?, hasRowFilter: Bool) {
            self.name = name
            self.columns = columns
            self.hasRowFilter = hasRowFilter
        }
    }

    /// Creates a set.
    public init(name: Identifier, tables: [Table], changes: Set<RowChange> = Set(RowChange.allCases)) {
        self.name = name
        self.tables = tables
        self.changes = changes
    }
}

/// A kind of change of a row.
public enum RowChange: String, Sendable, Codable, CaseIterable {
    case insert, update, delete
}

/// A logical replication slot of the source.
public struct LogicalSlot: Sendable, Equatable {
    public let name: Identifier
    /// `confirmed_flush_lsn`; nil where the server does not say.
    public let confirmedPosition: String?
    /// The library that decodes its changes; nil where nobody looked.
    public let plugin: String?

    /// Creates a slot.
    public init(name: Identifier, confirmedPosition: String?, plugin: String? = nil) {
        self.name = name
        self.confirmedPosition = confirmedPosition
        self.plugin = plugin
    }
}

extension SlotAssignment {
    /// The slots behind the replication sets of a source.
    ///
    /// DMS looks for a set with the name of its slot (updates and deletes), and for one with an `i` before it
    /// (inserts and truncations, and tables without a key): both are one slot. A name that begins with `i` is the
    /// second kind only where the rest is a set or a slot. Sets that pglogical makes by itself carry nothing to
    /// DMS, unless a slot has their name.
    public init(sets: [ReplicationSet], slots: [LogicalSlot]) {
        let setNames = Set(sets.map(\.name))
        let known = Dictionary(slots.map { ($0.name, $0) }) { first, _ in first }
        let used = sets.filter { !Self.builtIn.contains($0.name) || known[$0.name] != nil }
        let byslot = Dictionary(grouping: used) { set in
            Self.base(of: set.name) { setNames.contains($0) || known[$0] != nil }
        }
        self.init(
            source: .pglogical,
            slots: byslot.map { name, sets in Slot(name: name, sets: sets, found: known[name]) })
    }

    private static let builtIn = Set(["default", "default_insert_only", "ddl_sql"].map { Identifier($0) })

    private static func base(of name: Identifier, isKnown: (Identifier) -> Bool) -> Identifier {
        guard name.bytes.first == UInt8(ascii: "i") else { return name }
        let rest = Identifier(bytes: Array(name.bytes.dropFirst()))
        return isKnown(rest) ? rest : name
    }
}

extension SlotAssignment.Slot {
    /// The changes that none of the sets with a table replicates.
    private static func missing(_ sets: [ReplicationSet]) -> [SlotAssignment.MissingChanges] {
        let replicated = sets.flatMap { set in set.tables.map { ($0.name, set.changes) } }
        return Dictionary(replicated) { $0.union($1) }.compactMap { table, changes in
            let missing = RowChange.allCases.filter { !changes.contains($0) }
            return missing.isEmpty ? nil : .init(table: table, changes: missing)
        }
    }

    /// A column list holds only where no set of the slot carries the whole table.
    fileprivate init(name: Identifier, sets: [ReplicationSet], found: LogicalSlot?) {
        let byTable = Dictionary(grouping: sets.flatMap(\.tables), by: \.name)
        let lists = byTable.compactMap { table, entries -> SlotAssignment.ColumnList? in
            let columns = entries.map(\.columns)
            guard !columns.contains(nil) else { return nil }
            return .init(table: table, columns: columns.compactMap(\.self).flatMap(\.self))
        }
        self.init(
            name: name, tables: Array(byTable.keys), columnLists: lists,
            filteredTables: byTable.filter { $0.value.contains(where: \.hasRowFilter) }.map(\.key),
            missingChanges: Self.missing(sets),
            confirmedPosition: found?.confirmedPosition, isOnServer: found != nil,
            plugin: found?.plugin)
    }
}
