import LOBProfile
import PostgreSQLClient

/// What the catalog says of the TOAST relation of a table in the moment that is read.
struct ToastFacts: Sendable, Codable, Equatable {
    /// The TOAST relation; nil where the table has none.
    let relation: ToastRelation?
    /// Bytes of a block of the server.
    let blockSize: Int
    /// Whether numbers in headers begin with the lowest byte, as far as the server tells.
    let isLittleEndian: Bool

    /// The TOAST relation of a table.
    struct ToastRelation: Sendable, Codable, Equatable {
        let oid: UInt32
        let name: RelationName
        /// Bytes on disk.
        let storedBytes: Int64
        /// Whether the role may read it.
        let isReadable: Bool
        /// Whether its index tells for most of its blocks which rows everybody sees, without a look at them.
        let isMostlyVisible: Bool
    }

    /// One row about the relation `$1`.
    ///
    /// The size is that of now: whatever the snapshot sees is in there too.
    static let statement: SQL = """
        SELECT o.oid, n.nspname::pg_catalog.text, o.relname::pg_catalog.text,
               coalesce(pg_catalog.pg_relation_size(o.oid), 0),
               pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(o.oid, 'SELECT'),
               \(CatalogSQL.isMostlyVisible),
               pg_catalog.current_setting('block_size')::pg_catalog.int8,
               pg_catalog.version() ~ '(x86_64|amd64|aarch64|arm64)'
          FROM pg_catalog.pg_class c
          LEFT JOIN pg_catalog.pg_class o ON o.oid = c.reltoastrelid
          LEFT JOIN pg_catalog.pg_namespace n ON n.oid = o.relnamespace
         WHERE c.oid = $1::pg_catalog.oid
        """

    /// Reads a row.
    init(_ row: borrowing Row) throws(PostgreSQLError) {
        if row.isNull(0) {
            relation = nil
        } else {
            relation = ToastRelation(
                oid: try row.uint32(0),
                name: RelationName(
                    schema: Identifier(bytes: try row.bytes(1)), name: Identifier(bytes: try row.bytes(2))),
                storedBytes: try row.int64(3), isReadable: row.isNull(4) ? false : try row.bool(4),
                isMostlyVisible: row.isNull(5) ? false : try row.bool(5))
        }
        blockSize = Int(try row.int64(6))
        isLittleEndian = try row.bool(7)
    }

    /// What is usual, for a statement that is only shown.
    init(usualOf relation: Relation, blockSize: Int) {
        self.relation = ToastRelation(
            oid: 0,
            name: RelationName(
                schema: Identifier("pg_toast"), name: Identifier("pg_toast_\(relation.oid)")),
            storedBytes: relation.toastBytes, isReadable: true, isMostlyVisible: true)
        self.blockSize = blockSize
        isLittleEndian = true
    }

    /// Bytes of each chunk of a value but its last one, which has as many at most (`TOAST_MAX_CHUNK_SIZE`): four rows to a block.
    ///
    /// Of processors that are not known to align by 8 bytes what no alignment can exceed.
    var chunkSize: Int64 {
        let row = Int64(blockSize - Self.blockHeader) / 4
        return (isLittleEndian ? row / 8 * 8 : row) - Self.chunkHeader
    }

    /// The header of a block with four line pointers, and that of a row with its id, its number and the length of its data.
    private static let (blockHeader, chunkHeader) = (40, Int64(36))
}
