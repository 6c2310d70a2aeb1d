import LOBProfile
import PostgreSQLClient

/// The stored and true sizes of rows at given places: the second phase of a two-phase column.
struct FetchStatement {
    let relation: Relation
    let column: Column

    /// Yields the place, the ``StoredCode`` and the true size of each row that is still there and not NULL.
    func statement(for rows: [StoredRow]) throws(PostgreSQLError) -> SQL {
        let name = try SQL.name(schema: relation.name.schema.bytes, name: relation.name.name.bytes)
        let expression = try SizeExpression(column, of: relation)
        let places = rows.map { row -> SQL in "\"(\(row.place.block),\(row.place.offset))\"" }
        return """
            SELECT pg_catalog.tidsend(ctid), \(expression.storedCode), \(expression.size)
              FROM ONLY \(name) WHERE ctid = ANY ('{\(places.joined(separator: ","))}'::pg_catalog.tid[])
            """
    }
}
