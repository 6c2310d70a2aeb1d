import LOBProfile
import PostgreSQLClient

/// What the catalog tells of large objects before any is read.
struct LargeObjectFacts {
    /// How sizes are found best.
    let method: LargeObjectSQL.Method
    /// Bytes of the pages on disk.
    let storedBytes: Int64
    /// Blocks of the pages.
    let blocks: Int
    /// How many there are, as far as the catalog tells.
    private let objects: Figure

    /// Rows of `pg_largeobject_metadata` take 24 bytes and a line pointer of 4 at least.
    private static let smallestRow: Int64 = 28

    /// Asks the server.
    init(_ preamble: Preamble, over connection: inout Connection) throws(PostgreSQLError) {
        let facts = try ReadTransaction(preamble).values(of: LargeObjectSQL.facts, over: &connection) {
            (row: borrowing Row) throws(PostgreSQLError) in
            try LargeObjectFacts(row, serverVersion: preamble.serverVersion)
        }
        guard let facts = facts.first else { throw .protocolViolation("no row about large objects") }
        self = facts
    }

    private init(_ row: borrowing Row, serverVersion: Int) throws(PostgreSQLError) {
        let (mayRead, bytes, blockSize) = (try row.bool(0), try row.int64(1), max(1, try row.int64(2)))
        let (objects, pages) = (try row.float8(3), try row.float8(4))
        storedBytes = bytes
        blocks = Int(bytes / blockSize)
        let most = try row.int64(5) / blockSize * (blockSize / Self.smallestRow)
        self.objects =
            most == 0 || objects <= 0 ? .atMost(most) : .estimated(Int64(objects), atMost: most)
        let hasFewPages = objects > 0 && pages < objects * LargeObjectSQL.fewPages
        // Pages are read once for each window.
        let isOneWindow = objects < Double(LargeObjectWindow.capacity)
        method =
            !mayRead
            ? .opening : hasFewPages && isOneWindow && serverVersion >= 140_000 ? .allPages : .lastPage
    }

    /// What would be read.
    var preview: PlanPreview.LargeObjects {
        let pages: [SQL] =
            method == .allPages
            ? [LargeObjectSQL.pages(in: .blocks(0..<max(1, blocks), isOpenEnded: true))] : []
        return PlanPreview.LargeObjects(
            objects: objects, blocks: blocks,
            statements: ([LargeObjectSQL.objects(by: method)] + pages).map(\.text))
    }
}
