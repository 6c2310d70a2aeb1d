import LOBProfile
import PostgreSQLClient

/// The size of a json value from headers where they tell it, without reading TOAST or decompressing.
///
/// json is stored as its text. A stored size counts a header where the value is in its row, of one byte up to 127 bytes
/// and of four above, and none where it is outside; compressed values begin with the size of what was compressed.
struct JSONHeaders {
    private let kind: Relation.Headers
    private let relation: UInt32
    /// What the names of a subquery begin with: not as that of the column, which one of them would stand for.
    private let prefix: SQL

    /// nil where the server shows nothing of the relation's headers.
    init?(_ relation: Relation, _ column: Column) {
        guard let kind = relation.headers else { return nil }
        self.kind = kind
        self.relation = relation.oid
        prefix = column.name.bytes.first == UInt8(ascii: "a") ? "z" : "a"
    }

    /// The size in bytes.
    ///
    /// - Parameters:
    ///   - value: the column.
    ///   - text: the size by making the text.
    func size(of value: SQL, otherwise text: SQL) -> SQL {
        let stored: SQL = "pg_catalog.pg_column_size(\(value))"
        let isPlain: SQL = "pg_catalog.pg_column_compression(\(value)) IS NULL"
        guard kind != .compression else {
            // A value that is in its row is smaller than a block.
            return """
                CASE WHEN \(stored) > (SELECT pg_catalog.current_setting('block_size')::pg_catalog.int4) AND \(isPlain) \
                THEN \(stored) ELSE \(text) END
                """
        }
        let compressed = kind == .content ? "coalesce(\(original(of: value, stored)), \(text))" : text
        return """
            CASE WHEN pg_catalog.pg_column_toast_chunk_id(\(value)) IS NULL \
            THEN CASE WHEN \(stored) > 127 AND \(isPlain) THEN \(stored) - 4 ELSE \(text) END \
            WHEN \(isPlain) THEN \(stored) ELSE \(compressed) END
            """
    }

    /// The first four bytes of a compressed value outside: 30 bits of size and 2 of method, the lowest byte first on the
    /// processors that ``CatalogSQL`` lets through; NULL where they contradict the stored size.
    private func original(of value: SQL, _ stored: SQL) -> SQL {
        let (id, number, data, head, size): (SQL, SQL, SQL, SQL, SQL) = (
            "\(prefix)1", "\(prefix)2", "\(prefix)3", "\(prefix)4", "\(prefix)5"
        )
        let byte = { (place: Int) -> SQL in "pg_catalog.get_byte(\(head), \(place))" }
        return """
            (SELECT \(size) FROM (SELECT \(byte(0)) + \(byte(1)) * 256 + \(byte(2)) * 65536 \
            + (\(byte(3)) & 63) * 16777216 AS \(size) \
            FROM (SELECT pg_catalog.substr(\(data), 1, 4) AS \(head) \
            FROM pg_toast.pg_toast_\(relation) t(\(id), \(number), \(data)) \
            WHERE \(id) = pg_catalog.pg_column_toast_chunk_id(\(value)) AND \(number) = 0) h) s \
            WHERE \(size) > \(stored) AND \(size) <= 256 * \(stored)::pg_catalog.int8)
            """
    }
}
