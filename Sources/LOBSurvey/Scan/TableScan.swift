import LOBProfile
import PostgreSQLClient
import SizeStatistics
import Synchronization

/// One table while it is measured by several workers: what is left to read, what was found, what failed.
final class TableScan: Sendable {
    let plan: TablePlan
    /// Columns of which the complete scan reads the true size.
    let fullColumns: [Column]
    /// Columns of which it reads the stored size, for a second phase.
    let storedColumns: [Column]
    /// Columns of the sample, those first whose rows are not all read.
    let sampledColumns: [Column]
    /// How many of ``sampledColumns`` are not read in any other way.
    let onlySampled: Int
    /// How the sample is drawn.
    let design: SampleDesign
    /// Whether the complete scan goes by TID range, chunk by chunk.
    let isChunked: Bool
    let serverVersion: Int
    /// When the survey began that this one goes on with; nil where all is read by this one.
    let measuredAt: Int64?
    let state: Mutex<State>

    /// A piece of the table that one worker takes.
    enum Piece: Sendable, Codable {
        case chunk(TIDRange)
        case wholeTable
        case sample
        case blocks([UInt32])
        case fetch(FetchBatch)
        case storage([UInt32])
    }

    /// Blocks of the first chunk: few, because every row of it comes with its place.
    static let firstChunk = 8
    /// Blocks of the first portion of a sample.
    static let firstDraw = 64

    /// What changes while workers read.
    @dynamicMemberLookup
    struct State {
        var progress: TableCheckpoint.Progress
        var chunkBlocks = TableScan.firstChunk
        var drawSize = TableScan.firstDraw
        var inFlight = 0
        var hasGivenUp = false

        subscript<Value>(dynamicMember path: WritableKeyPath<TableCheckpoint.Progress, Value>) -> Value {
            _read { yield progress[keyPath: path] }
            _modify { yield &progress[keyPath: path] }
        }
    }

    init(_ plan: TablePlan, serverVersion: Int, after checkpoint: TableCheckpoint? = nil) {
        self.plan = plan
        self.serverVersion = serverVersion
        fullColumns = plan.columns(by: .full)
        storedColumns = plan.columns(by: .twoPhase)
        let sampled = plan.columns(by: .sample)
        onlySampled = sampled.count
        sampledColumns = sampled + (plan.histogramSample == nil ? [] : fullColumns)
        design = plan.histogramSample ?? plan.sample
        let hasScan = !fullColumns.isEmpty || !storedColumns.isEmpty
        isChunked = Self.isChunked(plan, serverVersion: serverVersion)
        if let checkpoint, checkpoint.fits(plan, isChunked: isChunked) {
            measuredAt = checkpoint.measuredAt
            state = Mutex(State(progress: checkpoint.progress))
            return
        }
        measuredAt = nil
        var pieces: [Piece] = []
        let isByPlace = isChunked && design.method == .blocks
        if !sampledColumns.isEmpty, !isByPlace { pieces.append(.sample) }
        if !fullColumns.isEmpty, !isChunked { pieces.append(.wholeTable) }
        if isChunked, let blocks = Self.storageBlocks(of: plan) { pieces.append(.storage(blocks)) }
        var progress = TableCheckpoint.Progress(
            pieces: pieces, nextBlock: hasScan && isChunked ? 0 : .max,
            scanned: fullColumns.map { _ in .complete(ColumnAccumulator()) }
                + storedColumns.map { _ in .stored(StoredAccumulator()) },
            measured: storedColumns.map { _ in ColumnAccumulator() },
            drawn: sampledColumns.isEmpty || !isByPlace ? [] : design.drawn(of: plan.relation.blocks),
            sample: SampleAccumulator(columnCount: sampledColumns.count),
            unreadBlocks: (fullColumns + storedColumns).map { _ in [] })
        if plan.recentFrom != nil, isChunked {
            (progress.recent, progress.recentMeasured) = (progress.scanned, progress.measured)
        }
        if storedColumns.contains(where: { $0.family == .json }) { progress.usesLZ4 = false }
        state = Mutex(State(progress: progress))
    }

    /// TID range scans came with 14; ctid needs SELECT on the whole table.
    private static func isChunked(_ plan: TablePlan, serverVersion: Int) -> Bool {
        serverVersion >= 140_000 && plan.relation.isSelectable && plan.relation.hasPlaces && !plan.isRing
    }

    /// Whether one chunk reads all of a table in a moment, so that several tables go into one transaction.
    static func isBrief(_ plan: TablePlan, serverVersion: Int) -> Bool {
        isChunked(plan, serverVersion: serverVersion) && plan.relation.blocks <= firstChunk
            && plan.price.seconds < briefSeconds && plan.histogramSample == nil && plan.recentFrom == nil
            && plan.columns.allSatisfy { $0.method == .full }
    }

    private static let briefSeconds = 0.005

    /// Whether somebody reads a piece of it.
    var isBeingRead: Bool { state.withLock { $0.inFlight > 0 } }

    /// What was read and what is left, for another survey to go on; nil where nothing was read, all is lost, or somebody
    /// is at work.
    func checkpoint(startedAt: Int64) -> TableCheckpoint? {
        state.withLock { state in
            guard !state.hasGivenUp, state.inFlight == 0, state.progress.busySeconds > 0 else { return nil }
            for index in state.progress.scanned.indices { state.progress.scanned[index].fold() }
            for index in state.progress.recent.indices { state.progress.recent[index].fold() }
            return TableCheckpoint(
                relation: plan.relation, methods: plan.columns.map(TableCheckpoint.Method.init),
                design: design,
                isChunked: isChunked, progress: state.progress, measuredAt: measuredAt ?? startedAt)
        }
    }

    /// The chunk that a scan begins with.
    var firstRange: TIDRange {
        let end = min(Self.firstChunk, plan.relation.blocks)
        return .blocks(0..<end, isOpenEnded: end == plan.relation.blocks)
    }

    /// The rows of the next chunk that are wanted with their place.
    var wanted: WantedRows {
        state.withLock { state in
            WantedRows(
                thresholds: state.scanned.map(\.threshold), hashLimits: state.scanned.map(\.hashLimits),
                seed: plan.sample.seed)
        }
    }

    /// Takes the next piece, or nil where nothing is left to hand out.
    func takePiece() -> Piece? {
        let blocks = plan.relation.blocks
        return state.withLock { state in
            guard !state.hasGivenUp else { return nil }
            if let piece = state.pieces.popLast() {
                state.inFlight += 1
                return piece
            }
            if state.nextDrawn < state.drawn.count { return takeBlocks(&state) }
            guard beginsScanning(&state) else { return nil }
            guard state.nextBlock < max(1, blocks) else { return takeFetch(&state) }
            let first = state.nextBlock
            var end = min(first + state.chunkBlocks, blocks)
            // A chunk is of the most recent rows or of others.
            if let recent = plan.recentFrom, first < recent { end = min(end, recent) }
            state.nextBlock = max(1, end)
            state.inFlight += 1
            return .chunk(.blocks(first..<end, isOpenEnded: end == blocks))
        }
    }

    private func takeBlocks(_ state: inout State) -> Piece {
        let end = min(state.nextDrawn + state.drawSize, state.drawn.count)
        let blocks = Array(state.drawn[state.nextDrawn..<end])
        state.nextDrawn = end
        state.inFlight += 1
        return .blocks(blocks)
    }

    /// A scan for the tail waits for the sample that says where the tail begins; others wait for nothing.
    private func beginsScanning(_ state: inout State) -> Bool {
        guard plan.histogramSample != nil, !state.hasBegunScanning else { return true }
        guard state.inFlight == 0 else { return false }
        state.hasBegunScanning = true
        for index in fullColumns.indices {
            state.scanned[index] = .tail(TailAccumulator(sampled: state.sample.columns[index].distribution))
        }
        return true
    }

    /// Whether the complete scan looks for large sizes only.
    var isTailOnly: Bool { plan.histogramSample != nil }

    /// Begins the second phase once every chunk of the first has come back.
    private func takeFetch(_ state: inout State) -> Piece? {
        guard !state.hasBegunFetching, !storedColumns.isEmpty, state.inFlight == 0 else { return nil }
        state.hasBegunFetching = true
        for (index, column) in state.scanned.enumerated() {
            guard case .stored(let stored) = column else { continue }
            let (rows, random) = stored.targets
            let place = index - fullColumns.count
            state.pieces += FetchBatch.batches(of: rows, random: random, column: place).map { .fetch($0) }
        }
        guard let piece = state.pieces.popLast() else { return nil }
        state.inFlight += 1
        return piece
    }

    /// Keeps the next chunks smaller than one that took too long.
    func shrinkChunks(below piece: Piece) {
        guard case .chunk(let range) = piece else { return }
        state.withLock { $0.chunkBlocks = max(1, min($0.chunkBlocks, range.blockCount / 2)) }
    }

    /// Puts a piece back that has to be done again.
    func putBack(_ pieces: [Piece]) {
        state.withLock { state in
            state.pieces += pieces
            state.inFlight -= 1
        }
    }

    /// Puts both halves of a piece back that a replica cancelled; false where it has none.
    func putBackHalves(of piece: Piece) -> Bool {
        let halves: [Piece]
        switch piece {
        case .chunk(let range):
            guard let (first, second) = range.halves else { return false }
            halves = [.chunk(second), .chunk(first)]
        case .fetch(let batch):
            guard let (first, second) = batch.halves else { return false }
            halves = [.fetch(second), .fetch(first)]
        case .blocks(let blocks):
            guard blocks.count > 1 else { return false }
            let middle = blocks.count / 2
            halves = [.blocks(Array(blocks[middle...])), .blocks(Array(blocks[..<middle]))]
        case .wholeTable, .sample, .storage: return false
        }
        shrinkChunks(below: piece)
        putBack(halves)
        return true
    }

    /// Whether nothing is left to do and nobody is at work.
    var isFinished: Bool {
        let blocks = max(1, plan.relation.blocks)
        return state.withLock { state in
            guard state.inFlight == 0 else { return false }
            let isSampled = state.nextDrawn >= state.drawn.count
            let isRead = state.pieces.isEmpty && isSampled && state.nextBlock >= blocks
            return state.hasGivenUp || isRead && (storedColumns.isEmpty || state.hasBegunFetching)
        }
    }

    /// Counts a chunk whose transaction ended well.
    func add(_ result: CountedResult, of range: TIDRange) {
        state.withLock { state in
            result.add(to: &state.scanned)
            if let recent = plan.recentFrom, range.start.block >= recent, !state.recent.isEmpty {
                result.add(to: &state.recent)
            }
            state.usesLZ4 = state.usesLZ4.map { $0 || result.usesLZ4 ?? true }
            state.rows += result.rows
            state.inFlight -= 1
        }
    }

    /// Steers the size of the next chunk towards `target` by the time that one took.
    func steer(after range: TIDRange, took time: Duration, target: Duration) {
        state.withLock { state in
            state.busySeconds += time.inSeconds
            let factor = min(4, max(0.25, target.inSeconds / max(time.inSeconds, 0.000_1)))
            let wanted = Double(max(1, range.blockCount)) * factor
            state.chunkBlocks = min(Self.largestChunk, max(1, Int(wanted)))
        }
    }

    /// 16 MiB of blocks of the usual size: larger chunks gain nothing (measured) and hold the lock longer.
    private static let largestChunk = 2048

    /// Counts a complete scan that was read row by row.
    func add(rows: Int, columns: [ColumnAccumulator], took time: Duration) {
        state.withLock { state in
            state.scanned = columns.map { .complete($0) }
            state.rows += rows
            state.inFlight -= 1
            state.busySeconds += time.inSeconds
        }
    }

    /// Counts rows of the second phase, in the order of the batch; nil for one that was gone or had changed.
    func add(_ sizes: [Int32?], of batch: FetchBatch, took time: Duration) {
        state.withLock { state in
            let place = fullColumns.count + batch.column
            if case .stored(var stored) = state.scanned[place] {
                state.scanned[place] = .stored(StoredAccumulator())
                for (row, size) in zip(batch.rows, sizes) {
                    guard let size else { continue }
                    let bytes = ByteCount(Int64(size))
                    stored.addMeasured(row, size: bytes, isRandom: batch.random.contains(row))
                    state.measured[batch.column].add(size)
                    state.measured[batch.column].locate(
                        LocatedSize(size: bytes, block: row.block, offset: row.offset))
                    addRecent(row, size, of: batch.column, &state)
                }
                state.scanned[place] = .stored(stored)
            }
            state.inFlight -= 1
            state.busySeconds += time.inSeconds
        }
    }

    /// Notes that a row of the second phase could not be read: nothing bounds its size.
    func skip(_ batch: FetchBatch, reason: Unmeasured.Reason, state code: SQLState?) {
        let place = batch.rows.first.map { "row \($0.ctid)" } ?? ""
        state.withLock { state in
            state.failures.append(
                Unmeasured(
                    relation: plan.relation.name, column: storedColumns[batch.column].name, reason: reason,
                    detail: place + (code.map { ", SQLSTATE \($0)" } ?? "")))
            state.unreadRows[batch.column, default: 0] += 1
            state.inFlight -= 1
        }
    }

    /// Counts a sample.
    func add(sample: SampleAccumulator, took time: Duration) {
        state.withLock { state in
            state.sample = sample
            state.inFlight -= 1
            state.busySeconds += time.inSeconds
        }
    }

    /// Notes that a part could not be read; the rest goes on.
    func skip(_ range: TIDRange, reason: Unmeasured.Reason, state code: SQLState?) {
        let detail = range.description + (code.map { ", SQLSTATE \($0)" } ?? "")
        state.withLock { state in
            let blocks = range.start.block..<range.start.block + max(1, range.blockCount)
            for index in state.unreadBlocks.indices { state.unreadBlocks[index].formUnion(blocks) }
            state.missesRows = true
            state.failures.append(Unmeasured(relation: plan.relation.name, reason: reason, detail: detail))
            state.inFlight -= 1
        }
    }

    /// Counts what could be read of a single row, and notes the columns that could not.
    func add(_ row: RowOutcome, of range: TIDRange) throws(PostgreSQLError) {
        try state.withLock { (state) throws(PostgreSQLError) in
            for (indices, result) in row.read {
                var columns = indices.map { state.scanned[$0] }
                try result.add(to: &columns)
                for (index, column) in zip(indices, columns) { state.scanned[index] = column }
                if result.usesLZ4 == true { state.usesLZ4 = state.usesLZ4.map { _ in true } }
            }
            state.rows += row.read.first?.result.rows ?? 0
            state.missesRows = state.missesRows || row.read.isEmpty
            for failure in row.failures { note(failure.index, failure.reason, failure.state, range, &state) }
            state.inFlight -= 1
        }
    }

    private func note(
        _ index: Int, _ reason: Unmeasured.Reason, _ code: SQLState?, _ range: TIDRange, _ state: inout State
    ) {
        state.unreadBlocks[index].insert(range.start.block)
        state.failures.append(
            Unmeasured(
                relation: plan.relation.name, column: (fullColumns + storedColumns)[index].name,
                reason: reason, detail: range.description + (code.map { ", SQLSTATE \($0)" } ?? "")))
    }

    /// Gives the whole table up: what was read of it is not used.
    func giveUp(_ reason: Unmeasured.Reason, detail: String?, wasInFlight: Bool = true) {
        state.withLock { state in
            if !state.hasGivenUp {
                state.failures = [Unmeasured(relation: plan.relation.name, reason: reason, detail: detail)]
            }
            state.hasGivenUp = true
            if wasInFlight { state.inFlight -= 1 }
        }
    }
}
