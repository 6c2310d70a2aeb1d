import LOBProfile
import PostgreSQLClient

/// Reads the columns of one table that may refer to large objects, chunk by chunk.
///
/// Values are compared on the server: what leaves it are OIDs of large objects, which `pg_largeobject_metadata` shows to
/// everybody, and how many numbers there are. A number that is no such OID is only counted, and any other text not even
/// that.
struct ReferenceScan {
    let table: ReferenceTable
    /// What was seen of each column.
    private(set) var found: [Found]
    private var ranges: [TIDRange?]
    /// Why the rest of the table cannot be read.
    private(set) var failure: Unmeasured.Reason?
    private(set) var failureDetail: String?

    /// What was seen of a column.
    struct Found {
        /// What it refers to in the window.
        var objects = BitSet()
        /// Values that are a number other than 0.
        var numbers = 0
        /// Those of them that are the OID of a large object, among the OIDs that were asked for.
        var matching = 0
    }

    /// Begins with a table.
    ///
    /// - Parameter blocks: of the table; nil where it is read as a whole.
    init(_ table: ReferenceTable, blocks: Int?) {
        self.table = table
        found = table.columns.map { _ in Found() }
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
    mutating func fail(_ reason: Unmeasured.Reason, detail: String? = nil) {
        failure = reason
        failureDetail = detail
    }

    /// Reads a range, or the whole table.
    ///
    /// - Parameter oids: numbers outside of it are only counted.
    /// - Returns: false where the table is no longer the one of the catalog.
    mutating func read(
        _ range: TIDRange?, into window: LargeObjectWindow, among oids: ClosedRange<UInt32>,
        over connection: inout Connection,
        _ preamble: Preamble
    ) throws(PostgreSQLError) -> Bool {
        let identity = IdentityCheck(
            relation: table.relation, columns: table.columns.map(\.column),
            seesOldCatalog: preamble.snapshot != nil)
        let reading = ReadTransaction.Reading(
            try statement(range), [.int8(Int64(oids.lowerBound)), .int8(Int64(oids.upperBound))],
            of: identity)
        var parts: [(numbers: Int64, matching: [UInt8])] = []
        let isSame = try ReadTransaction(
            preamble, settings: range == nil ? [] : [ReadTransaction.byPlaces]
        ).read(reading, over: &connection) { (row: borrowing Row) throws(PostgreSQLError) in
            for index in table.columns.indices {
                parts.append((try row.int64(2 * index), try row.optionalBytes(2 * index + 1) ?? []))
            }
        }
        guard isSame else { return false }
        for (index, part) in parts.enumerated() {
            found[index].numbers += Int(part.numbers)
            found[index].matching += part.matching.count / 4
            window.mark(part.matching, in: &found[index].objects)
        }
        return true
    }

    /// Of each column how many numbers it has, and those between `$1` and `$2` that are OIDs of large objects, packed.
    ///
    /// Each number is looked up by the index: a join could read all objects for each chunk. Names of the table are seen
    /// by the innermost query only, where nothing of ours has one.
    private func statement(_ range: TIDRange?) throws(PostgreSQLError) -> SQL {
        let relation = table.relation
        let name = try SQL.name(schema: relation.name.schema.bytes, name: relation.name.name.bytes)
        var numbers: [SQL] = []
        for (index, column) in table.columns.enumerated() {
            numbers.append("\(try column.number()) AS n\(index)")
        }
        let looked = table.columns.indices.map { index -> SQL in
            """
            v.n\(index), CASE WHEN v.n\(index) BETWEEN $1::pg_catalog.int8 AND $2::pg_catalog.int8 THEN (
              SELECT m.oid FROM pg_catalog.pg_largeobject_metadata m WHERE m.oid = v.n\(index)::pg_catalog.oid
            ) END AS m\(index)
            """
        }
        let packed = table.columns.indices.map { index -> SQL in
            "pg_catalog.count(w.n\(index)), pg_catalog.string_agg(pg_catalog.oidsend(w.m\(index)), NULL)"
        }
        let condition = range.map { range -> SQL in " WHERE \(range.condition)" } ?? ""
        return """
            SELECT \(packed.joined(separator: ", ")) FROM (
              SELECT \(looked.joined(separator: ", ")) FROM (
                SELECT \(numbers.joined(separator: ", ")) FROM ONLY \(name)\(condition) OFFSET 0) v OFFSET 0) w
            """
    }
}
