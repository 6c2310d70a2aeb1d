/// Which replication slot, and with it which task, carries the changes of which table.
public struct SlotAssignment: Sendable, Codable, Equatable {
    public let source: Source
    /// In the order of their names.
    public let slots: [Slot]

    /// Where an assignment comes from.
    public enum Source: String, Sendable, Codable {
        /// The replication sets of the source.
        case pglogical
        /// Proposed by ``SlotProposal``.
        case auto
        /// A file that a person wrote.
        case file
    }

    /// A slot with its tables.
    public struct Slot: Sendable, Codable, Equatable {
        public let name: Identifier
        /// Relations that rules name: leaves, not roots; in the order of names.
        public let tables: [RelationName]
        /// Columns that the slot carries of tables where it does not carry all, in the order of tables.
        public let columnLists: [ColumnList]
        /// Tables whose rows are filtered, in the order of names.
        public let filteredTables: [RelationName]
        /// `confirmed_flush_lsn` of a slot of this name when it was looked up; nil where there is none.
        public let confirmedPosition: String?
        /// Whether a logical slot of this name is on the server; nil where nobody looked.
        public let isOnServer: Bool?
        /// The library that decodes the slot's changes; nil where there is no such slot, or nobody looked.
        public let plugin: String?
        /// Changes that the slot does not carry of tables that are in it, in the order of tables; nil where it carries all, and in
        /// snapshots that did not say.
        public let missingChanges: [MissingChanges]?

        /// Creates a slot; sorts what it is given.
        public init(
            name: Identifier, tables: [RelationName], columnLists: [ColumnList] = [],
            filteredTables: [RelationName] = [], missingChanges: [MissingChanges] = [],
            confirmedPosition: String? = nil, isOnServer: Bool? = nil, plugin: String? = nil
        ) {
            self.missingChanges =
                missingChanges.isEmpty ? nil : missingChanges.sorted { $0.table < $1.table }
            self.name = name
            self.tables = Set(tables).sorted()
            self.columnLists = columnLists.sorted { $0.table < $1.table }
            self.filteredTables = Set(filteredTables).sorted()
            self.confirmedPosition = confirmedPosition
            self.isOnServer = isOnServer
            self.plugin = plugin
        }
    }

    /// The columns of a table that a slot carries.
    public struct ColumnList: Sendable, Codable, Equatable {
        public let table: RelationName
        public let columns: [Identifier]

        /// Creates a list; sorts the columns.
        public init(table: RelationName, columns: [Identifier]) {
            self.table = table
            self.columns = Set(columns).sorted()
        }
    }

    /// The kinds of changes of a table that a slot does not carry.
    public struct MissingChanges: Sendable, Codable, Equatable {
        public let table: RelationName
        public let changes: [RowChange]

        /// Creates an entry.
        public init(table: RelationName, changes: [RowChange]) {
            self.table = table
            self.changes = changes
        }
    }

    /// Creates an assignment; sorts the slots by name.
    public init(source: Source, slots: [Slot]) {
        self.source = source
        self.slots = slots.sorted { $0.name < $1.name }
    }

    /// The slots that carry a relation, in the order of names.
    public func slots(of table: RelationName) -> [Slot] {
        slots.filter { $0.tables.contains(table) }
    }

    /// The columns of a table that travel; nil where all of them do, in any slot.
    package func carriedColumns(of table: RelationName) -> Set<Identifier>? {
        var carried: Set<Identifier> = []
        for slot in slots(of: table) {
            guard let list = slot.columnLists.first(where: { $0.table == table }) else { return nil }
            carried.formUnion(list.columns)
        }
        return carried.isEmpty ? nil : carried
    }
}
