public import SizeStatistics

/// The rows above the limits of limited tables, to be copied by hand after a migration.
///
/// It holds key values: of all that lobscope makes, nothing else has any value of a row in it.
public struct PatchPlan: Sendable, Equatable {
    /// Tables with rows above their limit, in the order of names.
    public let tables: [Table]
    /// How many tables were looked through.
    public let tablesRead: Int
    /// Whether names and keys are bytes of no known encoding (SQL_ASCII).
    public let isEncodingUnknown: Bool

    /// A table with the keys of its rows.
    public struct Table: Sendable, Equatable {
        public let name: RelationName
        public let limit: Kibibytes
        /// The columns of a key that names one row, in the order of the key.
        public let keyColumns: [Identifier]
        /// The LOB columns to copy.
        public let columns: [Identifier]
        /// For each row its key: an SQL literal for each key column, quoted by the server.
        public let keys: [[[UInt8]]]
        /// Bytes of the LOB columns of these rows together.
        public let bytes: ByteCount
        /// Whether its rows are in tables that inherit from it, so that they are read and written without `ONLY`.
        public let isReadWithDescendants: Bool

        /// Creates a table.
        public init(
            name: RelationName, limit: Kibibytes, keyColumns: [Identifier], columns: [Identifier],
            keys: [[[UInt8]]], bytes: ByteCount, isReadWithDescendants: Bool = false
        ) {
            self.isReadWithDescendants = isReadWithDescendants
            self.name = name
            self.limit = limit
            self.keyColumns = keyColumns
            self.columns = columns
            self.keys = keys
            self.bytes = bytes
        }
    }

    /// Creates a plan.
    public init(tables: [Table], tablesRead: Int, isEncodingUnknown: Bool) {
        self.tables = tables
        self.tablesRead = tablesRead
        self.isEncodingUnknown = isEncodingUnknown
    }
}
