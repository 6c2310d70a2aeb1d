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
    /// Whether only the number of rows and the tail are wanted; all sizes are in headers then.
    var isTailOnly = false

    /// The columns of each integer.
    var groups: [PackedGroup] { PackedGroup.groups(of: source.columns.count) }

    /// The statement: the packed sizes of each group, and the tail.
    ///
    /// - Parameters:
    ///   - condition: which rows to read.
    ///   - wanted: the rows that are wanted with their place.
    func statement(where condition: SQL, wanted: WantedRows) -> SQL {
        if isTailOnly { return tail(where: condition, wanted) }
        if isWide { return wide(where: condition, wanted) }
        // OFFSET 0 keeps the planner from computing an integer, or an expensive size, twice.
        if source.isCheap {
            return select(source.outerSizes, groups, wanted, source.usesLZ4?.outer) + """
                 FROM (SELECT ctid, \(list(source.quotedColumns, as: source.aliases)), \(integers(source.sizes))
                         FROM ONLY \(source.name) WHERE \(condition) OFFSET 0) x
                """
        }
        let names = source.aliases
        return select(names, groups, wanted, source.usesLZ4.map { _ in "lz4" }) + """
             FROM (SELECT *, \(integers(names)) FROM (SELECT ctid, \(list(source.sizes, as: names))\(innerLZ4)
                     FROM ONLY \(source.name) WHERE \(condition) OFFSET 0) y OFFSET 0) x
            """
    }

    /// A target list's longest, `MaxTupleAttributeNumber` of PostgreSQL.
    private static let longestTargetList = 1_664

    /// Whether the columns, the integers and the place together are too many for one target list.
    private var isWide: Bool { source.columns.count + groups.count + 1 > Self.longestTargetList }

    /// The statement where the integers have no place in a target list: they are computed wherever they are used.
    private func wide(where condition: SQL, _ wanted: WantedRows) -> SQL {
        let sizes = source.isCheap ? source.outerSizes : source.aliases
        let inner = source.isCheap ? source.quotedColumns : source.sizes
        let inlined = groups.map { group -> PackedGroup in
            PackedGroup(columns: group.columns, name: "(\(group.value(of: sizes)))")
        }
        let lz4 = source.usesLZ4.map { source.isCheap ? $0.outer : "lz4" }
        return select(sizes, inlined, wanted, lz4) + """
             FROM (SELECT ctid, \(list(inner, as: source.aliases))\(source.isCheap ? "" : innerLZ4)
                     FROM ONLY \(source.name) WHERE \(condition) OFFSET 0) x
            """
    }

    /// The same for each of some blocks, a row for each.
    func statement(blocks: [UInt32], wanted: WantedRows) -> SQL {
        let first = blocks.map { block -> SQL in "\"(\(block),0)\"" }.joined(separator: ",")
        let end = blocks.map { block -> SQL in "\"(\(Int64(block) + 1),0)\"" }.joined(separator: ",")
        return """
            SELECT s.* FROM ROWS FROM (pg_catalog.unnest('{\(first)}'::pg_catalog.tid[]),
                                       pg_catalog.unnest('{\(end)}'::pg_catalog.tid[])) b(first, past)
              CROSS JOIN LATERAL (\(statement(where: "ctid >= b.first AND ctid < b.past", wanted: wanted))) s
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
        return """
            SELECT pg_catalog.count(*), pg_catalog.string_agg(\(row(source.sizes, wanted)), NULL)
                     FILTER (WHERE \(isAbove.joined(separator: " OR ")))
              FROM ONLY \(source.name) WHERE \(condition)
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
