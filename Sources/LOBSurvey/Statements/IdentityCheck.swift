import LOBProfile
import PostgreSQLClient

/// Asks, while the lock of a scan is still held, whether the name still means the relation of the plan, with
/// the same file and the same column types: what was read is thrown away where it does not.
struct IdentityCheck {
    let relation: Relation
    let columns: [Column]

    /// Yields one row with one boolean, or no row where the relation is gone.
    var statement: Statement {
        Statement(
            """
            SELECT c.oid = $1::pg_catalog.oid AND c.relkind IN ('r', 'm')
                   AND coalesce(pg_catalog.pg_relation_filenode(c.oid), 0) = $2::pg_catalog.oid
                   AND (SELECT pg_catalog.count(*) FROM pg_catalog.pg_attribute a
                          JOIN ROWS FROM (pg_catalog.unnest($5), pg_catalog.unnest($6)) w(number, type)
                            ON a.attnum = w.number AND a.atttypid = w.type
                         WHERE a.attrelid = c.oid AND NOT a.attisdropped) = \(columns.count)
              FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = $3 AND c.relname = $4
            """,
            [
                .int8(Int64(relation.oid)), .int8(Int64(relation.fileNode)),
                .textBytes(relation.name.schema.bytes),
                .textBytes(relation.name.name.bytes), .int8Array(columns.map { Int64($0.number) }),
                .oidArray(columns.map(\.typeOID)),
            ])
    }
}
