import LOBProfile
import PostgreSQLClient

/// The relation that a statement reads, as quoted SQL, with its columns to measure.
struct TableSource {
    let name: SQL
    /// The relation as it stands behind FROM: with the tables that inherit from it where it is read with them.
    private let from: SQL
    let columns: [Column]
    /// The columns' names, quoted, behind ``alias``.
    let quotedColumns: [SQL]
    let sizes: [SQL]
    /// The sizes where the columns are called by their ``aliases``.
    let outerSizes: [SQL]
    /// Whether every size is one header field of the value, so that computing it twice costs next to nothing.
    let isCheap: Bool

    /// Whether any of the json columns of which the stored size is wanted holds a value compressed by lz4, of the
    /// columns by name and by alias; nil without such columns.
    let usesLZ4: (inner: SQL, outer: SQL)?

    /// Quotes the names of a relation and of those of its columns that are to be measured.
    ///
    /// - Parameters:
    ///   - relation: the relation.
    ///   - columns: the columns whose true size is wanted.
    ///   - storedColumns: the columns whose ``StoredCode`` is wanted, listed after the others.
    /// - Throws: `PostgreSQLError.protocolViolation` for a name that no server can have.
    init(
        _ relation: Relation, columns: [Column], storedColumns: [Column] = []
    ) throws(PostgreSQLError) {
        name = try SQL.name(schema: relation.name.schema.bytes, name: relation.name.name.bytes)
        from = relation.isReadWithDescendants == true ? name : "ONLY \(name)"
        self.columns = columns + storedColumns
        isCheap = storedColumns.isEmpty && columns.allSatisfy(\.family.sizeIsInHeader)
        var (names, sizes, outerSizes): ([SQL], [SQL], [SQL]) = ([], [], [])
        for (index, column) in self.columns.enumerated() {
            let name = try QuotedIdentifier(column.name.bytes)
            let inner = try SizeExpression(column, of: relation, alias: "\(Self.alias).\(name)")
            let outer = try SizeExpression(column, of: relation, alias: "v\(index)")
            names.append(inner.column)
            sizes.append(index < columns.count ? inner.size : inner.storedCode)
            outerSizes.append(index < columns.count ? outer.size : outer.storedCode)
        }
        quotedColumns = names
        self.sizes = sizes
        self.outerSizes = outerSizes
        let all = columns + storedColumns
        let texts = all.indices.filter { $0 >= columns.count && all[$0].family == .json }
        usesLZ4 =
            texts.isEmpty
            ? nil
            : (Self.isLZ4(texts.map { names[$0] }), Self.isLZ4(texts.map { index -> SQL in "v\(index)" }))
    }

    /// The method is in the header of a value or in its TOAST pointer: nothing is decompressed for it.
    private static func isLZ4(_ columns: [SQL]) -> SQL {
        let each = columns.map { column -> SQL in
            "coalesce(pg_catalog.pg_column_compression(\(column)) = 'lz4', false)"
        }
        return "(\(each.joined(separator: " OR ")))"
    }

    /// What a relation is called in a statement that reads it, so that its own name, whatever that is, is none of the
    /// statement's: each column and ctid is read by it, and no other alias is spelled like it.
    static let alias: SQL = "r"

    /// The relation in a FROM clause.
    var relation: SQL { "\(from) AS \(Self.alias)" }

    /// Names for the columns in a statement around the one that reads them.
    var aliases: [SQL] { columns.indices.map { index -> SQL in "v\(index)" } }
}
