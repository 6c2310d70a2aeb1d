import PostgreSQLClient

/// The statements that read the catalog.
///
/// Each names what it reads by `pg_catalog`, takes no value from a person and reads no row of a user's
/// table. Older servers get the parts that they know.
struct CatalogSQL {
    /// `server_version_num`.
    let serverVersion: Int
    /// Whether sizes are asked for; that waits for a table that somebody has locked exclusively.
    var asksForSizes = true

    /// Schemas and tables that are never in scope: the system's, pglogical's, those of DMS itself, temporary
    /// ones, and members of extensions.
    private static let inScope: SQL = """
        c.relpersistence <> 't'
          AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'pglogical')
          AND c.relname::pg_catalog.text !~ '^awsdms_'
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x
                           WHERE x.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND x.objid = c.oid
                             AND x.objsubid = 0 AND x.deptype = 'e')
        """

    /// Facts about the server and the role.
    var server: SQL {
        """
        SELECT pg_catalog.current_database()::pg_catalog.text, pg_catalog.pg_is_in_recovery(),
               pg_catalog.current_setting('server_encoding'),
               pg_catalog.current_setting('block_size')::pg_catalog.int8,
               CURRENT_USER::pg_catalog.text,
               pg_catalog.current_setting('data_checksums') = 'on',
               pg_catalog.pg_size_bytes(pg_catalog.current_setting('shared_buffers'))
                 / pg_catalog.current_setting('block_size')::pg_catalog.int8
        """
    }

    /// The system identifier of the cluster; a role may be refused it.
    let systemIdentifier: SQL = """
        SELECT system_identifier::pg_catalog.text FROM pg_catalog.pg_control_system()
        """

    /// Which of the settings of `Preamble` this server has.
    let optionalSettings: SQL = """
        SELECT name FROM pg_catalog.pg_settings
         WHERE name IN ('client_connection_check_interval', 'jit', 'restrict_nonsystem_relation_kind',
                        'transaction_timeout')
        """

    /// Relations in scope.
    ///
    /// Roots of partitioned tables are named by their leaves. `pg_relation_size` opens a relation, so one that
    /// is locked exclusively, or about to be, has the size of its last VACUUM or ANALYZE instead.
    var relations: SQL {
        """
        \(partitionRoots), locked(relation) AS (
            SELECT l.relation FROM pg_catalog.pg_locks l
             WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock')
        SELECT c.oid, n.nspname::pg_catalog.text, c.relname::pg_catalog.text, c.relkind::pg_catalog.text,
               \(hasPartitions ? "c.relispartition" : "false"),
               rn.nspname::pg_catalog.text, rc.relname::pg_catalog.text,
               CASE WHEN \(asksForSizes) AND c.oid NOT IN (SELECT k.relation FROM locked k)
                    THEN coalesce(pg_catalog.pg_relation_size(c.oid), 0) / b.size ELSE c.relpages END,
               CASE WHEN \(asksForSizes) AND c.reltoastrelid <> 0 AND c.relpages <> 0
                         AND c.oid NOT IN (SELECT k.relation FROM locked k)
                         AND c.reltoastrelid NOT IN (SELECT k.relation FROM locked k)
                    THEN coalesce(pg_catalog.pg_relation_size(c.reltoastrelid), 0) ELSE 0 END,
               c.reltuples, coalesce(pg_catalog.pg_relation_filenode(c.oid), 0),
               am.amname::pg_catalog.text,
               c.relrowsecurity AND pg_catalog.row_security_active(c.oid),
               pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT'),
               c.relreplident::pg_catalog.text,
               \(showsPlaces ? "o.relname = 'pg_toast_' || c.oid AND s.reads_toast" : "false")
          FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
         CROSS JOIN (SELECT pg_catalog.current_setting('block_size')::pg_catalog.int8 AS size) b
          \(showsPlaces ? toast : "")
          LEFT JOIN pg_catalog.pg_am am ON \(serverVersion >= 120_000 ? "am.oid = c.relam" : "false")
          LEFT JOIN root r ON r.leaf = c.oid
          LEFT JOIN pg_catalog.pg_class rc ON rc.oid = r.root
          LEFT JOIN pg_catalog.pg_namespace rn ON rn.oid = rc.relnamespace
         WHERE c.relkind IN ('r', 'm', 'f')
           AND \(Self.inScope)
        """
    }

    /// Whether the server shows which values are stored outside (17).
    var showsPlaces: Bool { serverVersion >= 170_000 }

    /// The TOAST table of each relation, and whether the role may read all of them and the headers in them.
    ///
    /// Numbers in a header are in the order of the processor: only of those that are known to begin with the lowest byte.
    private var toast: SQL {
        """
        LEFT JOIN pg_catalog.pg_class o ON o.oid = c.reltoastrelid
         CROSS JOIN (SELECT pg_catalog.pg_has_role('pg_read_all_data', 'USAGE')
                            AND pg_catalog.version() ~ '(x86_64|amd64|aarch64|arm64)' AS reads_toast) s
        """
    }

    private var hasPartitions: Bool { serverVersion >= 100_000 }

    /// The topmost parent of each partition, climbed level by level: `pg_partition_root` came with 12.
    private var partitionRoots: SQL {
        guard hasPartitions else {
            return "WITH root(leaf, root) AS (SELECT NULL::pg_catalog.oid, NULL::pg_catalog.oid WHERE false)"
        }
        return """
            WITH RECURSIVE ancestor(leaf, parent) AS (
                SELECT i.inhrelid, i.inhparent FROM pg_catalog.pg_inherits i
                  JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid AND c.relispartition
              UNION ALL
                SELECT a.leaf, i.inhparent FROM ancestor a
                  JOIN pg_catalog.pg_class p ON p.oid = a.parent AND p.relispartition
                  JOIN pg_catalog.pg_inherits i ON i.inhrelid = a.parent
            ), root(leaf, root) AS (
                SELECT a.leaf, a.parent FROM ancestor a
                  JOIN pg_catalog.pg_class p ON p.oid = a.parent AND NOT p.relispartition)
            """
    }

    /// The types that columns have, through domains, as far as they are LOBs, have another truncation risk, or refer to
    /// large objects.
    ///
    /// Only types in use are looked at: each table brings a row type and an array of it.
    ///
    /// citext counts as text only where its cast is binary-coercible, as the extension makes it: another cast
    /// would be a function of somebody's that runs as us. It, int2vector and oidvector, whose text differs
    /// from that of other arrays, are read as hstore is: by whatever output function they have.
    var types: SQL {
        """
        WITH RECURSIVE used(oid, typmod) AS (
            SELECT DISTINCT a.atttypid, a.atttypmod FROM pg_catalog.pg_attribute a
             WHERE a.attnum > 0 AND NOT a.attisdropped
        ), resolved(oid, base, typmod, is_not_null) AS (
            SELECT u.oid, u.oid, -1, false FROM (SELECT DISTINCT oid FROM used) u
          UNION ALL
            SELECT r.oid, t.typbasetype, CASE WHEN r.typmod <> -1 THEN r.typmod ELSE t.typtypmod END,
                   r.is_not_null OR t.typnotnull
              FROM resolved r JOIN pg_catalog.pg_type t ON t.oid = r.base WHERE t.typtype = 'd'
        ), member(type, extension) AS (
            SELECT d.objid, e.extname FROM pg_catalog.pg_depend d
              JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
             WHERE d.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
               AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.deptype = 'e'
        ), family(oid, family, typmod, is_not_null) AS (
            SELECT r.oid,
                   CASE WHEN b.oid IN (25, 1043, 1042, 114, 3802, 142, 17, 3614, 3615, 602, 604)
                          THEN b.typname::pg_catalog.text
                        WHEN b.oid = 26 THEN 'largeObjectReference'
                        WHEN b.typtype = 'c' THEN 'composite'
                        WHEN b.oid IN (22, 30) THEN 'hstore'
                        WHEN b.typcategory = 'A' AND b.typelem <> 0 AND b.typlen = -1 THEN 'array'
                        WHEN m.extension = 'citext' AND b.typname = 'citext' THEN
                          CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_cast k WHERE k.castsource = b.oid
                                              AND k.casttarget = 25 AND k.castmethod = 'b')
                               THEN 'citext' ELSE 'hstore' END
                        WHEN m.extension = 'hstore' AND b.typname = 'hstore' THEN 'hstore'
                        WHEN m.extension = 'postgis' AND b.typname IN ('geometry', 'geography')
                          THEN b.typname::pg_catalog.text END,
                   r.typmod, r.is_not_null
              FROM resolved r JOIN pg_catalog.pg_type b ON b.oid = r.base AND b.typtype <> 'd'
              LEFT JOIN member m ON m.type = b.oid)
        SELECT u.oid, u.typmod, pg_catalog.format_type(u.oid, u.typmod), f.family,
               CASE WHEN u.typmod <> -1 THEN u.typmod ELSE f.typmod END, f.is_not_null
          FROM used u JOIN family f ON f.oid = u.oid AND f.family IS NOT NULL
        """
    }

    /// The columns in scope that have one of some types, in no order.
    ///
    /// What a role may do is asked once for each table, and of a column only where the table is refused.
    func columns(of types: some Sequence<UInt32>) -> SQL {
        let oids = types.map { type -> SQL in "\(type)" }.joined(separator: ",")
        return """
            SELECT a.attrelid, a.attnum, a.attname::pg_catalog.text, a.atttypid, a.atttypmod, a.attnotnull,
                   \(serverVersion >= 120_000 ? "a.attgenerated <> ''" : "false"),
                   coalesce(r.may_use AND (r.may_read
                              OR pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT')), false),
                   a.attstorage::pg_catalog.text,
                   \(serverVersion >= 110_000 ? "a.atthasmissing" : "false")
              FROM (SELECT c.oid, pg_catalog.has_schema_privilege(n.oid, 'USAGE') AS may_use,
                           pg_catalog.has_table_privilege(c.oid, 'SELECT') AS may_read
                      FROM pg_catalog.pg_class c
                      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                     WHERE c.relkind IN ('r', 'm', 'f') AND \(Self.inScope) OFFSET 0) r
              JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid
             WHERE a.attnum > 0 AND NOT a.attisdropped AND a.atttypid = ANY ('{\(oids)}'::pg_catalog.oid[])
               \(serverVersion >= 120_000 ? "AND a.attgenerated <> 'v'" : "")
            """
    }

    /// Unique indexes of the tables in scope.
    var uniqueIndexes: SQL {
        """
        SELECT i.indrelid, x.relname::pg_catalog.text,
               pg_catalog.array_to_string(\(keyColumns), ','),
               i.indisprimary, i.indpred IS NOT NULL, i.indimmediate, i.indisvalid AND i.indisready,
               NOT EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = i.indrelid
                             AND a.attnum = ANY (\(keyColumns)) AND NOT a.attnotnull)
          FROM pg_catalog.pg_index i
          JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
          JOIN pg_catalog.pg_class c ON c.oid = i.indrelid AND c.relkind = 'r'
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
         WHERE i.indisunique AND \(Self.inScope)
         ORDER BY i.indrelid, NOT i.indisprimary, x.relname
        """
    }

    /// Foreign keys of the tables in scope, by the name of the table that they refer to.
    ///
    /// Since 12 a key to a partitioned table has a row for each partition too, and since 11 each partition has its
    /// own: those that come from another row are enough to know the tables.
    var foreignKeys: SQL {
        """
        SELECT k.conrelid, k.conname::pg_catalog.text, fn.nspname::pg_catalog.text, f.relname::pg_catalog.text
          FROM pg_catalog.pg_constraint k
          JOIN pg_catalog.pg_class c ON c.oid = k.conrelid AND c.relkind = 'r'
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
          JOIN pg_catalog.pg_class f ON f.oid = k.confrelid
          JOIN pg_catalog.pg_namespace fn ON fn.oid = f.relnamespace
         WHERE k.contype = 'f' AND \(Self.inScope)
         ORDER BY k.conrelid, k.conname
        """
    }

    /// Generated columns of the tables in scope, stored or virtual, of any type.
    var generatedColumns: SQL {
        """
        SELECT a.attrelid, a.attname::pg_catalog.text
          FROM (SELECT g.attrelid, g.attname FROM pg_catalog.pg_attribute g
                 WHERE g.attnum > 0 AND NOT g.attisdropped
                   AND \(serverVersion >= 120_000 ? "g.attgenerated <> ''" : "false") OFFSET 0) a
          JOIN pg_catalog.pg_class c ON c.oid = a.attrelid AND c.relkind = 'r'
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
         WHERE \(Self.inScope)
         ORDER BY a.attrelid, a.attname
        """
    }

    /// The names of publications, which came with 10.
    var publications: SQL {
        hasPartitions
            ? "SELECT pubname::pg_catalog.text FROM pg_catalog.pg_publication ORDER BY pubname"
            : "SELECT ''::pg_catalog.text WHERE false"
    }

    /// The key columns of an index without the INCLUDE ones; an int2vector counts from 0.
    private var keyColumns: SQL {
        let count: SQL = serverVersion >= 110_000 ? "i.indnkeyatts" : "i.indnatts"
        return "(i.indkey::pg_catalog.int2[])[0:\(count) - 1]"
    }
}
