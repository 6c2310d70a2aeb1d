import LOBProfile
import PostgreSQLClient

/// Asks whether a name still means the relation of the plan, with the same file and the same columns.
///
/// It is asked before the scan, because another column, table or view behind the name could bring a cast or
/// function of somebody's that would run as us. The lock that this takes keeps the table as it is until the
/// transaction ends, but a schema can be renamed in between: after the scan the name is looked up again, and what was
/// read is thrown away where it means something else.
struct IdentityCheck {
    let relation: Relation
    let columns: [Column]
    /// Whether the transaction sees the catalog as it was when a snapshot was taken.
    var seesOldCatalog = false

    /// What a plain read of the table reads beside it.
    var descendants: CodeWatch.Descendants { relation.isReadWithDescendants == true ? .all : .none }

    /// Yields one row with one boolean: whether the name still means the relation that ``assertion()`` has locked.
    func isStillNamed() throws(PostgreSQLError) -> Statement {
        Statement(
            "SELECT coalesce(pg_catalog.to_regclass($1)::pg_catalog.oid = $2::pg_catalog.oid, false)",
            [.textBytes(try name().bytes), .int8(Int64(relation.oid))])
    }

    private func name() throws(PostgreSQLError) -> SQL {
        try SQL.name(schema: relation.name.schema.bytes, name: relation.name.name.bytes)
    }

    /// Yields one row with one boolean: whether any relation has the name.
    var nameIsTaken: Statement {
        Statement(
            """
            SELECT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                            WHERE n.nspname = $1 AND c.relname = $2)
            """, [.textBytes(relation.name.schema.bytes), .textBytes(relation.name.name.bytes)])
    }

    /// Takes the lock that the scan needs, then fails with a division by zero unless all is as planned.
    ///
    /// An error keeps the statements behind it in a batch from being run, or even parsed. No row is read.
    func assertion() throws(PostgreSQLError) -> Statement {
        Statement(
            """
            SELECT 1 / CASE WHEN (\(query)) AND NOT EXISTS (SELECT FROM ONLY \(try name()) WHERE false) THEN 1 ELSE 0 END
            """, binds)
    }

    /// Whether an error is that of ``assertion()`` at some position of a batch.
    static func hasFailed(_ error: PostgreSQLError, at index: Int) -> Bool {
        guard case .server(let error) = error else { return false }
        return error.statementIndex == index && error.sqlState == .divisionByZero
    }

    /// Where a column stands among the expected ones; a join with them would take longer to plan than to run.
    private var place: SQL {
        "pg_catalog.array_position($5::pg_catalog.int8[], a.attnum::pg_catalog.int8)"
    }

    private var query: SQL { seesOldCatalog ? currentQuery : transactionalQuery }

    /// The same from functions that look into the catalog as it is now, whatever the transaction's snapshot is; a type
    /// that changes without the table being rewritten has the same values.
    private var currentQuery: SQL {
        """
        SELECT coalesce(pg_catalog.pg_relation_filenode($1::pg_catalog.oid), 0) = $2::pg_catalog.oid
               AND (pg_catalog.pg_identify_object_as_address('pg_catalog.pg_class'::pg_catalog.regclass,
                                                             $1::pg_catalog.oid, 0)).object_names = ARRAY[$3, $4]
               AND (SELECT pg_catalog.count(*)
                      FROM ROWS FROM (pg_catalog.unnest($5), pg_catalog.unnest($6), pg_catalog.unnest($7))
                        w(number, type, name)
                     WHERE (pg_catalog.pg_identify_object_as_address(
                              'pg_catalog.pg_class'::pg_catalog.regclass, $1::pg_catalog.oid,
                              w.number::pg_catalog.int4)).object_names = ARRAY[$3, $4, w.name]) = \(columns.count)
        """
    }

    private var transactionalQuery: SQL {
        """
        SELECT c.oid = $1::pg_catalog.oid AND c.relkind IN (\(kinds))
               AND coalesce(pg_catalog.pg_relation_filenode(c.oid), 0) = $2::pg_catalog.oid
               AND (SELECT pg_catalog.count(*) FROM pg_catalog.pg_attribute a
                     WHERE a.attrelid = c.oid AND NOT a.attisdropped
                       AND a.atttypid = ($6::pg_catalog.oid[])[\(place)]
                       AND a.attname = ($7::pg_catalog.text[])[\(place)]) = \(columns.count)
          FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = $3 AND c.relname = $4
        """
    }

    private var kinds: SQL { relation.kind == .foreignTable ? "'f'" : "'r', 'm'" }

    private var binds: [Bind] {
        [
            .int8(Int64(relation.oid)), .int8(Int64(relation.fileNode)),
            .textBytes(relation.name.schema.bytes), .textBytes(relation.name.name.bytes),
            .int8Array(columns.map { Int64($0.number) }), .oidArray(columns.map(\.typeOID)),
            .textArray(columns.map(\.name.bytes)),
        ]
    }
}
