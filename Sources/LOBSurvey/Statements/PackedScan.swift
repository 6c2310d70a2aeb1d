import LOBProfile
import PostgreSQLClient

/// The complete exact sizes of one range of a table, packed by the server: four sizes of 16 bits in each
/// int8, concatenated.
///
/// That is several times faster than a row for each row (measured: 1.5 to 2.2 times a hand-written `max()`
/// of the same columns).
///
/// A packed 65,535 stands for NULL and for anything that large. Rows with such a value, or with one above a
/// column's threshold, come apart from that with their place and all their sizes: the tail.
struct PackedScan {
    let source: TableSource

    /// Sizes from here on do not fit in 16 bits.
    static let overflow: Int32 = 65_535
    /// Columns in one packed int8.
    static let columnsPerGroup = 4

    /// How many packed columns the result has.
    var groups: Int { (source.columns.count + Self.columnsPerGroup - 1) / Self.columnsPerGroup }

    /// The statement: a row count, the packed sizes of each group, and the tail.
    ///
    /// - Parameters:
    ///   - range: the rows to read.
    ///   - wanted: the rows that are wanted with their place.
    func statement(range: TIDRange, wanted: WantedRows) -> SQL {
        let names = source.columns.indices.map { index -> SQL in "s\(index)" }
        // OFFSET 0 keeps the planner from computing an expensive size twice.
        if source.isCheap {
            return select(source.sizes, wanted: wanted) + """
                 FROM ONLY \(source.name) WHERE \(range.condition)
                """
        }
        let sizes = zip(source.sizes, names).map { size, name -> SQL in "\(size) AS \(name)" }
        return select(names, wanted: wanted) + """
             FROM (SELECT ctid, \(sizes.joined(separator: ", ")) FROM ONLY \(source.name)
                    WHERE \(range.condition) OFFSET 0) x
            """
    }

    private func select(_ sizes: [SQL], wanted: WantedRows) -> SQL {
        let packed = stride(from: 0, to: sizes.count, by: Self.columnsPerGroup).map { first -> SQL in
            let group = sizes[first..<min(first + Self.columnsPerGroup, sizes.count)]
            return "pg_catalog.string_agg(pg_catalog.int8send(\(Self.pack(Array(group)))), NULL)"
        }
        let all = sizes.map { size -> SQL in "pg_catalog.int4send(coalesce(\(size), -1))" }
        let row = ["pg_catalog.tidsend(ctid)"] + wanted.hashColumns + all
        return """
            SELECT pg_catalog.count(*), \(packed.joined(separator: ", ")),
                   pg_catalog.string_agg(\(row.joined(separator: " || ")), NULL)
                     FILTER (WHERE \(wanted.condition(sizes)))
            """
    }

    /// The first size loses 32,768 so that it fits in the signed upper 16 bits.
    ///
    /// LEAST ignores NULL.
    private static func pack(_ sizes: [SQL]) -> SQL {
        let padded = sizes + Array(repeating: "0", count: columnsPerGroup - sizes.count)
        let least = padded.map { size -> SQL in "LEAST(\(size), 65535)" }
        return """
            (((\(least[0]) - 32768) * 65536::pg_catalog.int8 + \(least[1])) * 65536 + \(least[2])) \
            * 65536 + \(least[3])
            """
    }
}
