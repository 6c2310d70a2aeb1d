import LOBProfile
import PostgreSQLClient

/// A table with columns that may refer to large objects.
struct ReferenceTable: Sendable {
    let relation: Relation
    /// What is to be read; empty where nothing of the table can be.
    let columns: [Column]
    /// What cannot be read, with the reason.
    let unchecked: [Unmeasured]
}

/// Finds the columns that may refer to large objects: those of type oid, and of domains over it such as lo.
///
/// It looks at all tables but the system's, as vacuumlo does: those of extensions and temporary ones too.
struct ReferenceCatalog {
    let serverVersion: Int

    /// One row for each column, in the order of tables.
    var query: SQL {
        """
        WITH RECURSIVE reference(oid) AS (
            SELECT 26::pg_catalog.oid
          UNION
            SELECT t.oid FROM pg_catalog.pg_type t JOIN reference r ON r.oid = t.typbasetype WHERE t.typtype = 'd')
        SELECT c.oid, n.nspname::pg_catalog.text, c.relname::pg_catalog.text, c.relkind::pg_catalog.text,
               coalesce(pg_catalog.pg_relation_filenode(c.oid), 0),
               \(serverVersion >= 120_000 ? "(SELECT am.amname::pg_catalog.text FROM pg_catalog.pg_am am WHERE am.oid = c.relam)" : "NULL::pg_catalog.text"),
               c.relrowsecurity AND pg_catalog.row_security_active(c.oid), c.relpersistence = 't', c.relispopulated,
               pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT'),
               pg_catalog.has_schema_privilege(n.oid, 'USAGE')
                 AND pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT'),
               a.attnum, a.attname::pg_catalog.text, a.atttypid
          FROM pg_catalog.pg_attribute a
          JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'm')
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
         WHERE a.atttypid IN (SELECT r.oid FROM reference r) AND a.attnum > 0 AND NOT a.attisdropped
           AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
         ORDER BY n.nspname::pg_catalog.text COLLATE "C", c.relname::pg_catalog.text COLLATE "C", a.attnum
        """
    }

    /// The tables of rows that came in the order of tables.
    static func tables(_ rows: [Row]) -> [ReferenceTable] {
        var tables: [ReferenceTable] = []
        var open: [Row] = []
        for row in rows {
            if let first = open.first, first.relation.oid != row.relation.oid {
                tables.append(table(open))
                open = []
            }
            open.append(row)
        }
        return open.isEmpty ? tables : tables + [table(open)]
    }

    private static func table(_ rows: [Row]) -> ReferenceTable {
        let readable = rows.filter { $0.obstacle == nil }
        let unchecked = rows.compactMap { row in
            row.obstacle.map { Unmeasured(relation: row.relation.name, column: row.column.name, reason: $0) }
        }
        return ReferenceTable(
            relation: rows[0].relation, columns: readable.map(\.column), unchecked: unchecked)
    }

    /// A column as the query tells it.
    struct Row {
        let relation: Relation
        let column: Column
        /// Why it cannot be read.
        let obstacle: Unmeasured.Reason?

        init(_ row: borrowing PostgreSQLClient.Row) throws(PostgreSQLError) {
            let isMaterializedView = try row.bytes(3) == [UInt8(ascii: "m")]
            relation = Relation(
                oid: try row.uint32(0),
                name: RelationName(
                    schema: Identifier(bytes: try row.bytes(1)), name: Identifier(bytes: try row.bytes(2))),
                kind: isMaterializedView ? .materializedView : .table, root: nil, blocks: 0, toastBytes: 0,
                estimatedRows: nil, fileNode: try row.uint32(4),
                accessMethod: row.isNull(5) ? nil : Identifier(bytes: try row.bytes(5)),
                isRowSecurityActive: try row.bool(6), isSelectable: try row.bool(9), isExtensionOwned: false,
                replicaIdentity: .default, keys: [], columns: [])
            column = Column(
                number: try row.int16(11), name: Identifier(bytes: try row.bytes(12)),
                typeName: Identifier("oid"), typeOID: try row.uint32(13), family: .largeObjectReference,
                declaredLength: nil, isNotNull: false, isGenerated: false, isSelectable: try row.bool(10),
                storage: .plain)
            obstacle =
                if try row.bool(7) {
                    .temporary
                } else if !(try row.bool(8)) {
                    .notPopulated
                } else if !column.isSelectable {
                    .permissionDenied
                } else {
                    relation.isRowSecurityActive ? .rowSecurity : nil
                }
        }
    }
}
