import LOBProfile
import PostgreSQLClient
import SizeStatistics

/// Reads the rows above a limit, table by table, over one connection.
struct PatchReader: ~Copyable {
    private var connection: Connection
    private let preamble: Preamble
    private let mostRows: Int

    /// Time that one range of blocks is meant to take.
    private static let pieceTime = Duration.milliseconds(100)

    init(_ session: ServerSession, mostRows: Int) throws(PostgreSQLError) {
        connection = try session.connect()
        var preamble = session.preamble
        preamble.writesLiterals = true
        self.preamble = preamble
        self.mostRows = mostRows
    }

    /// The rows of a table, one more than are allowed at most; nil where it is not the table that was profiled.
    mutating func read(_ wish: PatchWish, of relation: Relation) throws(PostgreSQLError) -> PatchPlan.Table? {
        let keyColumns = try keyColumns(of: relation)
        // A key is the same on both sides already.
        let columns = wish.columns.filter { !keyColumns.contains($0.column.name) }
        guard let found = try rows(above: columns, keyColumns, of: relation) else { return nil }
        return PatchPlan.Table(
            name: wish.name, limit: wish.limit, keyColumns: keyColumns, columns: columns.map(\.column.name),
            keys: found.map(\.key), bytes: ByteCount(found.reduce(0) { $0 + $1.bytes }),
            isReadWithDescendants: relation.isReadWithDescendants == true)
    }

    private mutating func rows(
        above columns: [PatchWish.LimitedColumn], _ keyColumns: [Identifier], of relation: Relation
    ) throws(PostgreSQLError) -> [Found]? {
        guard !columns.isEmpty else { return [] }
        // A type of an extension has another OID where the database was restored from a dump.
        let present = columns.compactMap { limited in
            relation.columns.first {
                $0.name == limited.column.name && $0.family == limited.column.family
            }
        }
        guard present.count == columns.count else { return nil }
        let statement = try PatchStatement(relation, columns, keyColumns: keyColumns)
        let identity = IdentityCheck(relation: relation, columns: present)
        return try rows(statement, of: identity)?.sorted { PatchStatement.isBefore($0.key, $1.key) }
    }

    /// A row above the limit.
    private struct Found {
        let key: [[UInt8]]
        let bytes: Int64
    }

    /// Short ranges of blocks one after the other, where the server can; else the table as a whole.
    private mutating func rows(
        _ statement: PatchStatement, of identity: IdentityCheck
    ) throws(PostgreSQLError) -> [Found]? {
        let relation = identity.relation
        guard preamble.serverVersion >= 140_000, relation.isSelectable, relation.hasPlaces else {
            let rows = statement.rows(in: nil, atMost: mostRows + 1)
            return try read(rows, keys: statement.keyCount, ReadTransaction(preamble.patient), of: identity)
        }
        let byPlaces = ReadTransaction(preamble, settings: [ReadTransaction.byPlaces])
        var found: [Found] = []
        var start = 0
        var pace = Pace(first: 32, limits: 1...1 << 16)
        while found.count <= mostRows {
            let end = start + pace.size
            let isLast = end >= relation.blocks
            let range = TIDRange.blocks(start..<end, isOpenEnded: isLast)
            let began = ContinuousClock.now
            let rows = statement.rows(in: range, atMost: mostRows + 1 - found.count)
            guard let next = try read(rows, keys: statement.keyCount, byPlaces, of: identity) else {
                return nil
            }
            found += next
            if isLast { break }
            pace.note(end - start, took: began.duration(to: .now), target: Self.pieceTime)
            start = end
        }
        return found
    }

    private mutating func read(
        _ sql: SQL, keys: Int, _ transaction: ReadTransaction, of identity: IdentityCheck
    ) throws(PostgreSQLError) -> [Found]? {
        var found: [Found] = []
        let isSame = try transaction.read(.init(sql, of: identity), over: &connection) {
            (row: borrowing Row) throws(PostgreSQLError) in
            var key: [[UInt8]] = []
            for column in 0..<keys { key.append(try row.bytes(column)) }
            found.append(Found(key: key, bytes: try row.int64(keys)))
        }
        return isSame ? found : nil
    }

    /// The columns of the primary key, or of another key that names one row; empty where there is none.
    private mutating func keyColumns(of relation: Relation) throws(PostgreSQLError) -> [Identifier] {
        guard
            let key = relation.keys.first(where: { $0.isPrimary && $0.identifiesRows })
                ?? relation.keys.first(where: \.identifiesRows)
        else { return [] }
        let columns = try ReadTransaction(preamble).values(
            of: PatchStatement.columnNames(of: relation.oid), over: &connection
        ) { (row: borrowing Row) throws(PostgreSQLError) in
            (number: try row.int16(0), name: Identifier(bytes: try row.bytes(1)))
        }
        let names = key.columns.compactMap { number in columns.first { $0.number == number }?.name }
        return names.count == key.columns.count ? names : []
    }
}
