import LOBProfile
import PostgreSQLClient

/// The types of columns that a survey is about, by OID and modifier.
struct ColumnTypes {
    private var types: [Key: ColumnType] = [:]

    private struct Key: Hashable {
        let oid: UInt32
        let modifier: Int
    }

    /// What a column has from its type, through domains.
    struct ColumnType {
        let name: Identifier
        let family: TypeFamily
        /// The n of varchar(n) or char(n), in characters.
        let declaredLength: Int?
        let isNotNull: Bool
    }

    /// The OIDs, in order.
    var oids: [UInt32] { Set(types.keys.map(\.oid)).sorted() }

    /// The type of a column; nil where the survey is not about it.
    subscript(oid: UInt32, modifier modifier: Int) -> ColumnType? {
        types[Key(oid: oid, modifier: modifier)]
    }

    /// Adds a row of ``CatalogSQL/types``.
    mutating func add(_ row: borrowing Row) throws(PostgreSQLError) {
        guard let family = TypeFamily(rawValue: try row.text(3)) else { return }
        let modifier = Int(try row.int64(4))
        let hasLength = (family == .varchar || family == .bpchar) && modifier >= 4
        types[Key(oid: try row.uint32(0), modifier: Int(try row.int64(1)))] = ColumnType(
            name: Identifier(bytes: try row.bytes(2)), family: family,
            // A type modifier counts a header of four bytes too (VARHDRSZ).
            declaredLength: hasLength ? modifier - 4 : nil, isNotNull: try row.bool(5))
    }
}
