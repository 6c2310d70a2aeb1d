import LOBProfile
import PostgreSQLClient

/// The statements that read the control tables of DMS on a target.
enum ControlTableSQL {
    /// Each `awsdms_apply_exceptions` and `awsdms_validation_failures_v1` or `_v2`, in whatever schema and whatever case, with
    /// the exact names of its columns.
    ///
    /// Columns of other types than DMS gives them are left out: their output function would be somebody's that
    /// runs as us. The task's, owner's and table's names, the time and why the row is there; never the statement, the key and
    /// the details, which hold values of rows.
    static let tables: SQL = """
        SELECT n.nspname::pg_catalog.text, c.relname::pg_catalog.text,
               pg_catalog.max(a.attname::pg_catalog.text) FILTER (WHERE k.key = 'task_name'),
               pg_catalog.max(a.attname::pg_catalog.text) FILTER (WHERE k.key = 'table_owner'),
               pg_catalog.max(a.attname::pg_catalog.text) FILTER (WHERE k.key = 'table_name'),
               pg_catalog.max(a.attname::pg_catalog.text) FILTER (WHERE k.key IN ('error_time', 'failure_time')),
               pg_catalog.max(a.attname::pg_catalog.text) FILTER (WHERE k.key = r.reason),
               pg_catalog.max(a.attname::pg_catalog.text) FILTER (WHERE k.key = 'resync_result'),
               r.reason
          FROM pg_catalog.pg_class c
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
          JOIN (VALUES ('awsdms_apply_exceptions', 'error'),
                       ('awsdms_validation_failures_v1', 'failure_type'),
                       ('awsdms_validation_failures_v2', 'failure_type')) r (name, reason)
               ON r.name = pg_catalog.lower(c.relname::pg_catalog.text)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
               AND a.atttypid IN (25, 1042, 1043, 1114, 1184)
         CROSS JOIN LATERAL (SELECT pg_catalog.lower(a.attname::pg_catalog.text) AS key) k
         WHERE c.relkind = 'r' AND c.relpersistence <> 't'
           AND (k.key IN ('error_time', 'failure_time')) = (a.atttypid IN (1114, 1184))
         GROUP BY n.nspname, c.relname, r.reason
         ORDER BY n.nspname, c.relname
        """

    /// The most groups that are read: tasks, tables and causes are few.
    static let mostGroups = 10_000

    /// The rows of one control table, grouped by task, table and reason: a SQLSTATE, or a word of ours for what the text of the
    /// error says.
    static func exceptions(in table: ControlTable) throws(PostgreSQLError) -> SQL {
        let from = try table.quoted()
        return """
            SELECT x.\(from.task)::pg_catalog.text, x.\(from.owner)::pg_catalog.text,
                   x.\(from.relation)::pg_catalog.text, s.state,
                   pg_catalog.count(*), pg_catalog.min(x.\(from.time))::pg_catalog.text,
                   pg_catalog.max(x.\(from.time))::pg_catalog.text
              FROM ONLY \(from.name) x
             CROSS JOIN LATERAL (SELECT pg_catalog.lower(x.\(from.reason)::pg_catalog.text) AS error) e
             CROSS JOIN LATERAL (
                   SELECT coalesce(
                          pg_catalog.substring(x.\(from.reason)::pg_catalog.text, '\(sqlState)'),
                          CASE \(phrases) END) AS state) s
             GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4 LIMIT \(mostGroups)
            """
    }

    /// A regular expression for a SQLSTATE behind its mark.
    private static var sqlState: SQL {
        let classes = RefusalText.classes.map(SQL.init(stringLiteral:)).joined(separator: "|")
        let mark = SQL(stringLiteral: RefusalText.mark)
        return "\(mark)[ \\t\\n\\v\\f\\r]*((?:\(classes))[0-9A-Z]{3})(?![0-9A-Z])"
    }

    /// The cases that give a label for the words of an error.
    private static var phrases: SQL {
        RefusalText.phrases.map { phrase in
            let says = phrase.words.map { words -> SQL in
                "e.error OPERATOR(pg_catalog.~) '(?<![0-9])\(SQL(stringLiteral: words))'"
            }
            return "WHEN \(says.joined(separator: " OR ")) THEN '\(SQL(stringLiteral: phrase.label))'"
        }.joined(separator: " ")
    }

    /// The rows of one control table, grouped by task, table and kind of failure, with those that data resync has repaired.
    static func validationFailures(in table: ControlTable) throws(PostgreSQLError) -> SQL {
        let from = try table.quoted()
        let repaired: SQL =
            if let resync = from.resync { "x.\(resync)::pg_catalog.text = 'SUCCESS'" } else { "false" }
        return """
            SELECT x.\(from.task)::pg_catalog.text, x.\(from.owner)::pg_catalog.text,
                   x.\(from.relation)::pg_catalog.text,
                   CASE WHEN x.\(from.reason)::pg_catalog.text IN ('RECORD_DIFF', 'MISSING_SOURCE', 'MISSING_TARGET', 'TABLE_WARNING')
                        THEN x.\(from.reason)::pg_catalog.text END,
                   pg_catalog.count(*), pg_catalog.min(x.\(from.time))::pg_catalog.text,
                   pg_catalog.max(x.\(from.time))::pg_catalog.text, pg_catalog.count(*) FILTER (WHERE \(repaired))
              FROM ONLY \(from.name) x
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
    /// The column that says why a row is there: `ERROR` or `FAILURE_TYPE`.
    let reason: [UInt8]
    /// `RESYNC_RESULT`; nil where the table has none.
    let resync: [UInt8]?
    /// Whether it is `awsdms_apply_exceptions`; else it lists validation failures.
    let isOfExceptions: Bool

    /// Its names as SQL spells them.
    struct Quoted {
        let name: SQL
        let task: QuotedIdentifier
        let owner: QuotedIdentifier
        let relation: QuotedIdentifier
        let time: QuotedIdentifier
        let reason: QuotedIdentifier
        let resync: QuotedIdentifier?
    }

    func quoted() throws(PostgreSQLError) -> Quoted {
        var quotedResync: QuotedIdentifier?
        if let resync { quotedResync = try QuotedIdentifier(resync) }
        return Quoted(
            name: try SQL.name(schema: schema, name: name), task: try QuotedIdentifier(task),
            owner: try QuotedIdentifier(owner), relation: try QuotedIdentifier(relation),
            time: try QuotedIdentifier(time), reason: try QuotedIdentifier(reason), resync: quotedResync)
    }
}
