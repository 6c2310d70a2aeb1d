import LOBProfile
import PostgreSQLClient

/// Finds the tables whose planning may run functions of others, and what the role may do beside reading.
///
/// Functions of a superuser and our own are trusted, and those in C or of the server itself, which only a superuser can
/// write. What a trusted function calls is followed where the server records it (operators, and bodies in standard SQL since 14);
/// it records nothing of bodies that are strings. CHECK constraints and partition keys are not among the places: transactions
/// turn `constraint_exclusion` off, so they are not looked at.
struct CodeOfOthersSQL {
    /// `server_version_num`.
    let serverVersion: Int

    /// One row for each table, function and object; the role's power is only found out where there is a row.
    var query: SQL {
        """
        WITH RECURSIVE used(relation, place, object, class, function) AS (
            SELECT i.indrelid, 'index'::pg_catalog.text, x.relname::pg_catalog.text, d.refclassid, d.refobjid
              FROM pg_catalog.pg_depend d
              JOIN pg_catalog.pg_index i ON i.indexrelid = d.objid
              JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
             WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND \(Self.isCode("d"))
            \(statistics)
        ), reached(start_class, start, class, function) AS (
            SELECT DISTINCT u.class, u.function, u.class, u.function FROM used u
          UNION
            SELECT r.start_class, r.start, d.refclassid, d.refobjid
              FROM reached r JOIN pg_catalog.pg_depend d
                ON d.classid = r.class AND d.objid = r.function AND \(Self.isCode("d"))
        ), foreign_code(start_class, start, schema, name, owner) AS (
            SELECT r.start_class, r.start, n.nspname::pg_catalog.text, p.proname::pg_catalog.text,
                   coalesce(o.rolname::pg_catalog.text, p.proowner::pg_catalog.text)
              FROM reached r
              JOIN pg_catalog.pg_proc p
                ON r.class = 'pg_catalog.pg_proc'::pg_catalog.regclass AND p.oid = r.function
              JOIN pg_catalog.pg_language l ON l.oid = p.prolang AND l.lanname NOT IN ('internal', 'c')
              JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
              LEFT JOIN pg_catalog.pg_roles o ON o.oid = p.proowner
             WHERE o.rolsuper IS NOT TRUE AND o.rolname IS DISTINCT FROM CURRENT_USER
        ), mine AS (
            SELECT r.oid, r.rolname, r.rolsuper, r.rolcreaterole, r.rolreplication
              FROM pg_catalog.pg_roles r WHERE pg_catalog.pg_has_role(r.oid, 'MEMBER'))
        SELECT u.relation, f.schema, f.name, f.owner, u.place, pg_catalog.min(u.object), (\(Self.power))
          FROM used u JOIN foreign_code f ON f.start_class = u.class AND f.start = u.function
         GROUP BY u.relation, f.schema, f.name, f.owner, u.place
         ORDER BY u.relation, f.schema COLLATE "C", f.name COLLATE "C", f.owner COLLATE "C", u.place COLLATE "C"
        """
    }

    private static func isCode(_ alias: SQL) -> SQL {
        """
        \(alias).refclassid IN ('pg_catalog.pg_proc'::pg_catalog.regclass, 'pg_catalog.pg_operator'::pg_catalog.regclass)
        """
    }

    /// Extended statistics came with 10; their expressions with 14.
    private var statistics: SQL {
        guard serverVersion >= 140_000 else { return "" }
        return """
            UNION ALL
                SELECT s.stxrelid, 'statistics', s.stxname::pg_catalog.text, d.refclassid, d.refobjid
                  FROM pg_catalog.pg_depend d
                  JOIN pg_catalog.pg_statistic_ext s ON s.oid = d.objid
                 WHERE d.classid = 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass AND \(Self.isCode("d"))
            """
    }

    /// What the role may do beside reading, as the raw value of `RolePower`; NULL where nothing.
    ///
    /// Large objects count too: a read-only transaction lets functions remove and overwrite them. Rights of PUBLIC are not
    /// counted: whoever owns the code has them already. Of the predefined roles those that only
    /// read are named, so that a new one counts.
    private static let power: SQL = """
        SELECT CASE
          WHEN EXISTS (SELECT FROM mine m WHERE m.rolsuper) THEN 'superuser'
          WHEN EXISTS (SELECT FROM mine m WHERE m.rolcreaterole) THEN 'createsRoles'
          WHEN EXISTS (SELECT FROM mine m WHERE m.rolreplication OR m.rolname = 'rds_replication')
            THEN 'replicates'
          WHEN EXISTS (SELECT FROM mine m
                        WHERE m.rolname = 'rds_superuser'
                           OR m.rolname ~ '^pg_' AND m.rolname NOT IN (
                              'pg_read_all_data', 'pg_monitor', 'pg_read_all_settings', 'pg_read_all_stats',
                              'pg_stat_scan_tables', 'pg_use_reserved_connections', 'pg_database_owner'))
            THEN 'predefinedRole'
          WHEN EXISTS (SELECT FROM pg_catalog.pg_class c JOIN mine m ON m.oid = c.relowner)
            OR EXISTS (SELECT FROM pg_catalog.pg_proc p JOIN mine m ON m.oid = p.proowner)
            OR EXISTS (SELECT FROM pg_catalog.pg_namespace n JOIN mine m ON m.oid = n.nspowner)
            OR EXISTS (SELECT FROM pg_catalog.pg_database b JOIN mine m ON m.oid = b.datdba
                        WHERE b.datname = pg_catalog.current_database())
            OR EXISTS (SELECT FROM pg_catalog.pg_largeobject_metadata l JOIN mine m ON m.oid = l.lomowner)
            THEN 'owns'
          WHEN EXISTS (SELECT FROM pg_catalog.pg_class c
                        CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) a
                         JOIN mine m ON m.oid = a.grantee WHERE c.relacl IS NOT NULL AND \(isWrite))
            OR EXISTS (SELECT FROM pg_catalog.pg_attribute t
                        CROSS JOIN LATERAL pg_catalog.aclexplode(t.attacl) a
                         JOIN mine m ON m.oid = a.grantee WHERE t.attacl IS NOT NULL AND \(isWrite))
            OR EXISTS (SELECT FROM pg_catalog.pg_largeobject_metadata l
                        CROSS JOIN LATERAL pg_catalog.aclexplode(l.lomacl) a
                         JOIN mine m ON m.oid = a.grantee WHERE l.lomacl IS NOT NULL AND \(isWrite))
            THEN 'writes' END
        """

    private static let isWrite: SQL = "a.privilege_type IN ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE')"
}

extension CodeOfOthers {
    /// Adds a row of ``CodeOfOthersSQL/query``.
    mutating func add(_ row: borrowing Row) throws(PostgreSQLError) {
        let function = ForeignFunction(
            schema: Identifier(bytes: try row.bytes(1)), name: Identifier(bytes: try row.bytes(2)),
            owner: Identifier(bytes: try row.bytes(3)),
            place: try row.text(4) == "index" ? .index : .statistics,
            object: Identifier(bytes: try row.bytes(5)))
        functions[try row.uint32(0), default: []].append(function)
        power = try row.optionalText(6).flatMap(RolePower.init)
    }
}
