import LOBProfile
import PostgreSQLClient

/// The types that columns have, by OID and modifier.
struct ColumnTypes {
    private var types: [Key: ColumnType] = [:]
    /// Those whose columns need not be measured.
    var harmless: [(oid: UInt32, modifier: Int)] {
        harmlessKeys.map { ($0.oid, $0.modifier) }.sorted { $0 < $1 }
    }
    private var harmlessKeys: Set<Key> = []

    private struct Key: Hashable {
        let oid: UInt32
        let modifier: Int
    }

    /// What a column has from its type, through domains.
    struct ColumnType {
        let name: Identifier
        let family: TypeFamily
        /// See ``Column/declaredLength``.
        let declaredLength: Int?
        let isNotNull: Bool
    }

    /// The OIDs of types that are more than harmless, in order.
    var oids: [UInt32] { Set(types.keys.map(\.oid)).sorted() }

    /// The type of a column; nil where its values are small whatever they hold.
    subscript(oid: UInt32, modifier modifier: Int) -> ColumnType? {
        types[Key(oid: oid, modifier: modifier)]
    }

    /// Whether a column of the type need not be measured.
    func isHarmless(_ oid: UInt32, modifier: Int) -> Bool {
        harmlessKeys.contains(Key(oid: oid, modifier: modifier))
    }

    /// Adds a row of ``CatalogSQL/types``.
    mutating func add(_ row: borrowing Row) throws(PostgreSQLError) {
        let (oid, modifier) = (try row.uint32(0), Int(try row.int64(1)))
        let length = Int(try row.int64(8))
        let type = DeclaredType(
            base: try row.uint32(5), name: Identifier(bytes: try row.bytes(6)),
            kind: Self.kind(try row.bytes(7)), length: length > 0 ? length : nil,
            modifier: Int(try row.int64(3)),
            extension: row.isNull(9) ? nil : Identifier(bytes: try row.bytes(9)),
            isBinaryText: try row.bool(10), hasSmallBounds: try row.bool(11))
        let family = type.family
        if family?.isHarmless(declaredLength: type.declaredLength) ?? true {
            harmlessKeys.insert(Key(oid: oid, modifier: modifier))
        }
        guard let family else { return }
        types[Key(oid: oid, modifier: modifier)] = ColumnType(
            name: Identifier(bytes: try row.bytes(2)), family: family, declaredLength: type.declaredLength,
            isNotNull: try row.bool(4))
    }

    private static func kind(_ code: [UInt8]) -> DeclaredType.Kind {
        switch code.first {
        case UInt8(ascii: "a"): .array
        case UInt8(ascii: "c"): .composite
        case UInt8(ascii: "e"): .enum
        case UInt8(ascii: "r"): .range
        case UInt8(ascii: "m"): .multirange
        default: .base
        }
    }
}
