import PostgreSQLClient

/// What known extensions say of relations.
///
/// The server writes the statement that asks: only it knows where their tables are.
enum KitMarks {
    /// A part of the script.
    static func script() throws(PostgreSQLError) -> SQL {
        """
        SELECT $t$SELECT pg_catalog.json_build_object('marks', pg_catalog.row_to_json(ROW(t.*))) FROM ($t$
               || pg_catalog.replace(m.query, '{table}', \(table)) || $t$) t WHERE \(KitLine.isCounted)$t$
          FROM (\(KnownExtensions.query)) e(extension, schema, relation)
          JOIN (VALUES \(try KnownExtensions.queries(of: "{table}"))) m(source, query)
            ON m.source = e.extension || '.' || e.relation
        \\gexec
        """
    }

    private static let table: SQL = """
        '"' || pg_catalog.replace(e.schema, '"', '""') || '"."' || pg_catalog.replace(e.relation, '"', '""') || '"'
        """
}
