import LOBProfile
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

    /// Whose names those of DMS itself have, which are never in scope.
    private static let isOfDMS: SQL = "c.relname::pg_catalog.text ~ '^awsdms_'"

    /// What is never in scope is left out: of `c` in `n`.
    static let inScope: SQL = "\(isOfPeople) AND NOT \(isOfDMS)"

    /// Everything but what is never in scope: the system's, temporary tables, and members of extensions, as are the tables of
    /// pglogical.
    private static let isOfPeople: SQL = """
        c.relpersistence <> 't'
          AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x
                           WHERE x.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND x.objid = c.oid
                             AND x.objsubid = 0 AND x.deptype = 'e')
        """

    /// A column of `pg_class` that counts blocks, as a bigint: it is an integer, and negative from 2^31 blocks.
    static func blocks(_ column: SQL) -> SQL { "(\(column)::pg_catalog.int8 & 4294967295)" }

    /// Whether most blocks of the relation `o` are known to be visible to everybody.
    static let isMostlyVisible: SQL = "\(blocks("o.relallvisible")) * 2 > \(blocks("o.relpages"))"

    /// Facts about the server and the role.
    var server: SQL {
        """
        SELECT pg_catalog.current_database()::pg_catalog.text, pg_catalog.pg_is_in_recovery(),
               pg_catalog.current_setting('server_encoding'),
               pg_catalog.current_setting('block_size')::pg_catalog.int8,
               CURRENT_USER::pg_catalog.text,
               pg_catalog.current_setting('data_checksums') = 'on',
               pg_catalog.pg_size_bytes(pg_catalog.current_setting('shared_buffers'))
                 / pg_catalog.current_setting('block_size')::pg_catalog.int8,
               (SELECT s.setting FROM pg_catalog.pg_settings s WHERE s.name = 'output_plugin_libraries'),
               pg_catalog.current_setting('wal_level'),
               pg_catalog.current_setting('max_replication_slots')::pg_catalog.int8,
               (SELECT pg_catalog.count(*) FROM pg_catalog.pg_replication_slots),
               pg_catalog.current_setting('max_wal_senders')::pg_catalog.int8,
               (SELECT pg_catalog.count(*) FROM pg_catalog.pg_stat_replication),
               (SELECT s.setting::pg_catalog.int8 FROM pg_catalog.pg_settings s
                 WHERE s.name = 'max_slot_wal_keep_size'),
               (SELECT s.setting::pg_catalog.int8 FROM pg_catalog.pg_settings s WHERE s.name = 'wal_sender_timeout'),
               (SELECT pg_catalog.count(*) FROM pg_catalog.pg_prepared_xacts x
                 WHERE x.database OPERATOR(pg_catalog.=) pg_catalog.current_database())
        """
    }

    /// The system identifier of the cluster; a role may be refused it.
    let systemIdentifier: SQL = """
        SELECT system_identifier::pg_catalog.text FROM pg_catalog.pg_control_system()
        """

    /// For how long a replica lets queries hold up its replay, in milliseconds; -1 for ever.
    static let standbyDelay: SQL = """
        SELECT s.setting::pg_catalog.int8 FROM pg_catalog.pg_settings s WHERE s.name = 'max_standby_streaming_delay'
        """

    /// A number that changes when a table becomes a partition or child of another, or ceases to be one.
    static let inheritanceDigest: SQL = """
        SELECT coalesce(pg_catalog.sum(pg_catalog.hashtext(pg_catalog.format('%s %s', i.inhrelid, i.inhparent))), 0)
          FROM pg_catalog.pg_inherits i
        """

    /// A number that is the same on servers that have the same tables, with the same columns and in the same files.
    static let relationsDigest: SQL = """
        SELECT coalesce(pg_catalog.sum(pg_catalog.hashtext(pg_catalog.format(
                 '%s %s %s %s', c.oid, c.relfilenode, c.relnamespace, c.relname))), 0)
               + (SELECT coalesce(pg_catalog.sum(pg_catalog.hashtext(pg_catalog.format(
                    '%s %s %s %s %s %s', a.attrelid, a.attnum, a.attname, a.atttypid, a.atttypmod, a.attisdropped))), 0)
                    FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class r ON r.oid = a.attrelid
                   WHERE a.attnum > 0 AND r.oid >= 16384 AND r.relkind IN ('r', 'm', 'f', 'p')
                     AND r.relpersistence <> 't')
          FROM pg_catalog.pg_class c
         WHERE c.oid >= 16384 AND c.relkind IN ('r', 'm', 'f', 'p') AND c.relpersistence <> 't'
        """

    /// The database and the role of a session.
    static let databaseAndRole: SQL = """
        SELECT pg_catalog.current_database()::pg_catalog.text, CURRENT_USER::pg_catalog.text
        """

    /// The OIDs of relations, but temporary ones, of which a column was added, altered or dropped since a moment.
    ///
    /// Where a transaction was open for long, also some of before.
    ///
    /// - Parameter horizon: ``SeenMoment/horizon`` of the moment.
    static func alteredRelations(since horizon: UInt64) -> SQL {
        """
        SELECT DISTINCT a.attrelid FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
         WHERE a.attnum > 0 AND c.relpersistence <> 't' AND \(TIDRange.isNew("a.xmin", since: horizon))
        """
    }

    /// Relations in scope.
    ///
    /// `pg_relation_size` opens a relation, so one that
    /// is locked exclusively, or about to be, has the size of its last VACUUM or ANALYZE instead.
    var relations: SQL {
        """
        WITH locked(relation) AS (
            SELECT l.relation FROM pg_catalog.pg_locks l
             WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock')
        SELECT c.oid, n.nspname::pg_catalog.text, c.relname::pg_catalog.text, c.relkind::pg_catalog.text,
               \(hasPartitions ? "c.relispartition" : "false"),
               CASE WHEN \(asksForSizes) AND c.oid NOT IN (SELECT k.relation FROM locked k)
                    THEN coalesce(pg_catalog.pg_relation_size(c.oid), 0) / b.size ELSE \(Self.blocks("c.relpages")) END,
               CASE WHEN \(asksForSizes) AND c.reltoastrelid <> 0 AND c.relpages <> 0
                         AND c.oid NOT IN (SELECT k.relation FROM locked k)
                         AND c.reltoastrelid NOT IN (SELECT k.relation FROM locked k)
                    THEN coalesce(pg_catalog.pg_relation_size(c.reltoastrelid), 0) ELSE 0 END,
               c.reltuples, coalesce(pg_catalog.pg_relation_filenode(c.oid), 0),
               am.amname::pg_catalog.text,
               c.relrowsecurity AND pg_catalog.row_security_active(c.oid),
               pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT'),
               c.relreplident::pg_catalog.text,
               \(showsPlaces ? "o.relname = 'pg_toast_' || c.oid AND s.reads_toast" : "false"),
               c.relpersistence = 'u', \(Self.isMostlyVisible)
          FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
         CROSS JOIN (SELECT pg_catalog.current_setting('block_size')::pg_catalog.int8 AS size) b
          LEFT JOIN pg_catalog.pg_class o ON o.oid = c.reltoastrelid
          \(showsPlaces ? headers : "")
          LEFT JOIN pg_catalog.pg_am am ON \(serverVersion >= 120_000 ? "am.oid = c.relam" : "false")
         WHERE c.relkind IN ('r', 'm', 'f')
           AND \(Self.inScope)
        """
    }

    /// Whether the server shows which values are stored outside (17).
    var showsPlaces: Bool { serverVersion >= 170_000 }

    /// Whether the role may read all TOAST tables and the headers in them.
    ///
    /// Numbers in a header are in the order of the processor: only of those that are known to begin with the lowest byte.
    private var headers: SQL {
        """
        CROSS JOIN (SELECT pg_catalog.pg_has_role('pg_read_all_data', 'USAGE')
                           AND pg_catalog.version() ~ '(x86_64|amd64|aarch64|arm64)' AS reads_toast) s
        """
    }

    private var hasPartitions: Bool { serverVersion >= 100_000 }

    /// Which tables are partitions of others or inherit from them, those out of scope too.
    ///
    /// Temporary tables are left out: what a session has by itself nobody else reads.
    var inheritance: SQL {
        """
        SELECT c.oid, p.oid, \(hasPartitions ? "c.relispartition" : "false"),
               n.nspname::pg_catalog.text, c.relname::pg_catalog.text, pn.nspname::pg_catalog.text, p.relname::pg_catalog.text
          FROM pg_catalog.pg_inherits i
          JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
          JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
          JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
         WHERE c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'
        """
    }

    /// The types that columns have, through domains.
    ///
    /// Only types in use are looked at: each table brings a row type and an array of it. What follows from a type is for
    /// `DeclaredType` to say.
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
               AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.deptype = 'e')
        SELECT u.oid, u.typmod, pg_catalog.format_type(u.oid, u.typmod),
               CASE WHEN u.typmod <> -1 THEN u.typmod ELSE r.typmod END, r.is_not_null,
               b.oid, b.typname::pg_catalog.text,
               CASE WHEN b.typcategory = 'A' AND b.typelem <> 0 AND b.typlen = -1 AND b.typtype <> 'c' THEN 'array'
                    ELSE b.typtype::pg_catalog.text END,
               b.typlen, m.extension::pg_catalog.text,
               EXISTS (SELECT FROM pg_catalog.pg_cast k WHERE k.castsource = b.oid AND k.casttarget = 25
                          AND k.castmethod = 'b'),
               EXISTS (SELECT FROM pg_catalog.pg_range g JOIN pg_catalog.pg_type s ON s.oid = g.rngsubtype
                        WHERE g.rngtypid = b.oid AND s.typlen BETWEEN 1 AND \(DeclaredType.smallLength))
          FROM used u JOIN resolved r ON r.oid = u.oid
          JOIN pg_catalog.pg_type b ON b.oid = r.base AND b.typtype <> 'd'
          LEFT JOIN member m ON m.type = b.oid
        """
    }

    /// How many columns each relation in scope has, how many of them have one of some types, and the names of these: bytes as
    /// the client reads them, in hexadecimal, between commas.
    ///
    /// All columns are counted, whatever their types: what is said of them one by one must add up to that.
    func census(of types: [(oid: UInt32, modifier: Int)]) -> SQL {
        let oids = types.map { type -> SQL in "\(type.oid)" }.joined(separator: ",")
        let modifiers = types.map { type -> SQL in "\(type.modifier)" }.joined(separator: ",")
        return """
            SELECT a.attrelid, pg_catalog.count(*), pg_catalog.count(*) FILTER (WHERE a.is_one),
                   coalesce(pg_catalog.string_agg(pg_catalog.encode(pg_catalog.textsend(a.attname::pg_catalog.text), 'hex'), ','
                                                  ORDER BY a.attnum) FILTER (WHERE a.is_one), '')
              FROM (SELECT a.attrelid, a.attnum, a.attname, (a.atttypid, a.atttypmod) IN (
                             SELECT t.oid, t.modifier
                               FROM ROWS FROM (pg_catalog.unnest('{\(oids)}'::pg_catalog.oid[]),
                                               pg_catalog.unnest('{\(modifiers)}'::pg_catalog.int4[])) t(oid, modifier)) AS is_one
                      FROM pg_catalog.pg_class c
                      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                      JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
                     WHERE c.relkind IN ('r', 'm', 'f') AND \(Self.inScope) AND a.attnum > 0 AND NOT a.attisdropped) a
             GROUP BY a.attrelid
            """
    }

    /// The columns in scope that have one of some types, or of any type where that is nil, in no order.
    ///
    /// What a role may do is asked once for each table, and of a column only where the table is refused.
    func columns(of types: [UInt32]?) -> SQL {
        let wanted = types.map { types -> SQL in
            let oids = types.map { type -> SQL in "\(type)" }.joined(separator: ",")
            return " AND a.atttypid = ANY ('{\(oids)}'::pg_catalog.oid[])"
        }
        return """
            SELECT a.attrelid, a.attnum, a.attname::pg_catalog.text, a.atttypid, a.atttypmod, a.attnotnull,
                   \(serverVersion >= 120_000 ? "a.attgenerated <> ''" : "false"),
                   coalesce(r.may_use AND (r.may_read
                              OR pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT')), false),
                   a.attstorage::pg_catalog.text,
                   \(serverVersion >= 110_000 ? "a.atthasmissing" : "false"),
                   \(serverVersion >= 120_000 ? "a.attgenerated = 'v'" : "false")
              FROM (SELECT c.oid, pg_catalog.has_schema_privilege(n.oid, 'USAGE') AS may_use,
                           pg_catalog.has_table_privilege(c.oid, 'SELECT') AS may_read
                      FROM pg_catalog.pg_class c
                      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                     WHERE c.relkind IN ('r', 'm', 'f') AND \(Self.inScope) OFFSET 0) r
              JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid
             WHERE a.attnum > 0 AND NOT a.attisdropped\(wanted ?? "")
            """
    }

    /// Unique indexes of the tables in scope, and those of exclusion constraints; keys WITHOUT OVERLAPS (18) are both, and keys.
    var uniqueIndexes: SQL {
        """
        SELECT i.indrelid, x.relname::pg_catalog.text,
               pg_catalog.array_to_string(\(keyColumns), ','),
               i.indisprimary, i.indpred IS NOT NULL, i.indimmediate, i.indisvalid AND i.indisready,
               NOT EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = i.indrelid
                             AND a.attnum = ANY (\(keyColumns)) AND NOT a.attnotnull),
               i.indisexclusion AND NOT i.indisunique
          FROM pg_catalog.pg_index i
          JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
          JOIN pg_catalog.pg_class c ON c.oid = i.indrelid AND c.relkind = 'r'
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
         WHERE (i.indisunique OR i.indisexclusion) AND \(Self.inScope)
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

    /// The names of views.
    var views: SQL {
        """
        SELECT n.nspname::pg_catalog.text, c.relname::pg_catalog.text
          FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind = 'v' AND \(Self.inScope)
        """
    }

    /// The names of tables that would be in scope but for the prefix of their names.
    var tablesOfDMS: SQL {
        """
        SELECT n.nspname::pg_catalog.text, c.relname::pg_catalog.text
          FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'm', 'f', 'p') AND \(Self.isOfPeople) AND \(Self.isOfDMS)
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
