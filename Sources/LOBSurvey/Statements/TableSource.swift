import LOBProfile
import PostgreSQLClient

/// The relation that a statement reads, as quoted SQL, with its columns to measure.
struct TableSource {
    let name: SQL
    let columns: [Column]
    let sizes: [SQL]

    /// Quotes the names of a relation and of those of its columns that are to be measured.
    ///
    /// - Throws: `PostgreSQLError.protocolViolation` for a name that no server can have.
    init(_ relation: Relation, columns: [Column]) throws(PostgreSQLError) {
        name = try SQL.name(schema: relation.name.schema.bytes, name: relation.name.name.bytes)
        self.columns = columns
        var sizes: [SQL] = []
        for column in columns { sizes.append(try SizeExpression(column).size) }
        self.sizes = sizes
    }

    /// Whether every size is in the value's header, so that computing it twice costs next to nothing.
    var isCheap: Bool { columns.allSatisfy(\.family.sizeIsInHeader) }
}
