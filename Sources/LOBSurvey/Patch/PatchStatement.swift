import LOBProfile
import PostgreSQLClient
import SizeStatistics

/// The statement that lists rows above a limit in a range of blocks: keys as SQL literals, and bytes.
struct PatchStatement {
    private let source: TableSource
    private let keys: [SQL]
    private let limits: [SQL]

    /// Quotes the names.
    ///
    /// - Throws: `PostgreSQLError.protocolViolation` for a name that no server can have.
    init(
        _ relation: Relation, _ columns: [PatchWish.LimitedColumn], keyColumns: [Identifier]
    ) throws(PostgreSQLError) {
        source = try TableSource(relation, columns: columns.map(\.column))
        var keys: [SQL] = []
        for column in keyColumns {
            keys.append("pg_catalog.format('%L', \(TableSource.alias).\(try QuotedIdentifier(column.bytes)))")
        }
        self.keys = keys
        limits = zip(source.sizes, columns).map { size, limited -> SQL in
            "\(size) > \(limited.largestFitting.bytes)"
        }
    }

    /// The number of values of a row before its bytes.
    var keyCount: Int { keys.count }

    /// The statement; at most `count` rows, so that a table with many is not listed to its end.
    ///
    /// - Parameter range: nil for the whole table.
    func rows(in range: TIDRange?, atMost count: Int) -> SQL {
        let place: SQL = range.map { "\($0.condition) AND " } ?? ""
        let sizes = source.sizes.map { size -> SQL in "coalesce(\(size), 0)::pg_catalog.int8" }
        return """
            SELECT \((keys + [sizes.joined(separator: " + ")]).joined(separator: ", ")) FROM \(source.relation)
             WHERE \(place)(\(limits.joined(separator: " OR "))) LIMIT \(count)
            """
    }

    /// The names of the columns of a table by their numbers.
    static func columnNames(of oid: UInt32) -> SQL {
        """
        SELECT attnum, attname::pg_catalog.text FROM pg_catalog.pg_attribute
         WHERE attrelid = \(oid) AND attnum > 0 AND NOT attisdropped
        """
    }

    /// Orders rows by their keys, so that the same rows always give the same text.
    static func isBefore(_ left: [[UInt8]], _ right: [[UInt8]]) -> Bool {
        left.lexicographicallyPrecedes(right) { first, second in
            first.count == second.count
                ? first.lexicographicallyPrecedes(second) : first.count < second.count
        }
    }
}
