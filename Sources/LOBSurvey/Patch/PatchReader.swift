import LOBProfile
import PostgreSQLClient
import SizeStatistics

/// Reads the rows above a limit, table by table, over one connection.
struct PatchReader: ~Copyable {
    private var query: ReadOnlyQuery
    private let mostRows: Int

    /// Time that one range of blocks is meant to take.
    private static let pieceTime = Duration.milliseconds(100)
    private static let firstBlocks = 32
    private static let mostBlocks = 1 << 16

    init(_ conninfo: Conninfo, mostRows: Int) throws(SurveyError) {
        query = try ReadOnlyQuery(conninfo)
        self.mostRows = mostRows
    }

    /// The rows of a table, one more than are allowed at most.
    mutating func read(_ wish: PatchWish, of relation: Relation) throws(SurveyError) -> PatchPlan.Table {
        let keyColumns = try keyColumns(of: relation)
        // A key is the same on both sides already.
        let columns = wish.columns.filter { !keyColumns.contains($0.column.name) }
        let found = try rows(above: columns, keyColumns, of: relation)
        return PatchPlan.Table(
            name: wish.name, limit: wish.limit, keyColumns: keyColumns, columns: columns.map(\.column.name),
            keys: found.map(\.key), bytes: ByteCount(found.reduce(0) { $0 + $1.bytes }))
    }

    private mutating func rows(
        above columns: [PatchWish.LimitedColumn], _ keyColumns: [Identifier], of relation: Relation
    ) throws(SurveyError) -> [Found] {
        guard !columns.isEmpty else { return [] }
        let statement: PatchStatement
        do throws(PostgreSQLError) {
            statement = try PatchStatement(relation.name, columns, keyColumns: keyColumns)
        } catch {
            throw .postgreSQL(error)
        }
        return try rows(statement, of: relation).sorted { PatchStatement.isBefore($0.key, $1.key) }
    }

    /// A row above the limit.
    private struct Found {
        let key: [[UInt8]]
        let bytes: Int64
    }

    /// Short ranges of blocks one after the other, where the server can; else the table as a whole.
    private mutating func rows(
        _ statement: PatchStatement, of relation: Relation
    ) throws(SurveyError) -> [Found] {
        guard query.serverVersion >= 140_000, relation.isSelectable, relation.hasPlaces else {
            return try rows(statement.rows(in: nil, atMost: mostRows + 1), keys: statement.keyCount)
        }
        var found: [Found] = []
        var (start, blocks) = (0, Self.firstBlocks)
        let clock = ContinuousClock()
        while found.count <= mostRows {
            let end = start + blocks
            let isLast = end >= relation.blocks
            let range = TIDRange.blocks(start..<end, isOpenEnded: isLast)
            let began = clock.now
            found += try rows(
                statement.rows(in: range, atMost: mostRows + 1 - found.count), keys: statement.keyCount)
            if isLast { break }
            start = end
            let isSlow = clock.now - began > Self.pieceTime
            blocks = isSlow ? max(1, blocks / 2) : min(Self.mostBlocks, blocks * 2)
        }
        return found
    }

    /// Dates and numbers as every server reads them, whatever its settings.
    private static let settings: SQL = """
        SELECT pg_catalog.set_config('DateStyle', 'ISO, YMD', true),
               pg_catalog.set_config('IntervalStyle', 'postgres', true),
               pg_catalog.set_config('extra_float_digits', '3', true),
               pg_catalog.set_config('bytea_output', 'hex', true)
        """

    private mutating func rows(_ sql: SQL, keys: Int) throws(SurveyError) -> [Found] {
        try query.rows(sql, settings: Self.settings) { (row: borrowing Row) throws(PostgreSQLError) in
            var key: [[UInt8]] = []
            for column in 0..<keys { key.append(try row.bytes(column)) }
            return Found(key: key, bytes: try row.int64(keys))
        }
    }

    /// The columns of the primary key, or of another key that names one row; empty where there is none.
    private mutating func keyColumns(of relation: Relation) throws(SurveyError) -> [Identifier] {
        guard
            let key = relation.keys.first(where: { $0.isPrimary && $0.identifiesRows })
                ?? relation.keys.first(where: \.identifiesRows)
        else { return [] }
        let columns = try query.rows(PatchStatement.columnNames(of: relation.oid)) {
            (row: borrowing Row) throws(PostgreSQLError) in
            (number: try row.int16(0), name: Identifier(bytes: try row.bytes(1)))
        }
        let names = key.columns.compactMap { number in columns.first { $0.number == number }?.name }
        return names.count == key.columns.count ? names : []
    }
}
