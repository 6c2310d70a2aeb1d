import PostgreSQLClient

/// How the script asks: each row of an answer is a line of JSON, and is counted.
enum KitLine {
    /// A condition that holds, and counts a line of the answers.
    static let isCounted: SQL = """
        pg_catalog.set_config('lobscope.lines', (pg_catalog.current_setting('lobscope.lines')::pg_catalog.int8 + 1)
          ::pg_catalog.text, true) IS NOT NULL
        """

    /// A statement whose rows are lines of the answers.
    static func recorded(_ name: StaticString, _ query: SQL) -> SQL {
        recorded(quoted: "'\(SQL(stringLiteral: name))'", query)
    }

    /// - Parameter order: the ORDER BY of the rows of `t`.
    static func recorded(quoted name: SQL, _ query: SQL, order: SQL = "") -> SQL {
        """
        SELECT pg_catalog.json_build_object(\(name), pg_catalog.row_to_json(ROW(t.*))) FROM (
        \(query)
        ) t\(order);
        \(counted)
        """
    }

    /// Counts the rows of the last statement.
    static let counted: SQL = """
        SELECT pg_catalog.set_config('lobscope.lines', (pg_catalog.current_setting('lobscope.lines')::pg_catalog.int8
          OPERATOR(pg_catalog.+) :ROW_COUNT)::pg_catalog.text, true) AS lobscope_lines \\gset
        """
}
