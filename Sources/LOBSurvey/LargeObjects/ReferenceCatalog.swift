import LOBProfile
import PostgreSQLClient

/// Finds the columns that may refer to large objects.
struct ReferenceCatalog {
    let serverVersion: Int
    let kind: Kind

    /// Which columns are looked for.
    enum Kind {
        /// Those of type oid, and of domains over it such as lo: in all tables but the system's, as vacuumlo does, those of
        /// extensions, temporary and materialized ones too.
        case oids
        /// Those of other types that hold numbers of so many digits: text, varchar, char and bigint, and domains over them.
        ///
        /// Only in tables that keep their rows: what is temporary or materialized is gone with the next refresh.
        case numbers(digits: Int)
    }

    /// One statement has two results for each column.
    private static let columnsOfScan = 64
    /// A char is padded with blanks: nobody keeps an OID in a wider one.
    private static let widestPadded = 64

    /// One row for each column, in the order of tables.
    var query: SQL {
        """
        WITH RECURSIVE reference(oid, name, form, is_lo) AS (
            SELECT t.oid, t.typname, \(form), false FROM pg_catalog.pg_type t WHERE t.oid IN (\(types))
          UNION
            SELECT t.oid, t.typname, r.form, r.is_lo OR t.typname = 'lo'
              FROM pg_catalog.pg_type t JOIN reference r ON r.oid = t.typbasetype WHERE t.typtype = 'd')
        SELECT c.oid, n.nspname::pg_catalog.text, c.relname::pg_catalog.text, c.relkind::pg_catalog.text,
               coalesce(pg_catalog.pg_relation_filenode(c.oid), 0),
               \(serverVersion >= 120_000 ? "(SELECT am.amname::pg_catalog.text FROM pg_catalog.pg_am am WHERE am.oid = c.relam)" : "NULL::pg_catalog.text"),
               c.relrowsecurity AND pg_catalog.row_security_active(c.oid), c.relpersistence = 't', c.relispopulated,
               pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT'),
               pg_catalog.has_schema_privilege(n.oid, 'USAGE')
                 AND pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT'),
               a.attnum, a.attname::pg_catalog.text, a.atttypid, r.form, r.is_lo, r.name::pg_catalog.text
          FROM pg_catalog.pg_attribute a
          JOIN reference r ON r.oid = a.atttypid
          JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND \(isWanted)
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
         WHERE a.attnum > 0 AND NOT a.attisdropped
           AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND NOT EXISTS (\(isInternal))
         ORDER BY n.nspname::pg_catalog.text COLLATE "C", c.relname::pg_catalog.text COLLATE "C", a.attnum
        """
    }

    /// Types below all domains: oid; or bigint, text, char and varchar.
    private var types: SQL {
        switch kind {
        case .oids: "26"
        case .numbers: "20, 25, 1042, 1043"
        }
    }

    private var form: SQL {
        "CASE t.oid WHEN 26 THEN 'oid'::pg_catalog.text WHEN 20 THEN 'bigint' ELSE 'text' END"
    }

    private var isWanted: SQL {
        switch kind {
        case .oids: "c.relkind IN ('r', 'm')"
        case .numbers(let digits):
            // A length of its own, without its header of four.
            """
            c.relkind = 'r' AND c.relpersistence <> 't'
              AND (a.atttypid NOT IN (1042, 1043) OR a.atttypmod < 0 OR a.atttypmod - 4 >= \(digits))
              AND (a.atttypid <> 1042 OR a.atttypmod - 4 <= \(Self.widestPadded))
            """
        }
    }

    /// Tables of extensions that are known to keep no large objects.
    private var isInternal: SQL {
        """
        SELECT FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
         WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e'
           AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
           AND e.extname IN ('pglogical', 'pglogical_origin', 'timescaledb', 'citus', 'citus_columnar', 'pg_cron',
                             'pg_partman', 'postgis', 'postgis_topology', 'postgis_tiger_geocoder')
        """
    }

    /// The tables of rows that came in the order of tables.
    func tables(_ rows: [Row]) -> [ReferenceTable] {
        var tables: [ReferenceTable] = []
        var open: [Row] = []
        for row in rows {
            if let first = open.first, first.relation.oid != row.relation.oid {
                tables += self.tables(ofOne: open)
                open = []
            }
            open.append(row)
        }
        return open.isEmpty ? tables : tables + self.tables(ofOne: open)
    }

    /// One table, several times where it has more columns than one statement should read.
    private func tables(ofOne rows: [Row]) -> [ReferenceTable] {
        let readable = rows.filter { $0.obstacle == nil }.map(\.column)
        let unchecked = unchecked(rows)
        let relation = rows[0].relation
        guard readable.count > Self.columnsOfScan else {
            return [ReferenceTable(relation: relation, columns: readable, unchecked: unchecked)]
        }
        return stride(from: 0, to: readable.count, by: Self.columnsOfScan).map { start in
            let part = readable[start..<min(readable.count, start + Self.columnsOfScan)]
            return ReferenceTable(
                relation: relation, columns: Array(part), unchecked: start == 0 ? unchecked : [])
        }
    }

    /// What cannot be read: columns of type oid one by one, of others only the table.
    private func unchecked(_ rows: [Row]) -> [Unmeasured] {
        let open = rows.compactMap { row in row.obstacle.map { (row.column.column, $0) } }
        switch kind {
        case .oids:
            return open.map {
                Unmeasured(relation: rows[0].relation.name, column: $0.0.name, reason: $0.1)
            }
        case .numbers:
            return open.prefix(1).map { Unmeasured(relation: rows[0].relation.name, reason: $0.1) }
        }
    }

    /// A column as the query tells it.
    struct Row {
        let relation: Relation
        let column: ReferenceColumn
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
                isRowSecurityActive: try row.bool(6), isSelectable: try row.bool(9),
                replicaIdentity: .default, keys: [], columns: [])
            guard let form = ReferenceColumn.Form(rawValue: try row.text(14)) else {
                throw .decoding(column: 14, expected: "oid, text or bigint")
            }
            let catalogued = Column(
                number: try row.int16(11), name: Identifier(bytes: try row.bytes(12)),
                typeName: Identifier(bytes: try row.bytes(16)), typeOID: try row.uint32(13),
                family: .largeObjectReference, declaredLength: nil, isNotNull: false, isGenerated: false,
                isSelectable: try row.bool(10), storage: .plain)
            column = ReferenceColumn(column: catalogued, form: form, isLO: try row.bool(15))
            obstacle =
                if try row.bool(7) {
                    .temporary
                } else if !(try row.bool(8)) {
                    .notPopulated
                } else if !catalogued.isSelectable {
                    .permissionDenied
                } else {
                    relation.isRowSecurityActive ? .rowSecurity : nil
                }
        }
    }
}
