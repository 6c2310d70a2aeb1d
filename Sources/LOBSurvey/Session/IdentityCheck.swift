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

    /// Fails with a division by zero unless the name means the relation at this moment: what ``assertion(of:)`` has locked may
    /// have been renamed while other tables were read.
    func isNamed() throws(PostgreSQLError) -> Statement {
        Statement(
            """
            SELECT 1 / CASE WHEN pg_catalog.to_regclass($1)::pg_catalog.oid = $2::pg_catalog.oid THEN 1 ELSE 0 END
            """, [.textBytes(try name().bytes), .int8(Int64(relation.oid))])
    }

    /// Whether an error is that of ``assertion(of:)`` or ``isNamed()`` at some position of a batch.
    static func hasFailed(_ error: PostgreSQLError, at index: Int) -> Bool {
        guard case .server(let error) = error else { return false }
        return error.statementIndex == index && error.sqlState == .divisionByZero
    }
}

/// Checks of several tables at once.
extension IdentityCheck {
    /// Takes the locks that the scans need, then fails with a division by zero unless all is as planned.
    ///
    /// An error keeps the statements behind it in a batch from being run, or even parsed. No row is read.
    ///
    /// - Parameter checks: all of a transaction, of different tables, with the same ``seesOldCatalog``.
    static func assertion(of checks: [IdentityCheck]) throws(PostgreSQLError) -> Statement {
        var locks: [SQL] = []
        for check in checks { locks.append("NOT EXISTS (SELECT FROM ONLY \(try check.name()) WHERE false)") }
        let seesOldCatalog = checks.contains(where: \.seesOldCatalog)
        let columns = checks.flatMap { check in
            check.columns.map { (relation: check.relation.oid, column: $0) }
        }
        let relations = checks.map(\.relation)
        return Statement(
            """
            SELECT 1 / CASE WHEN (\(seesOldCatalog ? currentRelations : relationsOfSnapshot)) = \(checks.count)
              AND (\(seesOldCatalog ? currentColumns : columnsOfSnapshot)) = \(columns.count)
              AND \(locks.joined(separator: " AND ")) THEN 1 ELSE 0 END
            """,
            [
                .oidArray(relations.map(\.oid)), .oidArray(relations.map(\.fileNode)),
                .textArray(relations.map(\.name.schema.bytes)), .textArray(relations.map(\.name.name.bytes)),
                .oidArray(columns.map(\.relation)), .int8Array(columns.map { Int64($0.column.number) }),
                .oidArray(columns.map(\.column.typeOID)), .textArray(columns.map(\.column.name.bytes)),
            ])
    }

    /// Yields a row for each table, in their order: whether the name still means the relation that ``assertion(of:)`` has locked.
    static func areStillNamed(_ checks: [IdentityCheck]) throws(PostgreSQLError) -> Statement {
        var names: [[UInt8]] = []
        for check in checks { names.append(try check.name().bytes) }
        return Statement(
            """
            SELECT coalesce(pg_catalog.to_regclass(w.name)::pg_catalog.oid = w.oid, false)
              FROM ROWS FROM (pg_catalog.unnest($1::pg_catalog.text[]), pg_catalog.unnest($2::pg_catalog.oid[]))
                     WITH ORDINALITY w(name, oid, place) ORDER BY w.place
            """, [.textArray(names), .oidArray(checks.map(\.relation.oid))])
    }

    private static let expectedRelations: SQL = """
        ROWS FROM (pg_catalog.unnest($1::pg_catalog.oid[]), pg_catalog.unnest($2::pg_catalog.oid[]),
                   pg_catalog.unnest($3::pg_catalog.text[]), pg_catalog.unnest($4::pg_catalog.text[])) w(oid, file, schema, name)
        """

    private static let expectedColumns: SQL = """
        ROWS FROM (pg_catalog.unnest($5::pg_catalog.oid[]), pg_catalog.unnest($6::pg_catalog.int8[]),
                   pg_catalog.unnest($7::pg_catalog.oid[]), pg_catalog.unnest($8::pg_catalog.text[]))
          k(relation, number, type, name)
        """

    /// How many relations are as planned.
    ///
    /// A table can become a view, and no view a table.
    private static let relationsOfSnapshot: SQL = """
        SELECT pg_catalog.count(*) FROM \(expectedRelations)
          JOIN pg_catalog.pg_class c ON c.oid = w.oid AND c.relname = w.name
          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace AND n.nspname = w.schema
         WHERE c.relkind IN ('r', 'm', 'f') AND coalesce(pg_catalog.pg_relation_filenode(c.oid), 0) = w.file
        """

    private static let columnsOfSnapshot: SQL = """
        SELECT pg_catalog.count(*) FROM \(expectedColumns)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = k.relation AND a.attnum = k.number
         WHERE NOT a.attisdropped AND a.atttypid = k.type AND a.attname = k.name
        """

    /// The same from functions that look into the catalog as it is now, whatever the transaction's snapshot is; a type
    /// that changes without the table being rewritten has the same values.
    private static let currentRelations: SQL = """
        SELECT pg_catalog.count(*) FROM \(expectedRelations)
         WHERE coalesce(pg_catalog.pg_relation_filenode(w.oid), 0) = w.file
           AND (pg_catalog.pg_identify_object_as_address('pg_catalog.pg_class'::pg_catalog.regclass, w.oid, 0)).object_names
               = ARRAY[w.schema, w.name]
        """

    private static let currentColumns: SQL = """
        SELECT pg_catalog.count(*) FROM \(expectedColumns)
         WHERE (pg_catalog.pg_identify_object_as_address('pg_catalog.pg_class'::pg_catalog.regclass, k.relation,
                  k.number::pg_catalog.int4)).object_names[3] = k.name
        """
}
