/// A column that DMS treats as a LOB, or that can be cut in another way, as the catalog describes it.
public struct Column: Hashable, Sendable, Codable {
    /// `pg_attribute.attnum`, 1 or more.
    public let number: Int16
    /// The column's name.
    public let name: Identifier
    /// The declared type as `format_type` prints it.
    public let typeName: Identifier
    /// The declared type's OID, compared again after measuring.
    public let typeOID: UInt32
    /// The kind of type behind any domains.
    public let family: TypeFamily
    /// Declared length in characters of varchar(n), char(n), bit(n) and bit varying(n); nil where none is declared.
    public let declaredLength: Int?
    /// Whether NULL is refused.
    public let isNotNull: Bool
    /// Whether the column is `GENERATED ALWAYS AS (...) STORED` or `VIRTUAL`.
    public let isGenerated: Bool
    /// Whether the current role may read it.
    public let isSelectable: Bool
    /// Where and how large values are stored.
    public let storage: Storage

    /// `pg_attribute.attstorage`.
    public enum Storage: String, Sendable, Codable {
        case plain, external, extended, main
    }

    /// Creates a column.
    public init(
        number: Int16, name: Identifier, typeName: Identifier, typeOID: UInt32, family: TypeFamily,
        declaredLength: Int?, isNotNull: Bool, isGenerated: Bool, isSelectable: Bool, storage: Storage
    ) {
        self.number = number
        self.name = name
        self.typeName = typeName
        self.typeOID = typeOID
        self.family = family
        self.declaredLength = declaredLength
        self.isNotNull = isNotNull
        self.isGenerated = isGenerated
        self.isSelectable = isSelectable
        self.storage = storage
    }

    /// What DMS makes of it.
    public var lobClass: LOBClass { family.lobClass }

    /// Whether lobscope measures it: every LOB, and strings and numbers that may be larger than DMS's.
    public var isMeasured: Bool { !family.isHarmless(declaredLength: declaredLength) }

    /// Bytes at which DMS cuts a varchar without a length unless `unboundedVarcharMaxSize` says more
    /// (DMS user guide, PostgreSQL source).
    public static let unboundedVarcharCap = 8000
}
