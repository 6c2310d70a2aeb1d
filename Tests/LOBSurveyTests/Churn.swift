import Foundation
import LOBAdvice
import PostgreSQLClient
import SizeStatistics
import Synchronization
import TestSupport

/// A writer that changes two tables one transaction at a time, and keeps what it did: the oracle of every moment.
///
/// `q` is a table by itself; `part` is divided by `k`, and its rows move from one partition to another.
final class Churn: Sendable {
    static let schema = """
        CREATE TABLE q (id int PRIMARY KEY, n int, pad char(200), doc text) WITH (fillfactor = 90);
        ALTER TABLE q ALTER pad SET STORAGE plain;
        CREATE TABLE part (k int, id int, n int, doc text, PRIMARY KEY (k, id)) PARTITION BY LIST (k);
        CREATE TABLE part_0 PARTITION OF part FOR VALUES IN (0); CREATE TABLE part_1 PARTITION OF part FOR VALUES IN (1);
        CREATE TABLE part_2 PARTITION OF part FOR VALUES IN (2);
        """

    /// Rows, the sum of their sizes and the largest one.
    struct Figures: Hashable, Sendable {
        var rows = 0
        var sum: Int64 = 0
        var largest: Int64 = 0
    }

    /// One transaction: one row has another size, or none any more.
    private struct Change: Sendable {
        let xid: UInt64
        let table: String
        let id: Int
        let size: Int64?
    }

    private struct State {
        var changes: [Change] = []
        var sizes: [String: [Int: Int64]] = ["q": [:], "part": [:]]
        var isStopped = false
    }

    private let state = Mutex(State())

    /// How many transactions there were.
    var count: Int { state.withLock(\.changes.count) }

    func stop() { state.withLock { $0.isStopped = true } }

    private var isStopped: Bool { state.withLock(\.isStopped) }

    /// Fills the tables, leaves free space at their beginnings, and goes on changing rows until it is stopped.
    ///
    /// - Parameters:
    ///   - rows: of each table at the beginning.
    ///   - pause: between two transactions.
    func run(
        _ conninfo: String, seed: UInt64, rows: Int, pause: Duration, _ started: @Sendable () -> Void
    ) throws {
        var connection = try Connection(Conninfo(conninfo), applicationName: "churn")
        var random = SeededGenerator(seed: seed)
        for table in ["q", "part"] {
            for id in 0..<rows { try change(table, id, .insert(Int64(id * 7 % 900)), &connection) }
        }
        for id in 0..<rows / 4 { try change("q", id, .delete, &connection) }
        try connection.execute("VACUUM q")
        started()
        while !isStopped {
            let table = Int.random(in: 0..<3, using: &random) == 0 ? "part" : "q"
            let present = state.withLock { Array($0.sizes[table, default: [:]].keys) }.sorted()
            guard let id = present.randomElement(using: &random) else { continue }
            let size = Int64.random(
                in: 0..<(Int.random(in: 0..<50, using: &random) == 0 ? 90_000 : 900), using: &random)
            switch Int.random(in: 0..<10, using: &random) {
            case 0:
                let new = Int.random(in: 10_000..<1_000_000, using: &random)
                // A row that has moved to another partition is no conflict, and would be there twice.
                if !present.contains(new) { try change(table, new, .insert(size), &connection) }
            case 1 where present.count > 400: try change(table, id, .delete, &connection)
            case 2...3: try change(table, id, .update(size), &connection)
            case 4 where count.isMultiple(of: 3): try connection.execute("VACUUM q")
            default: try change(table, id, .touch, &connection)
            }
            Thread.sleep(forTimeInterval: Double(pause.components.attoseconds) / 1e18)
        }
    }

    private enum Kind { case insert(Int64), update(Int64), touch, delete }

    private func change(
        _ table: String, _ id: Int, _ kind: Kind, _ connection: inout Connection
    ) throws(PostgreSQLError) {
        let isQ = table == "q"
        let key = Bind.int8(Int64(id))
        var (statement, binds, size): (SQL, [Bind], Int64?)
        switch kind {
        case .insert(let bytes):
            statement =
                isQ
                ? "INSERT INTO q VALUES ($1, 0, 'p', repeat('x', $2::int)) ON CONFLICT DO NOTHING"
                : "INSERT INTO part VALUES ($1 % 3, $1, 0, repeat('x', $2::int)) ON CONFLICT DO NOTHING"
            (binds, size) = ([key, .int8(bytes)], bytes)
        case .update(let bytes):
            statement =
                isQ
                ? "UPDATE q SET doc = repeat('x', $2::int) WHERE id = $1"
                : "UPDATE part SET doc = repeat('x', $2::int) WHERE id = $1"
            (binds, size) = ([key, .int8(bytes)], bytes)
        case .touch:
            statement =
                isQ ? "UPDATE q SET n = n + 1 WHERE id = $1" : "UPDATE part SET k = (k + 1) % 3 WHERE id = $1"
            (binds, size) = ([key], state.withLock { $0.sizes[table]?[id] })
        case .delete:
            statement = isQ ? "DELETE FROM q WHERE id = $1" : "DELETE FROM part WHERE id = $1"
            (binds, size) = ([key], nil)
        }
        var xid: Int64 = 0
        try connection.rows("\(statement) RETURNING pg_current_xact_id()::text::int8", binds) {
            (row: borrowing Row) throws(PostgreSQLError) in xid = try row.int64(0)
        }
        guard xid > 0 else { return }
        state.withLock { state in
            state.changes.append(Change(xid: UInt64(xid), table: table, id: id, size: size))
            state.sizes[table, default: [:]][id] = size
        }
    }

    /// The figures of a table after so many transactions.
    func figures(_ table: String, after count: Int) -> Figures {
        var sizes: [Int: Int64] = [:]
        for change in state.withLock({ Array($0.changes.prefix(count)) }) where change.table == table {
            sizes[change.id] = change.size
        }
        return Figures(
            rows: sizes.count, sum: sizes.values.reduce(0, +), largest: sizes.values.max() ?? 0)
    }

    /// The figures of a table after each transaction of a range.
    func figures(_ table: String, in range: ClosedRange<Int>) -> Set<Figures> {
        let changes = state.withLock { Array($0.changes.prefix(range.upperBound)) }
        var (sizes, found): ([Int: Int64], Set<Figures>) = ([:], [])
        var (sum, largest): (Int64, Int64) = (0, 0)
        for (index, change) in changes.enumerated() {
            if index >= range.lowerBound {
                found.insert(Figures(rows: sizes.count, sum: sum, largest: largest))
            }
            guard change.table == table else { continue }
            let old = sizes[change.id]
            sizes[change.id] = change.size
            sum += (change.size ?? 0) - (old ?? 0)
            let isLargestGone = old == largest && change.size ?? 0 < largest
            largest = isLargestGone ? sizes.values.max() ?? 0 : max(largest, change.size ?? 0)
        }
        found.insert(Figures(rows: sizes.count, sum: sum, largest: largest))
        return found
    }

    /// How many transactions a snapshot sees: `xmin:xmax:running`; one writer makes them one after the other.
    func visible(in snapshot: String) -> Int {
        let parts = snapshot.split(separator: ":", omittingEmptySubsequences: false)
        let end = parts.count > 1 ? UInt64(parts[1]) ?? 0 : 0
        let running = Set(parts.last?.split(separator: ",").compactMap { UInt64($0) } ?? [])
        return state.withLock { state in
            state.changes.prefix { $0.xid < end && !running.contains($0.xid) }.count
        }
    }
}
