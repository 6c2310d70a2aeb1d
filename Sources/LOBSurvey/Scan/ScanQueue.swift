import LOBProfile
import Synchronization

/// All tables of a survey as one queue of tasks, the most expensive logical table first, or under a time budget the cheapest.
///
/// Workers help each other with the first table that has something left, so that few tables are in memory at
/// a time and the last one does not run alone on one connection. Where rows are read from several servers, a logical table
/// belongs to the one whose worker took it first, known by its ``Moments``: to no other, unless that one is lost.
final class ScanQueue: Sendable {
    /// A task and the table that it belongs to.
    struct Work: Sendable {
        let tree: TreeScan
        let scan: TableScan
        let taken: TableScan.Taken
        /// Whether it is read in a transaction with a moment of its own, together with others or by itself.
        var isBrief = false
    }

    private struct State {
        /// Logical tables, the next one last.
        var waiting: [[TablePlan]]
        var open: [TreeScan] = []
        /// Logical tables that are finished, where they are kept.
        var finished: [TreeScan] = []
        /// Tables whose plan no longer fits them.
        var changed: [TreeScan] = []
        /// Since when tables have been locked, by OID.
        var lockedSince: [UInt32: ContinuousClock.Instant] = [:]
        var isStopped = false
        /// Whether nothing is handed out for a moment.
        var isHeld = false
        /// Workers that are connected, by server.
        var connected: [ObjectIdentifier: Int] = [:]
        /// What was being read when connections were lost, by worker.
        var suspects: [Int: [Work]] = [:]
        /// What the servers were then.
        var suspectedServers: [ObjectIdentifier: ServerIdentity] = [:]
        /// The pieces that were being read when the server crashed, by table.
        var culprits: [ObjectIdentifier: String] = [:]
    }

    private let state: Mutex<State>
    private let serverVersion: Int
    /// What an earlier survey has begun, by the table's OID.
    private let resumed: [UInt32: TableCheckpoint]
    /// Logical tables of which a part is not measured.
    private let partial: Set<UInt32>
    /// Whether tables that changed are planned again, and not given up.
    let plansAgain: Bool
    /// Whether finished tables stay in memory, so that what changes later can be read in addition.
    private let keepsFinished: Bool

    init(
        _ tables: [TablePlan], serverVersion: Int, begun: [UInt32: TableCheckpoint] = [:],
        partial: Set<UInt32>, plansAgain: Bool, order: Order = .dearestFirst,
        keepsFinished: Bool = false
    ) {
        self.keepsFinished = keepsFinished
        let price = { (plans: [TablePlan]) in plans.reduce(0) { $0 + $1.price.seconds } }
        let dearestLast = Self.trees(tables).map { (price($0), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
        state = Mutex(State(waiting: order == .dearestFirst ? dearestLast : dearestLast.reversed()))
        self.serverVersion = serverVersion
        self.partial = partial
        self.plansAgain = plansAgain
        resumed = begun
    }

    /// Which logical table comes first.
    enum Order {
        /// So that the last one does not run alone on one connection.
        case dearestFirst
        /// So that as many as possible are read before the time is up.
        case cheapestFirst
    }

    /// The plans of each logical table, in the order of their first ones.
    private static func trees(_ tables: [TablePlan]) -> [[TablePlan]] {
        var (order, trees): ([UInt32], [UInt32: [TablePlan]]) = ([], [:])
        for table in tables {
            let tree = table.relation.tree ?? table.relation.oid
            if trees[tree] == nil { order.append(tree) }
            trees[tree, default: []].append(table)
        }
        return order.compactMap { trees[$0] }
    }

    /// What is to be read in one transaction: one task, or up to so many tables that are read in a moment; empty when
    /// nothing is to be handed out now.
    ///
    /// - Parameter moments: those of the server that it is read from.
    func next(atMost tables: Int, in moments: Moments) -> [Work] {
        state.withLock { state in
            guard !state.isStopped, !state.isHeld else { return [] }
            if let work = Self.take(state.open, moments) { return [work] }
            let brief = takeBrief(tables, moments, &state)
            guard brief.isEmpty else { return brief }
            while let tree = begin(moments, &state) {
                if let work = tree.take() { return [work] }
            }
            for tree in state.open where tree.moments === moments {
                for scan in tree.scans { scan.note(isLocked: false) }
            }
            return Self.take(state.open, moments).map { [$0] } ?? []
        }
    }

    private static func take(_ trees: [TreeScan], _ moments: Moments) -> Work? {
        for tree in trees where tree.moments === moments {
            if let work = tree.take() { return work }
        }
        return nil
    }

    private func begin(_ moments: Moments, _ state: inout State) -> TreeScan? {
        guard let plans = state.waiting.popLast() else { return nil }
        let isPartial = plans.contains { partial.contains($0.relation.treeOID) }
        let tree = TreeScan(
            plans, isPartial: isPartial, serverVersion: serverVersion, moments: moments, after: resumed)
        state.open.append(tree)
        return tree
    }

    /// All tasks of the next logical tables, as long as they are read in a moment.
    private func takeBrief(_ tables: Int, _ moments: Moments, _ state: inout State) -> [Work] {
        var (work, count): ([Work], Int) = ([], 0)
        while let plans = state.waiting.last, count + plans.count <= max(1, tables),
            plans.allSatisfy({
                resumed[$0.relation.oid] == nil && TableScan.isBrief($0, serverVersion: serverVersion)
            }), let tree = begin(moments, &state)
        {
            count += plans.count
            while var next = tree.take() {
                next.isBrief = true
                work.append(next)
            }
        }
        return work
    }

    /// Whether work may still come of what others are doing.
    var mayHaveMore: Bool {
        state.withLock { state in
            !state.isStopped && (state.isHeld || !state.open.isEmpty || !state.waiting.isEmpty)
        }
    }

    /// Removes and returns a logical table that is finished, so that only one worker reports it.
    func takeFinished(_ tree: TreeScan) -> TreeScan? {
        state.withLock { state in
            guard let index = state.open.firstIndex(where: { $0 === tree }) else { return nil }
            if plansAgain, tree.hasChanged { tree.abandon() }
            guard tree.isFinished() else { return nil }
            state.open.remove(at: index)
            guard plansAgain, tree.hasChanged else {
                if keepsFinished { state.finished.append(tree) }
                return tree
            }
            state.changed.append(tree)
            return nil
        }
    }

    /// Removes and returns the logical tables that are finished without anybody having read of them at last.
    func takeFinished() -> [TreeScan] {
        state.withLock(\.open).compactMap { takeFinished($0) }
    }

    /// Logical tables that are finished and were kept.
    var finished: [TreeScan] { state.withLock(\.finished) }

    /// Logical tables whose plan no longer fits them.
    var changed: [TreeScan] { state.withLock(\.changed) }

    /// Puts a locked table off until nothing else is left; returns for how long it has been locked.
    func putOff(_ scan: TableScan) -> Duration {
        scan.note(isLocked: true)
        return state.withLock { state in
            let now = ContinuousClock.now
            let first = state.lockedSince[scan.plan.relation.oid, default: now]
            state.lockedSince[scan.plan.relation.oid] = first
            return now - first
        }
    }

    /// Keeps what was being read when a worker lost its connection, until it is known whether that ended the server: nobody
    /// sends it again before.
    func hold(_ work: [Work], by worker: Int, on server: ServerIdentity?) {
        state.withLock { state in
            state.suspects[worker, default: []] += work
            guard let server, let tree = work.first?.tree else { return }
            state.suspectedServers[ObjectIdentifier(tree.moments)] = server
        }
    }

    /// What a server was when connections to it were lost over what is kept; nil where nothing is.
    func suspectedServer(in moments: Moments) -> ServerIdentity? {
        state.withLock { state in
            let isSuspected = state.suspects.values.contains { work in
                work.contains { $0.tree.moments === moments }
            }
            return isSuspected ? state.suspectedServers[ObjectIdentifier(moments)] : nil
        }
    }

    /// Puts back what is kept of a worker: it was not to blame.
    func release(by worker: Int) {
        for work in state.withLock({ $0.suspects.removeValue(forKey: worker) }) ?? [] {
            work.scan.putBack(work.taken)
        }
    }

    /// Hands out nothing more, and puts back all that is kept.
    ///
    /// Replicas of one primary have the same blocks, so that others would read no better what was being read.
    ///
    /// - Returns: what was being read on a server when it crashed.
    func stopForCrash(in moments: Moments) -> [Work] {
        let (all, culprits) = state.withLock { state in
            state.isStopped = true
            let all = state.suspects.sorted { $0.key < $1.key }.flatMap(\.value)
            state.suspects = [:]
            let culprits = all.filter { $0.tree.moments === moments }
            for work in culprits { state.culprits[ObjectIdentifier(work.scan)] = work.taken.task.words }
            return (all, culprits)
        }
        for work in all { work.scan.putBack(work.taken) }
        return culprits
    }

    /// Puts back all logical tables that were begun on a server that is lost: another one begins them anew, in moments of its own.
    func handOver(from moments: Moments) {
        let lost = state.withLock { state in
            let lost = state.open.filter { $0.moments === moments }
            state.open.removeAll { $0.moments === moments }
            state.waiting += lost.map { $0.scans.map(\.plan) }
            return lost
        }
        for tree in lost { tree.abandon() }
    }

    /// The piece of a table that was being read when the server crashed; nil where none was.
    func culprit(of scan: TableScan) -> String? {
        state.withLock { $0.culprits[ObjectIdentifier(scan)] }
    }

    /// How many workers are connected to a server.
    func connected(to moments: Moments) -> Int {
        state.withLock { $0.connected[ObjectIdentifier(moments), default: 0] }
    }

    /// Counts a worker that is connected, or is no more.
    func note(connected change: Int, to moments: Moments) {
        state.withLock { $0.connected[ObjectIdentifier(moments), default: 0] += change }
    }

    /// Forgets that a table was locked: a part of it could be read.
    func noteRead(_ scan: TableScan) {
        state.withLock { state in
            guard !state.lockedSince.isEmpty else { return }
            state.lockedSince[scan.plan.relation.oid] = nil
        }
    }

    /// What was read of the tables that are begun, at a moment when nobody reads; of a table that somebody reads for longer
    /// than a chunk takes what was known of it before.
    func checkpoints(startedAt: Int64) async -> [TableCheckpoint] {
        state.withLock { $0.isHeld = true }
        defer { state.withLock { $0.isHeld = false } }
        for _ in 0..<Self.longestHold where begun.contains(where: { $0.scans.contains(where: \.isBeingRead) })
        {
            guard (try? await Task.sleep(for: .milliseconds(2))) != nil else { break }
        }
        return begun.flatMap { $0.checkpoints(startedAt: startedAt) }
    }

    /// Pauses of 2 ms.
    private static let longestHold = 100

    private var begun: [TreeScan] { remainder().begun }

    /// Whether nothing is left.
    var isDone: Bool { state.withLock { $0.open.isEmpty && $0.waiting.isEmpty } }

    /// What was never finished: tables that were begun, and plans that were not.
    func remainder() -> (begun: [TreeScan], untouched: [TablePlan]) {
        state.withLock { ($0.open, $0.waiting.flatMap(\.self)) }
    }
}

/// The queues of a survey, one after the other.
final class Rounds: Sendable {
    private let state = Mutex<[ScanQueue]>([])

    func add(_ queue: ScanQueue) { state.withLock { $0.append(queue) } }

    var queues: [ScanQueue] { state.withLock(\.self) }
    /// What was never finished: tables that were begun, and plans that were not.
    var begun: [(queue: ScanQueue, tree: TreeScan)] {
        queues.flatMap { queue in queue.remainder().begun.map { (queue, $0) } }
    }
    var untouched: [TablePlan] { queues.flatMap { $0.remainder().untouched } }
}
