/// A table, leaf partition, materialized view or foreign table, with the columns that matter here.
public struct Relation: Sendable, Codable, Equatable {
    /// `pg_class.oid`: the key of everything that is said about it.
    public let oid: UInt32
    public let name: RelationName
    public let kind: Kind
    /// The topmost partitioned table of a leaf; nil otherwise.
    public let root: RelationName?
    /// Size of the main fork in blocks when the catalog was read.
    public let blocks: Int
    /// Stored bytes of its TOAST table, 0 where it has none.
    public let toastBytes: Int64
    /// `pg_class.reltuples`; nil where never analysed.
    public let estimatedRows: Double?
    /// `pg_relation_filenode`: changes when the table is rewritten.
    public let fileNode: UInt32
    /// The table access method, `heap` unless something else is installed; nil for foreign tables.
    public let accessMethod: Identifier?
    /// Whether row security would hide rows from the current role.
    public let isRowSecurityActive: Bool
    /// Whether the role may read the whole table (`ctid` needs that).
    public let isSelectable: Bool
    /// Whether an extension owns it.
    public let isExtensionOwned: Bool
    public let replicaIdentity: ReplicaIdentity
    public let keys: [UniqueIndex]
    /// LOB columns, columns with another truncation risk, and oid/lo columns, by attribute number.
    public let columns: [Column]
    /// Foreign keys of the table itself, in the order of names; nil where they were not read.
    public let foreignKeys: [ForeignKey]?
    /// Generated columns of any type, in the order of names; nil where they were not read.
    public let generatedColumns: [Identifier]?
    /// What the server shows of the headers of values, so that the size of json need not be found by making its text;
    /// nil where nothing, and of tables without json.
    public let headers: Headers?

    /// What a server shows of the headers of stored values.
    public enum Headers: String, Sendable, Codable {
        /// Whether a value is compressed (14): one that is not, and is larger than a block, is stored outside with a
        /// header of its own, so its stored size is its size.
        case compression
        /// Also whether it is stored outside (17): the size of each that is not compressed is known.
        case place
        /// Also what is stored outside: the beginning of a compressed value says how large it is.
        case content
    }

    /// `pg_class.relkind`, with leaves told apart.
    public enum Kind: String, Sendable, Codable {
        case table, leaf, materializedView, foreignTable

        /// Whether DMS can migrate it: only ordinary tables and leaves are selected by rules.
        public var isMigratable: Bool { self == .table || self == .leaf }

        /// The kind in words.
        public var words: String {
            switch self {
            case .table: "table"
            case .leaf: "leaf"
            case .materializedView: "materialized view"
            case .foreignTable: "foreign table"
            }
        }
    }

    /// `pg_class.relreplident`.
    public enum ReplicaIdentity: String, Sendable, Codable {
        case `default`, nothing, full, index
    }

    /// Creates a relation.
    public init(
        oid: UInt32, name: RelationName, kind: Kind, root: RelationName?, blocks: Int, toastBytes: Int64,
        estimatedRows: Double?, fileNode: UInt32, accessMethod: Identifier?, isRowSecurityActive: Bool,
        isSelectable: Bool, isExtensionOwned: Bool, replicaIdentity: ReplicaIdentity, keys: [UniqueIndex],
        columns: [Column], foreignKeys: [ForeignKey]? = nil,
        generatedColumns: [Identifier]? = nil, headers: Headers? = nil
    ) {
        self.headers = headers
        self.oid = oid
        self.name = name
        self.kind = kind
        self.root = root
        self.blocks = blocks
        self.toastBytes = toastBytes
        self.estimatedRows = estimatedRows
        self.fileNode = fileNode
        self.accessMethod = accessMethod
        self.isRowSecurityActive = isRowSecurityActive
        self.isSelectable = isSelectable
        self.isExtensionOwned = isExtensionOwned
        self.replicaIdentity = replicaIdentity
        self.keys = keys
        self.columns = columns
        self.foreignKeys = foreignKeys
        self.generatedColumns = generatedColumns
    }

    /// The same relation with only some of its columns.
    func keeping(columns isKept: (Column) -> Bool) -> Relation {
        Relation(
            oid: oid, name: name, kind: kind, root: root, blocks: blocks, toastBytes: toastBytes,
            estimatedRows: estimatedRows, fileNode: fileNode, accessMethod: accessMethod,
            isRowSecurityActive: isRowSecurityActive, isSelectable: isSelectable,
            isExtensionOwned: isExtensionOwned, replicaIdentity: replicaIdentity, keys: keys,
            columns: columns.filter(isKept), foreignKeys: foreignKeys,
            generatedColumns: generatedColumns, headers: headers)
    }

    /// The table that a person thinks of: the partitioned root of a leaf, itself otherwise.
    public var logicalName: RelationName { root ?? name }

    /// Columns that DMS treats as LOBs.
    public var lobColumns: [Column] { columns.filter { $0.lobClass != .none } }

    /// The primary key, where there is one.
    public var primaryKey: UniqueIndex? { keys.first(where: \.isPrimary) }

    /// Whether DMS can find a row again: a primary key, or a unique index that is neither partial,
    /// deferrable, on expressions, nor on nullable columns.
    public var hasUsableKey: Bool { keys.contains(where: \.identifiesRows) }
}
