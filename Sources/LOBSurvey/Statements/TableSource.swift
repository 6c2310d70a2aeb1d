import LOBProfile
import PostgreSQLClient

/// The relation that a statement reads, as quoted SQL, with its columns to measure.
struct TableSource {
    let name: SQL
    let columns: [Column]
    let sizes: [SQL]
    /// Whether every size is in the value's header, so that computing it twice costs next to nothing.
    let isCheap: Bool

    /// Quotes the names of a relation and of those of its columns that are to be measured.
    ///
    /// - Parameters:
    ///   - relation: the relation.
    ///   - columns: the columns whose true size is wanted.
    ///   - storedColumns: the columns whose stored size is wanted, listed after the others.
    /// - Throws: `PostgreSQLError.protocolViolation` for a name that no server can have.
    init(
        _ relation: Relation, columns: [Column], storedColumns: [Column] = []
    ) throws(PostgreSQLError) {
        name = try SQL.name(schema: relation.name.schema.bytes, name: relation.name.name.bytes)
        self.columns = columns + storedColumns
        isCheap = columns.allSatisfy(\.family.sizeIsInHeader)
        var sizes: [SQL] = []
        for column in columns { sizes.append(try SizeExpression(column).size) }
        for column in storedColumns { sizes.append(try SizeExpression(column).storedSize) }
        self.sizes = sizes
    }
}
