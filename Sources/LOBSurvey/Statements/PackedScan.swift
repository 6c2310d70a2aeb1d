import LOBProfile
import PostgreSQLClient

/// The complete exact sizes of some rows of a table, packed by the server: up to four sizes in each integer,
/// concatenated.
///
/// That is several times faster than a row for each row (measured: 1.5 to 1.8 times a hand-written `max()`
/// of the same columns). Rows with a size that does not fit a ``PackedGroup``, or with one above a column's threshold,
/// come apart from that with their place and all their sizes: the tail.
struct PackedScan {
    let source: TableSource
    var detail = Detail.sizes
    /// Whether there are so few rows that sending them takes less than planning to pack their sizes.
    var hasFewRows = false

    /// What is wanted of the rows.
    enum Detail {
        /// All sizes, and the tail.
        case sizes
        /// The number of rows, and the tail; all sizes are in headers then.
        case tail
        /// The number of rows, and how many are in the tail: without their places PostgreSQL passes rows on as they are
        /// stored (measured: 1.15 times as fast).
        case tailCount
    }

    /// The columns of each integer.
    var groups: [PackedGroup] { PackedGroup.groups(of: source.columns.count) }

    /// Columns up to which sizes are packed: to plan that takes some 55 µs for each column, to plan to send them 6 (measured),
    /// and from here on sending them is no slower in the end.
    static let mostPacked = 64

    /// Seconds that a statement takes before it reads anything.
    static func overhead(columns: Int) -> Double {
        Double(columns) * (columns > mostPacked ? 6e-6 : 55e-6)
    }

    /// Whether the answer has a row for each row.
    var isRowwise: Bool { detail == .sizes && (hasFewRows || source.columns.count > Self.mostPacked) }

    /// The statement: the packed sizes of each group, and the tail; or a row for each row.
    ///
    /// - Parameters:
    ///   - condition: which rows to read.
    ///   - wanted: the rows that are wanted with their place.
    func statement(where condition: SQL, wanted: WantedRows) -> SQL {
        guard detail == .sizes else { return tail(where: condition, wanted) }
        return isRowwise ? rows(where: condition, wanted) : packed(where: condition, wanted)
    }

    /// For each row its place, its hash where wanted, the size of each column, and whether one is compressed by lz4.
    private func rows(where condition: SQL, _ wanted: WantedRows) -> SQL {
        let hash = wanted.hasHashes ? [wanted.hash] : []
        let lz4 = source.usesLZ4.map { [$0.inner] } ?? []
        return """
            SELECT \((["ctid"] + hash + source.sizes + lz4).joined(separator: ", "))
              FROM \(source.relation) WHERE \(condition)
            """
    }

    private func packed(where condition: SQL, _ wanted: WantedRows) -> SQL {
        // OFFSET 0 keeps the planner from computing an integer, or an expensive size, twice.
        if source.isCheap {
            return select(source.outerSizes, groups, wanted, source.usesLZ4?.outer) + """
                 FROM (SELECT ctid, \(list(source.quotedColumns, as: source.aliases)), \(integers(source.sizes))
                         FROM \(source.relation) WHERE \(condition) OFFSET 0) x
                """
        }
        let names = source.aliases
        return select(names, groups, wanted, source.usesLZ4.map { _ in "lz4" }) + """
             FROM (SELECT *, \(integers(names)) FROM (SELECT ctid, \(list(source.sizes, as: names))\(innerLZ4)
                     FROM \(source.relation) WHERE \(condition) OFFSET 0) y OFFSET 0) x
            """
    }

    /// The same for each of some blocks, a row for each.
    func statement(blocks: [UInt32], wanted: WantedRows) -> SQL {
        let first = blocks.map { block -> SQL in "\"(\(block),0)\"" }.joined(separator: ",")
        let end = blocks.map { block -> SQL in "\"(\(Int64(block) + 1),0)\"" }.joined(separator: ",")
        return """
            SELECT s.* FROM ROWS FROM (pg_catalog.unnest('{\(first)}'::pg_catalog.tid[]),
                                       pg_catalog.unnest('{\(end)}'::pg_catalog.tid[])) b(first, past)
              CROSS JOIN LATERAL (\(packed(where: "r.ctid >= b.first AND r.ctid < b.past", wanted))) s
            """
    }

    private func integers(_ sizes: [SQL]) -> SQL {
        groups.map { group -> SQL in "\(group.value(of: sizes)) AS \(group.name)" }.joined(separator: ", ")
    }

    private func list(_ expressions: [SQL], as names: [SQL]) -> SQL {
        zip(expressions, names).map { expression, name -> SQL in "\(expression) AS \(name)" }
            .joined(separator: ", ")
    }

    /// Only comparisons for the rows that are not wanted: as fast as `max()` of the same columns.
    private func tail(where condition: SQL, _ wanted: WantedRows) -> SQL {
        let isAbove = zip(source.sizes, wanted.thresholds).map { size, threshold -> SQL in
            "\(size) > \(threshold)"
        }
        let found: SQL =
            detail == .tail
            ? "pg_catalog.string_agg(\(row(source.sizes, wanted)), NULL)" : "pg_catalog.count(*)"
        return """
            SELECT pg_catalog.count(*), \(found) FILTER (WHERE \(isAbove.joined(separator: " OR ")))
              FROM \(source.relation) WHERE \(condition)
            """
    }

    /// A row of the tail.
    private func row(_ sizes: [SQL], _ wanted: WantedRows) -> SQL {
        let all = sizes.map { size -> SQL in "pg_catalog.int4send(coalesce(\(size), -1))" }
        return (["pg_catalog.tidsend(ctid)"] + wanted.hashColumns + all).joined(separator: " || ")
    }

    /// Whether a value of the row is compressed by lz4, where the columns have their own names.
    private var innerLZ4: SQL { source.usesLZ4.map { ", \($0.inner) AS lz4" } ?? "" }

    private func select(
        _ sizes: [SQL], _ groups: [PackedGroup], _ wanted: WantedRows, _ lz4: SQL?
    ) -> SQL {
        let packed = groups.map { group -> SQL in "pg_catalog.string_agg(\(group.bytes), NULL)" }
        return """
            SELECT \(packed.joined(separator: ", ")),
                   pg_catalog.string_agg(\(row(sizes, wanted)), NULL)
                     FILTER (WHERE \(wanted.condition(sizes, groups: groups)))\(
                   lz4.map { ", pg_catalog.bool_or(\($0))" } ?? "")
            """
    }
}
