import LOBProfile
import PostgreSQLClient
import SizeStatistics
import Synchronization

/// One table while it is measured by several workers: what is left to read, what was found, what failed.
final class TableScan: Sendable {
    let plan: TablePlan
    /// Columns of the complete scan.
    let fullColumns: [Column]
    /// Columns of the sample.
    let sampledColumns: [Column]
    /// Whether the complete scan goes by TID range, chunk by chunk.
    let isChunked: Bool
    private let state: Mutex<State>

    /// A piece of the table that one worker takes.
    enum Piece: Sendable {
        case chunk(TIDRange)
        case wholeTable
        case sample
    }

    /// Blocks of the first chunk: few, because every row of it comes with its place.
    static let firstChunk = 8

    private struct State {
        var pieces: [Piece]
        var nextBlock = 0
        var chunkBlocks = TableScan.firstChunk
        var inFlight = 0
        var full: [ColumnAccumulator]
        var sample = SampleAccumulator()
        var rows = 0
        var unreadBlocks = 0
        var failures: [Unmeasured] = []
        var hasGivenUp = false
        var busy: Duration = .zero
    }

    init(_ plan: TablePlan, serverVersion: Int) {
        self.plan = plan
        fullColumns = plan.columns(by: .full)
        sampledColumns = plan.columns(by: .sample)
        // TID range scans came with 14; ctid needs SELECT on the whole table.
        isChunked = serverVersion >= 140_000 && plan.relation.isSelectable && plan.relation.hasPlaces
        var pieces: [Piece] = []
        if !sampledColumns.isEmpty { pieces.append(.sample) }
        if !fullColumns.isEmpty, !isChunked { pieces.append(.wholeTable) }
        state = Mutex(
            State(
                pieces: pieces, nextBlock: fullColumns.isEmpty || !isChunked ? .max : 0,
                full: fullColumns.map { _ in ColumnAccumulator() }))
    }

    /// The chunk that a scan begins with.
    var firstRange: TIDRange {
        let end = min(Self.firstChunk, plan.relation.blocks)
        return .blocks(0..<end, isOpenEnded: end == plan.relation.blocks)
    }

    /// The sizes above which a row of the next chunk is wanted with its place, for each column.
    var thresholds: [Int32] { state.withLock { $0.full.map(\.threshold) } }

    /// Takes the next piece, or nil where nothing is left to hand out.
    func takePiece() -> Piece? {
        let blocks = plan.relation.blocks
        return state.withLock { state in
            guard !state.hasGivenUp else { return nil }
            if let piece = state.pieces.popLast() {
                state.inFlight += 1
                return piece
            }
            guard state.nextBlock < max(1, blocks) else { return nil }
            let first = state.nextBlock
            let end = min(first + state.chunkBlocks, blocks)
            state.nextBlock = max(1, end)
            state.inFlight += 1
            return .chunk(.blocks(first..<end, isOpenEnded: end == blocks))
        }
    }

    /// Puts a piece back that has to be done again.
    func putBack(_ pieces: [Piece]) {
        state.withLock { state in
            state.pieces += pieces
            state.inFlight -= 1
        }
    }

    /// Whether nothing is left to do and nobody is at work.
    var isFinished: Bool {
        let blocks = max(1, plan.relation.blocks)
        return state.withLock { state in
            state.inFlight == 0 && (state.hasGivenUp || state.pieces.isEmpty && state.nextBlock >= blocks)
        }
    }

    /// Counts a chunk whose transaction ended well, and steers the size of the next towards `target`.
    func add(
        _ result: PackedResult, of range: TIDRange, took time: Duration, target: Duration
    ) throws(PostgreSQLError) {
        try state.withLock { (state) throws(PostgreSQLError) in
            try result.add(to: &state.full)
            state.rows += result.rows
            state.inFlight -= 1
            state.busy += time
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
            for index in state.full.indices { state.full[index].merge(columns[index]) }
            state.rows += rows
            state.inFlight -= 1
            state.busy += time
        }
    }

    /// Counts a sample.
    func add(sample: SampleAccumulator, took time: Duration) {
        state.withLock { state in
            state.sample = sample
            state.inFlight -= 1
            state.busy += time
        }
    }

    /// Notes that a part could not be read; the rest goes on.
    func skip(_ range: TIDRange, reason: Unmeasured.Reason, state code: SQLState?) {
        let detail = range.description + (code.map { ", SQLSTATE \($0)" } ?? "")
        state.withLock { state in
            state.unreadBlocks += max(1, range.blockCount)
            state.failures.append(Unmeasured(relation: plan.relation.name, reason: reason, detail: detail))
            state.inFlight -= 1
        }
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

    /// The result, once ``isFinished``.
    func outcome() -> (profile: TableProfile, failures: [Unmeasured]) {
        state.withLock { state in
            for index in state.full.indices { state.full[index].fold() }
            let measurements = state.hasGivenUp ? [:] : measurements(&state)
            let columns = plan.relation.columns.filter(\.isMeasured).map {
                ColumnProfile(column: $0, measurement: measurements[$0.number])
            }
            let profile = TableProfile(
                relation: plan.relation, rows: rowCount(state), sample: sampleOutcome(state),
                columns: columns,
                seconds: state.busy.inSeconds)
            return (profile, state.failures)
        }
    }

    private func measurements(_ state: inout State) -> [Int16: ColumnMeasurement] {
        var measurements: [Int16: ColumnMeasurement] = [:]
        for (column, accumulator) in zip(fullColumns, state.full) {
            measurements[column.number] = ColumnMeasurement(
                method: .full, distribution: accumulator.distribution, largest: accumulator.largest,
                unreadBlocks: state.unreadBlocks)
        }
        for (index, column) in sampledColumns.enumerated() where index < state.sample.columns.count {
            measurements[column.number] = state.sample.measurement(of: index)
        }
        return measurements
    }

    private func rowCount(_ state: State) -> TableProfile.RowCount {
        if !fullColumns.isEmpty, !state.hasGivenUp {
            return .init(count: state.rows, isExact: state.unreadBlocks == 0)
        }
        let fraction = plan.sample.percent / 100
        let scaled = state.hasGivenUp ? 0 : Double(state.sample.rows) / max(fraction, 1e-9)
        return .init(count: Int(max(scaled, plan.relation.estimatedRows ?? 0)), isExact: false)
    }

    private func sampleOutcome(_ state: State) -> TableProfile.SampleOutcome? {
        guard !sampledColumns.isEmpty, !state.hasGivenUp else { return nil }
        return .init(
            design: plan.sample, blocksRead: state.sample.blocks,
            blocksTotal: max(plan.relation.blocks, state.sample.blocks),
            rowsRead: state.sample.rows)
    }
}
