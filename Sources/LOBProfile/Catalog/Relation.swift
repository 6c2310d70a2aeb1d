/// A table, leaf partition, materialized view or foreign table, with the columns that matter here.
public struct Relation: Sendable, Codable, Equatable {
    /// `pg_class.oid`: the key of everything that is said about it.
    public package(set) var oid: UInt32
    public package(set) var name: RelationName
    public package(set) var kind: Kind
    /// The topmost partitioned table of a leaf; nil otherwise.
    public package(set) var root: RelationName?
    /// Size of the main fork in blocks when the catalog was read.
    public package(set) var blocks: Int
    /// Stored bytes of its TOAST table, 0 where it has none.
    public package(set) var toastBytes: Int64
    /// Whether the visibility map says of less than half of its TOAST table's blocks that everybody sees all their rows, so
    /// that reading the index alone is not enough; nil for no, and where nobody looked.
    public package(set) var isTOASTMostlyUnseen: Bool?
    /// `pg_class.reltuples`; nil where never analysed.
    public package(set) var estimatedRows: Double?
    /// `pg_relation_filenode`: changes when the table is rewritten.
    public package(set) var fileNode: UInt32
    /// The table access method, `heap` unless something else is installed; nil for foreign tables.
    public package(set) var accessMethod: Identifier?
    /// Whether row security would hide rows from the current role.
    public package(set) var isRowSecurityActive: Bool
    /// Whether the role may read the whole table (`ctid` needs that).
    public package(set) var isSelectable: Bool
    public package(set) var replicaIdentity: ReplicaIdentity
    public package(set) var keys: [UniqueIndex]
    /// LOB columns, columns with another truncation risk, and oid/lo columns, by attribute number.
    public package(set) var columns: [Column]
    /// Foreign keys of the table itself, in the order of names; nil where they were not read.
    public package(set) var foreignKeys: [ForeignKey]?
    /// Generated columns of any type, in the order of names; nil where they were not read.
    public package(set) var generatedColumns: [Identifier]?
    /// What the server shows of the headers of values, so that the size of json need not be found by making its text;
    /// nil where nothing, and of tables without json.
    public package(set) var headers: Headers?
    /// What the tables of one tree have in common, so that they can be read in one moment: the OID of the topmost
    /// partitioned table, or the smallest OID among tables that inherit from one another; nil for a table by itself.
    public package(set) var tree: UInt32?
    /// What all parts of one logical table have in common.
    package var treeOID: UInt32 { tree ?? oid }
    /// Whether its changes are not in the WAL, so that a crash of the server empties it; nil where nobody looked.
    public package(set) var isUnlogged: Bool?
    /// The tables that inherit from it, directly or not, in the order of names: `SELECT` without `ONLY` reads their rows
    /// too; nil where nobody looked.
    public package(set) var descendants: [RelationName]?
    /// The other partitions of its partitioned table that are out of scope, in the order of names; nil where there are none.
    public package(set) var partitionsOutOfScope: [RelationName]?
    /// Functions of others that reading it may run; nil where there are none, or nobody looked.
    public package(set) var foreignFunctions: [ForeignFunction]?
    /// All columns, counted; nil where nobody did.
    public package(set) var census: Census?
    /// Whether it is a hypertable of TimescaleDB; nil for no.
    ///
    /// Its rows are in chunks, which inherit from it and are out of scope: they are read with it, without `ONLY`.
    public package(set) var isReadWithDescendants: Bool?
    /// Whether its rows are in shards of Citus, which have names of their own; nil for no.
    public package(set) var isDistributed: Bool?
    /// Whether they are in several shards, which a statement through this server sees as of different moments; nil for no.
    public package(set) var isSharded: Bool?

    /// All columns of a relation, of whatever types.
    public struct Census: Sendable, Codable, Equatable {
        /// Columns that are not dropped, counted without a look at their types.
        public let columns: Int
        /// Those whose values are small whatever they hold, by ``DeclaredType/family``.
        public let harmless: Int
        /// Others that are computed whenever they are read, and so are not measured, in the order of names.
        public let virtual: [Identifier]
        /// The names of the harmless ones, in the order of the table; nil in profiles of versions that did not ask.
        public let names: [Identifier]?

        /// Creates a census.
        public init(columns: Int, harmless: Int, virtual: [Identifier], names: [Identifier]? = nil) {
            self.names = names
            self.columns = columns
            self.harmless = harmless
            self.virtual = virtual
        }
    }

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
        isSelectable: Bool, replicaIdentity: ReplicaIdentity, keys: [UniqueIndex],
        columns: [Column], foreignKeys: [ForeignKey]? = nil,
        generatedColumns: [Identifier]? = nil, headers: Headers? = nil, tree: UInt32? = nil,
        isUnlogged: Bool? = nil, descendants: [RelationName]? = nil, census: Census? = nil,
        isReadWithDescendants: Bool? = nil, isDistributed: Bool? = nil, isSharded: Bool? = nil,
        foreignFunctions: [ForeignFunction]? = nil, partitionsOutOfScope: [RelationName]? = nil,
        isTOASTMostlyUnseen: Bool? = nil
    ) {
        self.isTOASTMostlyUnseen = isTOASTMostlyUnseen
        self.partitionsOutOfScope = partitionsOutOfScope
        self.census = census
        self.isReadWithDescendants = isReadWithDescendants
        self.isDistributed = isDistributed
        self.isSharded = isSharded
        self.tree = tree
        self.isUnlogged = isUnlogged
        self.descendants = descendants
        self.headers = headers
        self.foreignFunctions = foreignFunctions
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
        self.replicaIdentity = replicaIdentity
        self.keys = keys
        self.columns = columns
        self.foreignKeys = foreignKeys
        self.generatedColumns = generatedColumns
    }

    /// The same relation with the sizes of others added, which are read with it.
    public func enlarged(blocks: Int, toastBytes: Int64, rows: Double) -> Relation {
        var relation = self
        relation.blocks += blocks
        relation.toastBytes += toastBytes
        let sum = (estimatedRows ?? 0) + rows
        relation.estimatedRows = sum > 0 ? sum : nil
        return relation
    }

    /// The same relation, to be read with the tables that inherit from it.
    public var withDescendants: Relation {
        var relation = self
        relation.isReadWithDescendants = true
        return relation
    }

    /// The same relation with only some of its columns.
    package func keeping(columns isKept: (Column) -> Bool) -> Relation {
        var relation = self
        relation.columns = columns.filter(isKept)
        return relation
    }

    /// Whether rows have a place by which they can be read and found again: those of heaps that hold their rows themselves.
    public var hasPlaces: Bool {
        kind != .foreignTable && (accessMethod.map { $0 == Identifier("heap") } ?? true)
            && isReadWithDescendants != true && isDistributed != true
    }

    /// Whether other tables inherit from it, as was done before there were partitions.
    public var isInheritanceParent: Bool {
        kind == .table && isReadWithDescendants != true && !(descendants ?? []).isEmpty
    }

    /// The table that a person thinks of: the partitioned root of a leaf, itself otherwise.
    public var logicalName: RelationName { root ?? name }

    /// Columns that DMS treats as LOBs.
    public var lobColumns: [Column] { columns.filter { $0.lobClass != .none } }

    /// The names of all its columns; nil where not all are known.
    ///
    /// - Parameter others: those of columns that have been taken out of ``columns``.
    public func columnNames(and others: [Identifier]) -> Set<Identifier>? {
        guard let census, let harmless = census.names else { return nil }
        let names = Set(columns.map(\.name) + others + census.virtual + harmless)
        return names.count == census.columns ? names : nil
    }

    /// The primary key, where there is one.
    public var primaryKey: UniqueIndex? { keys.first(where: \.isPrimary) }

    /// Whether DMS can find a row again: a primary key, or a unique index that is neither partial,
    /// deferrable, on expressions, nor on nullable columns.
    public var hasUsableKey: Bool { keys.contains(where: \.identifiesRows) }
}
