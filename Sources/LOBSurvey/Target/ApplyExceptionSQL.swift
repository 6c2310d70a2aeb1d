import PostgreSQLClient

/// The statements that read the control tables of DMS on a target.
enum ApplyExceptionSQL {
    /// Each `awsdms_apply_exceptions`, in whatever schema and whatever case, with the exact names of its columns.
    ///
    /// Columns of other types than DMS gives them are left out: their output function would be somebody's that
    /// runs as us. The task's, owner's and table's names, the time and the error; never the statement, which holds
    /// values of rows.
    static let tables: SQL = """
        SELECT n.nspname::pg_catalog.text, c.relname::pg_catalog.text,
               pg_catalog.max(a.attname::pg_catalog.text) FILTER (WHERE k.key = 'task_name'),
               pg_catalog.max(a.attname::pg_catalog.text) FILTER (WHERE k.key = 'table_owner'),
               pg_catalog.max(a.attname::pg_catalog.text) FILTER (WHERE k.key = 'table_name'),
               pg_catalog.max(a.attname::pg_catalog.text) FILTER (WHERE k.key = 'error_time'),
               pg_catalog.max(a.attname::pg_catalog.text) FILTER (WHERE k.key = 'error')
          FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
          JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
               AND a.atttypid IN (25, 1042, 1043, 1114, 1184)
         CROSS JOIN LATERAL (SELECT pg_catalog.lower(a.attname::pg_catalog.text) AS key) k
         WHERE c.relkind = 'r' AND c.relpersistence <> 't'
           AND pg_catalog.lower(c.relname::pg_catalog.text) = 'awsdms_apply_exceptions'
           AND (k.key = 'error_time') = (a.atttypid IN (1114, 1184))
         GROUP BY n.nspname, c.relname
         ORDER BY n.nspname, c.relname
        """

    /// The most groups that are read: tasks, tables and causes are few.
    static let mostGroups = 10_000

    /// The rows of one control table, grouped by task, table and SQLSTATE.
    static func exceptions(in table: ControlTable) throws(PostgreSQLError) -> SQL {
        let name = try SQL.name(schema: table.schema, name: table.name)
        let task = try QuotedIdentifier(table.task)
        let owner = try QuotedIdentifier(table.owner)
        let relation = try QuotedIdentifier(table.relation)
        let time = try QuotedIdentifier(table.time)
        let error = try QuotedIdentifier(table.error)
        return """
            SELECT x.\(task)::pg_catalog.text, x.\(owner)::pg_catalog.text, x.\(relation)::pg_catalog.text, s.state,
                   pg_catalog.count(*), pg_catalog.min(x.\(time))::pg_catalog.text,
                   pg_catalog.max(x.\(time))::pg_catalog.text
              FROM ONLY \(name) x
             CROSS JOIN LATERAL (
                   SELECT pg_catalog.substring(x.\(error)::pg_catalog.text, 'SqlState: *([0-9A-Z]{5})') AS state) s
             GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4 LIMIT \(mostGroups)
            """
    }
}

/// A control table with the exact bytes of the names that it is made of.
struct ControlTable: Equatable {
    let schema: [UInt8]
    let name: [UInt8]
    let task: [UInt8]
    let owner: [UInt8]
    let relation: [UInt8]
    let time: [UInt8]
    let error: [UInt8]
}
