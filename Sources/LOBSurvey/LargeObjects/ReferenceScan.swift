import LOBProfile
import PostgreSQLClient

/// Reads the columns of one table that may refer to large objects, chunk by chunk.
struct ReferenceScan {
    let table: ReferenceTable
    /// What each column refers to in the window.
    private(set) var found: [BitSet]
    private var ranges: [TIDRange?]
    /// Why the rest of the table cannot be read.
    private(set) var failure: Unmeasured.Reason?

    /// Begins with a table.
    ///
    /// - Parameter blocks: of the table; nil where it is read as a whole.
    init(_ table: ReferenceTable, blocks: Int?) {
        self.table = table
        found = table.columns.map { _ in BitSet() }
        ranges = blocks.map { [.blocks(0..<$0, isOpenEnded: true)] } ?? [nil]
    }

    /// Whether nothing is left to read.
    var isFinished: Bool { ranges.isEmpty || failure != nil }

    /// Whether a table is read by places, as tables are that store rows in blocks.
    static func isChunked(_ relation: Relation, serverVersion: Int) -> Bool {
        serverVersion >= 140_000 && relation.isSelectable && relation.hasPlaces
    }

    /// Takes up to so many blocks.
    mutating func take(_ blocks: Int) -> TIDRange? {
        guard let last = ranges.popLast(), let range = last else { return nil }
        let (part, rest) = range.first(blocks)
        if let rest { ranges.append(rest) }
        return part
    }

    /// Puts a range back that has to be read again.
    mutating func putBack(_ range: TIDRange?) { ranges.append(range) }

    /// Puts the halves of a range back; false where it has none.
    mutating func putBackHalves(of range: TIDRange?) -> Bool {
        guard let (first, second) = range?.halves else { return false }
        ranges += [second, first]
        return true
    }

    /// Notes that the table cannot be read any further.
    mutating func fail(_ reason: Unmeasured.Reason) { failure = reason }

    /// Reads a range, or the whole table.
    ///
    /// - Returns: false where the table is no longer the one of the catalog.
    mutating func read(
        _ range: TIDRange?, into window: LargeObjectWindow, over connection: inout Connection,
        _ preamble: Preamble
    ) throws(PostgreSQLError) -> Bool {
        let identity = IdentityCheck(
            relation: table.relation, columns: table.columns, seesOldCatalog: preamble.snapshot != nil)
        let scan = range == nil ? "on" as SQL : "off"
        let statements =
            preamble.statements() + [
                Statement("SELECT pg_catalog.set_config('enable_seqscan', '\(scan)', true)"),
                try identity.assertion(), Statement(try statement(range), Self.bounds(of: window)),
                try identity.isStillNamed(), Statement("COMMIT"),
            ]
        var packed: [[UInt8]] = []
        var isSame = false
        do throws(PostgreSQLError) {
            try connection.batch(statements, deadline: preamble.statementTimeout + .seconds(5)) {
                (index: Int, row: borrowing Row) throws(PostgreSQLError) in
                switch index - preamble.count {
                case 2:
                    for column in table.columns.indices {
                        packed.append(row.isNull(column) ? [] : try row.bytes(column))
                    }
                case 3: isSame = try row.bool(0)
                default: break
                }
            }
        } catch {
            guard IdentityCheck.hasFailed(error, at: preamble.count + 1) else { throw error }
            return false
        }
        guard isSame else { return false }
        for (index, references) in packed.enumerated() { window.mark(references, in: &found[index]) }
        return true
    }

    private static func bounds(of window: LargeObjectWindow) -> [Bind] {
        [.int8(Int64(window.oids.first ?? 0)), .int8(Int64(window.oids.last ?? 0))]
    }

    /// The OIDs of each column that are in the window, packed by the server: for each column one value.
    private func statement(_ range: TIDRange?) throws(PostgreSQLError) -> SQL {
        let relation = table.relation
        let name = try SQL.name(schema: relation.name.schema.bytes, name: relation.name.name.bytes)
        var values: [SQL] = []
        for column in table.columns {
            let column = try QuotedIdentifier(column.name.bytes)
            values.append(
                """
                pg_catalog.string_agg(pg_catalog.oidsend(\(column)), NULL)
                  FILTER (WHERE \(column) BETWEEN $1::pg_catalog.oid AND $2::pg_catalog.oid)
                """)
        }
        let condition = range.map { range -> SQL in " WHERE \(range.condition)" } ?? ""
        return "SELECT \(values.joined(separator: ", ")) FROM ONLY \(name)\(condition)"
    }
}
