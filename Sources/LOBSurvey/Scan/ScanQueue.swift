import LOBProfile
import Synchronization

/// All tables of a survey as one queue of pieces, the most expensive table first.
///
/// Workers help each other with the first table that has something left, so that few tables are in memory at
/// a time and the last one does not run alone on one connection.
final class ScanQueue: Sendable {
    /// A piece of work and the table that it belongs to.
    typealias Work = (scan: TableScan, piece: TableScan.Piece)

    private struct State {
        var waiting: [TablePlan]
        var open: [TableScan] = []
        /// Locked by others: tried again when nothing else is left.
        var putOff: [TableScan] = []
        /// Since when tables have been locked, by OID.
        var lockedSince: [UInt32: ContinuousClock.Instant] = [:]
        var isStopped = false
        /// Whether nothing is handed out for a moment.
        var isHeld = false
    }

    private let state: Mutex<State>
    private let serverVersion: Int
    /// What an earlier survey has begun, by the table's OID.
    private let resumed: [UInt32: TableCheckpoint]

    init(_ tables: [TablePlan], serverVersion: Int, begun: [UInt32: TableCheckpoint] = [:]) {
        let dearestLast = tables.sorted { $0.price.seconds < $1.price.seconds }
        state = Mutex(State(waiting: dearestLast))
        self.serverVersion = serverVersion
        resumed = begun
    }

    /// What is to be read in one transaction: one piece, or up to so many tables that are read in a moment; empty when
    /// nothing is left to hand out.
    func next(atMost tables: Int) -> [Work] {
        state.withLock { state in
            guard !state.isStopped, !state.isHeld else { return [] }
            if let work = Self.take(state.open) { return [work] }
            let brief = takeBrief(tables, &state)
            guard brief.isEmpty else { return brief }
            while let scan = begin(&state) {
                if let piece = scan.takePiece() { return [(scan, piece)] }
            }
            state.open += state.putOff
            state.putOff = []
            return Self.take(state.open).map { [$0] } ?? []
        }
    }

    private static func take(_ scans: [TableScan]) -> Work? {
        for scan in scans {
            if let piece = scan.takePiece() { return (scan, piece) }
        }
        return nil
    }

    private func begin(_ state: inout State) -> TableScan? {
        guard let plan = state.waiting.popLast() else { return nil }
        let scan = TableScan(plan, serverVersion: serverVersion, after: resumed[plan.relation.oid])
        state.open.append(scan)
        return scan
    }

    /// All pieces of the next tables, as long as they are read in a moment.
    private func takeBrief(_ tables: Int, _ state: inout State) -> [Work] {
        var work: [Work] = []
        for _ in 0..<tables {
            guard let plan = state.waiting.last, resumed[plan.relation.oid] == nil,
                TableScan.isBrief(plan, serverVersion: serverVersion), let scan = begin(&state)
            else { break }
            while let piece = scan.takePiece() { work.append((scan, piece)) }
        }
        return work
    }

    /// Whether work may still come of what others are doing.
    var mayHaveMore: Bool {
        state.withLock { state in !state.isStopped && (state.isHeld || state.open.contains { !$0.isFinished })
        }
    }

    /// Removes and returns a table that is finished, so that only one worker reports it.
    func takeFinished(_ scan: TableScan) -> TableScan? {
        state.withLock { state in
            guard scan.isFinished else { return nil }
            if let index = state.open.firstIndex(where: { $0 === scan }) {
                return state.open.remove(at: index)
            }
            guard let index = state.putOff.firstIndex(where: { $0 === scan }) else { return nil }
            return state.putOff.remove(at: index)
        }
    }

    /// Puts a locked table off until nothing else is left; returns for how long it has been locked.
    func putOff(_ scan: TableScan) -> Duration {
        state.withLock { state in
            if let index = state.open.firstIndex(where: { $0 === scan }) {
                state.putOff.append(state.open.remove(at: index))
            }
            let now = ContinuousClock.now
            let first = state.lockedSince[scan.plan.relation.oid, default: now]
            state.lockedSince[scan.plan.relation.oid] = first
            return now - first
        }
    }

    /// Forgets that a table was locked: a part of it could be read.
    func noteRead(_ scan: TableScan) {
        state.withLock { state in
            guard !state.lockedSince.isEmpty else { return }
            state.lockedSince[scan.plan.relation.oid] = nil
        }
    }

    /// What was read of the tables that are begun, at a moment when nobody reads; nothing of a table that somebody
    /// reads for longer than a chunk takes.
    func checkpoints(startedAt: Int64) async -> [TableCheckpoint] {
        state.withLock { $0.isHeld = true }
        defer { state.withLock { $0.isHeld = false } }
        for _ in 0..<Self.longestHold where begun.contains(where: \.isBeingRead) {
            guard (try? await Task.sleep(for: .milliseconds(2))) != nil else { return [] }
        }
        return begun.compactMap { $0.checkpoint(startedAt: startedAt) }
    }

    /// Pauses of 2 ms.
    private static let longestHold = 100

    private var begun: [TableScan] { remainder().begun }

    /// Hands out nothing more.
    func stop() {
        state.withLock { $0.isStopped = true }
    }

    /// What was never finished: tables that were begun, and plans that were not.
    func remainder() -> (begun: [TableScan], untouched: [TablePlan]) {
        state.withLock { ($0.open + $0.putOff, $0.waiting) }
    }
}
