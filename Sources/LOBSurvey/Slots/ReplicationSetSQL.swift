import PostgreSQLClient

/// The statements that read pglogical's replication sets and the server's logical slots.
enum ReplicationSetSQL {
    /// The tables of the extension itself that hold the sets: `replication_set_relation` was the name in 1.x.
    ///
    /// Only members of the extension count: anybody may make a schema of that name.
    static let tables: SQL = """
        SELECT c.relname::pg_catalog.text, pg_catalog.has_table_privilege(c.oid, 'SELECT')
               AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
          FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'pglogical'
          JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
               AND d.objid = c.oid AND d.objsubid = 0 AND d.deptype = 'e'
          JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
               AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND e.extname = 'pglogical'
         WHERE c.relkind = 'r'
           AND c.relname IN ('replication_set', 'local_node', 'replication_set_table', 'replication_set_relation')
         ORDER BY c.relname
        """

    /// Each table of each set of this node, once for each column of its list.
    ///
    /// - Parameter isVersion2: whether the table is called `replication_set_table`, which has column lists.
    static func members(isVersion2: Bool) -> SQL {
        let list: SQL = isVersion2 ? "t.set_att_list" : "NULL::pg_catalog.text[]"
        let filter: SQL = isVersion2 ? "t.set_row_filter IS NOT NULL" : "false"
        let table: SQL =
            isVersion2 ? "pglogical.replication_set_table" : "pglogical.replication_set_relation"
        return """
            SELECT s.set_name::pg_catalog.text, n.nspname::pg_catalog.text, c.relname::pg_catalog.text,
                   \(list) IS NOT NULL, \(filter), a.name,
                   s.replicate_insert, s.replicate_update, s.replicate_delete
              FROM pglogical.replication_set s
              JOIN pglogical.local_node l ON l.node_id = s.set_nodeid
              JOIN \(table) t ON t.set_id = s.set_id
              JOIN pg_catalog.pg_class c ON c.oid = t.set_reloid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN LATERAL pg_catalog.unnest(\(list)) a(name) ON true
             WHERE c.relkind = 'r'
             ORDER BY s.set_name, n.nspname, c.relname, a.name
            """
    }

    /// Logical slots of this database with their confirmed position.
    static let slots: SQL = """
        SELECT slot_name::pg_catalog.text, confirmed_flush_lsn::pg_catalog.text, plugin::pg_catalog.text
          FROM pg_catalog.pg_replication_slots
         WHERE slot_type = 'logical' AND database = pg_catalog.current_database()
         ORDER BY slot_name
        """
}
