import LOBProfile
import PostgreSQLClient
import SizeStatistics
import Synchronization

/// One table while it is measured by several workers: what is left to read, what was found, what failed.
///
/// In which moments it is read decides its ``TreeScan``.
final class TableScan: Sendable {
    let plan: TablePlan
    /// Columns of the complete scan, in the order of its statement: those whose true size is read, then those whose stored
    /// size is, for a second phase.
    let scannedColumns: [Column]
    /// How many of them are read in full.
    let fullCount: Int
    /// Columns of the sample, those first that are measured by it alone.
    let sampledColumns: [Column]
    /// How many of ``sampledColumns`` are measured in no other way.
    let onlySampled: Int
    /// How the sample is drawn.
    let design: SampleDesign
    /// Whether the complete scan goes by TID range, chunk by chunk.
    let isChunked: Bool
    let serverVersion: Int
    /// When the survey began that this one resumes; nil where all is read by this one.
    let measuredAt: Int64?
    let state: Mutex<State>

    /// Blocks of the first chunk: few, because every row of it comes with its place.
    static let firstChunk = 8
    /// Blocks of the first portion of a sample.
    static let firstDraw = 64
    /// 16 MiB of blocks of the usual size: larger chunks gain 3 % (measured) and hold the lock longer.
    private static let largestChunk = 2048
    /// A statement lists the blocks that it reads: so many are some 110 kB of SQL.
    private static let largestDraw = 4096
    /// The beginnings of so many values are 10 MB at most.
    private static let mostValues = 20_000

    /// What changes while workers read.
    @dynamicMemberLookup
    struct State {
        var progress: TableCheckpoint.Progress
        var chunks: Pace
        var draws = Pace(first: TableScan.firstDraw, limits: 1...TableScan.largestDraw)
        /// Values outside of the rows that one transaction looks at.
        var values = Pace(first: ToastTally.firstValues, limits: 1...TableScan.mostValues)
        var listing = TailListing()
        var inFlight = 0
        /// Counts how often a stage was begun anew: what belongs to an earlier beginning is not counted.
        var generation = 0
        var hasGivenUp = false
        /// Locked by another session: tried again when nothing else is left.
        var isLocked = false
        /// The last checkpoint that could be taken.
        var lastCheckpoint: TableCheckpoint?

        subscript<Value>(dynamicMember path: WritableKeyPath<TableCheckpoint.Progress, Value>) -> Value {
            _read { yield progress[keyPath: path] }
            _modify { yield &progress[keyPath: path] }
        }
    }

    init(_ plan: TablePlan, serverVersion: Int, after checkpoint: TableCheckpoint? = nil) {
        self.plan = plan
        self.serverVersion = serverVersion
        let full = plan.columns(by: .full)
        fullCount = full.count
        scannedColumns = full + plan.columns(by: .twoPhase)
        onlySampled = plan.columns(by: .sample).count
        sampledColumns = plan.sampledColumns
        design = plan.histogramSample ?? plan.sample
        isChunked = Self.isChunked(plan, serverVersion: serverVersion)
        let fits = checkpoint?.fits(plan, isChunked: isChunked) ?? false
        measuredAt = fits ? checkpoint?.measuredAt : nil
        var state = State(
            progress: Self.beginning(plan, isChunked: isChunked),
            chunks: Pace(
                first: Self.firstChunk, limits: 1...Self.largestChunk,
                overhead: PackedScan.overhead(columns: scannedColumns.count)))
        if fits, let checkpoint {
            state.progress = checkpoint.progress
            // The end that was reached was that of the table then: what came behind it is found among the changes.
            if state.nextBlock >= checkpoint.relation.blocks { state.nextBlock = .max }
        }
        self.state = Mutex(state)
    }

    /// Nothing read, everything left.
    private static func beginning(_ plan: TablePlan, isChunked: Bool) -> TableCheckpoint.Progress {
        let (full, stored) = (plan.columns(by: .full), plan.columns(by: .twoPhase))
        let sampled = plan.sampledColumns
        let design = plan.histogramSample ?? plan.sample
        var tasks: [ScanTask] = []
        let isByPlace = isChunked && design.method == .blocks
        if !sampled.isEmpty, !isByPlace { tasks.append(.sample) }
        if !full.isEmpty, !isChunked { tasks.append(.wholeTable) }
        if !plan.columns(by: .bound).isEmpty {
            tasks.append(.toastFacts)
        } else if isChunked, let blocks = storageBlocks(of: plan) {
            tasks.append(.storage(blocks))
        }
        let recentParts = isChunked ? plan.recentFrom.count : 0
        var progress = TableCheckpoint.Progress(
            tasks: tasks, nextBlock: !(full + stored).isEmpty && isChunked ? 0 : .max,
            columns: full.map { ColumnScan($0, isStored: false, recentParts: recentParts) }
                + stored.map { ColumnScan($0, isStored: true, recentParts: recentParts) },
            drawn: sampled.isEmpty || !isByPlace ? [] : design.drawn(of: plan.relation.blocks),
            sample: SampleAccumulator(columnCount: sampled.count))
        if stored.contains(where: { $0.family == .json }) { progress.usesLZ4 = false }
        return progress
    }

    /// TID range scans came with 14; ctid needs SELECT on the whole table.
    private static func isChunked(_ plan: TablePlan, serverVersion: Int) -> Bool {
        serverVersion >= 140_000 && plan.relation.isSelectable && plan.relation.hasPlaces && !plan.isRing
    }

    /// Whether one chunk reads all of a table in a moment, so that several tables go into one transaction.
    static func isBrief(_ plan: TablePlan, serverVersion: Int) -> Bool {
        isChunked(plan, serverVersion: serverVersion) && plan.relation.blocks <= firstChunk
            && plan.price.seconds < briefSeconds && plan.histogramSample == nil && plan.recentFrom.isEmpty
            && plan.columns.allSatisfy { $0.method == .full } && plan.columns.count <= PackedScan.mostPacked
    }

    private static let briefSeconds = 0.005

    /// Whether there is a second phase.
    var hasSecondPhase: Bool { scannedColumns.count > fullCount }

    /// Whether every row is read, and not only some.
    var readsAllRows: Bool { !scannedColumns.isEmpty }

    /// Whether the complete scan looks for large sizes only.
    var isTailOnly: Bool { plan.histogramSample != nil && readsAllRows }

    /// What the next chunk is asked for.
    var detail: PackedScan.Detail {
        guard isTailOnly else { return .sizes }
        return state.withLock { $0.listing.isOn } ? .tail : .tailCount
    }

    /// The chunk that a scan begins with.
    var firstRange: TIDRange {
        let end = min(Self.firstChunk, plan.relation.blocks)
        return .blocks(0..<end, isOpenEnded: end == plan.relation.blocks)
    }

    /// The rows from `place` on that are wanted with their place.
    func wanted(from place: TIDRange.Place) -> WantedRows {
        state.withLock { state in
            WantedRows(
                thresholds: state.columns.map { $0.sizes.threshold(from: place) },
                hashLimits: state.columns.map(\.sizes.hashLimits),
                seed: plan.sample.seed)
        }
    }

    /// Forgets everything that was read, of another start of the server; what was given up stays so.
    func restart() {
        state.withLock { state in
            guard !state.hasGivenUp else { return }
            state.progress = Self.beginning(plan, isChunked: isChunked)
            state.generation += 1
        }
    }
}

/// Handing out tasks.
extension TableScan {
    /// A task and the beginning of the stage that it belongs to.
    struct Taken: Sendable {
        let task: ScanTask
        let generation: Int
    }

    /// Takes the next task of a stage; nil where nothing is to be handed out now.
    func take(_ stage: TreeScan.Stage) -> Taken? {
        state.withLock { state in
            guard !state.hasGivenUp, !state.isLocked, let task = next(stage, &state) else { return nil }
            state.inFlight += 1
            return Taken(task: task, generation: state.generation)
        }
    }

    private func next(_ stage: TreeScan.Stage, _ state: inout State) -> ScanTask? {
        if let task = state.tasks.popLast() { return task }
        switch stage {
        case .scan:
            if state.nextDrawn < state.drawn.count { return nextBlocks(&state) }
            guard beginsScanning(&state) else { return nil }
            return nextChunk(\.nextBlock, &state).map { .chunk($0) }
        case .catchUp: return nextChunk(\.nextChange, &state).map { .changes($0) }
        case .settle, .done: return nil
        }
    }

    private func nextChunk(
        _ next: WritableKeyPath<TableCheckpoint.Progress, Int>, _ state: inout State
    ) -> TIDRange? {
        let (blocks, first) = (plan.relation.blocks, state.progress[keyPath: next])
        guard first < max(1, blocks) else { return nil }
        var end = min(first + state.chunks.size, blocks)
        // A chunk is of one part of the most recent rows, or of others.
        if let recent = plan.recentFrom.first(where: { $0 > first }) { end = min(end, recent) }
        state.progress[keyPath: next] = max(1, end)
        return .blocks(first..<end, isOpenEnded: end == blocks)
    }

    private func nextBlocks(_ state: inout State) -> ScanTask {
        let end = min(state.nextDrawn + state.draws.size, state.drawn.count)
        let blocks = Array(state.drawn[state.nextDrawn..<end])
        state.nextDrawn = end
        return .blocks(blocks)
    }

    /// A scan for the tail waits for the sample that says where the tail begins; others wait for nothing.
    private func beginsScanning(_ state: inout State) -> Bool {
        guard plan.histogramSample != nil, !state.hasBegunScanning else { return true }
        guard state.inFlight == 0 else { return false }
        state.hasBegunScanning = true
        for index in state.columns.indices {
            state.progress.columns[index].countTail(beside: state.sample.columns[index].distribution)
        }
        return true
    }

    /// Whether nothing of a stage is left to do and nobody is at work.
    func isIdle(_ stage: TreeScan.Stage) -> Bool {
        let blocks = max(1, plan.relation.blocks)
        return state.withLock { state in
            guard state.inFlight == 0 else { return false }
            if state.hasGivenUp { return true }
            guard state.tasks.isEmpty else { return false }
            switch stage {
            case .scan: return state.nextDrawn >= state.drawn.count && state.nextBlock >= blocks
            case .catchUp: return state.nextChange >= blocks
            case .settle, .done: return true
            }
        }
    }

    /// Begins to look for row versions that the first snapshot did not see, or begins that anew.
    func beginCatchUp() {
        state.withLock { state in
            state.progress.tasks = []
            state.nextChange = readsAllRows && isChunked ? 0 : .max
            state.generation += 1
        }
    }

    /// Begins what is done at the end: the second phase, and a look at what seems to be empty.
    ///
    /// - Parameter looksForHidden: whether a read of all descendants tells anything of this relation. Where some are
    ///   not measured their rows would seem to be its own, and the planner would look at tables that are refused.
    func beginSettling(looksForHidden: Bool) {
        state.withLock { state in
            state.progress.tasks = []
            state.generation += 1
            for index in state.columns.indices {
                guard let (rows, random) = state.progress.columns[index].beginSecondPhase() else { continue }
                state.tasks += FetchBatch.batches(of: rows, random: random, column: index).map { .fetch($0) }
            }
            if looksForHidden, hasReadNothing(state), plan.relation.claimsRows {
                state.tasks.append(.emptiness)
            }
        }
    }

    /// Whether neither the complete scan nor the sample came upon a row.
    private func hasReadNothing(_ state: State) -> Bool {
        readsAllRows ? state.rows == 0 : !sampledColumns.isEmpty && state.sample.rows == 0
    }

    /// Puts a task back that has to be done again.
    func putBack(_ taken: Taken) { finish(taken) { $0.tasks.append(taken.task) } }

    /// Puts parts of a task back instead of the whole.
    func putBack(_ taken: Taken, as ranges: [TIDRange]) {
        let parts = ranges.filter { !$0.isEmpty }.map { range -> ScanTask in
            if case .changes = taken.task { .changes(range) } else { .chunk(range) }
        }
        finish(taken) { $0.tasks += parts.reversed() }
    }

    /// Whether a task still belongs to the stage that it was taken for.
    func isCurrent(_ taken: Taken) -> Bool { state.withLock { $0.generation == taken.generation } }

    /// Puts both halves of a task back; false where it has none.
    func putBackHalves(of taken: Taken) -> Bool {
        if let first = taken.task.firstHalf {
            finish(taken) { state in
                if case .toast(let window) = first { state.values.shrink(below: 2 * window.count) }
                state.tasks.append(first)
            }
            return true
        }
        guard let (first, second) = taken.task.halves else { return false }
        finish(taken) { state in
            if let range = taken.task.range { state.chunks.shrink(below: range.blockCount) }
            state.tasks += [second, first]
        }
        return true
    }

    /// Ends a task, and counts what it found unless the stage was begun anew meanwhile.
    func finish(_ taken: Taken, took time: Duration = .zero, _ count: (inout State) -> Void) {
        state.withLock { state in
            state.inFlight -= 1
            state.busySeconds += time.inSeconds
            if taken.generation == state.generation { count(&state) }
        }
    }

    /// Notes whether another session holds a lock on the table.
    func note(isLocked: Bool) {
        state.withLock { $0.isLocked = isLocked }
    }

    /// Gives the whole table up: what was read of it is not used.
    func giveUp(_ reason: Unmeasured.Reason, detail: String?, ending taken: Taken? = nil) {
        state.withLock { state in
            if taken != nil { state.inFlight -= 1 }
            guard !state.hasGivenUp else { return }
            state.failures = [Unmeasured(relation: plan.relation.name, reason: reason, detail: detail)]
            state.hasGivenUp = true
        }
    }

    /// Why the table was given up; nil where it was not.
    var givenUp: Unmeasured.Reason? {
        state.withLock { $0.hasGivenUp ? $0.failures.first?.reason : nil }
    }
}

extension Relation {
    /// Whether the catalog says that there are rows, or were: an empty answer is no proof then.
    var claimsRows: Bool { kind != .foreignTable && (blocks > 0 || (estimatedRows ?? 0) > 0) }
}
