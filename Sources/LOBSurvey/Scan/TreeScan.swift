import LOBProfile
import PostgreSQLClient
import Synchronization

/// A logical table while it is read: a table by itself, or all parts of a partitioned or inherited one, which are read in the
/// same moment because rows move between them.
///
/// Where one snapshot is not held for as long as reading takes, the parts are read in several, and a pass in a last one
/// reads every row version that the first snapshot did not see: each row of the last moment is in one of the first blocks that
/// were read, where the first snapshot saw it, or among those.
final class TreeScan: Sendable {
    let scans: [TableScan]
    /// Whether some relations of the logical table are not measured.
    private let isPartial: Bool
    /// The snapshots of the server that it is read from.
    let moments: Moments
    private let state: Mutex<State>

    /// What is done next.
    enum Stage: Sendable, Equatable {
        /// Every row is read once.
        case scan
        /// What changed since the first snapshot is read, for the first or second time.
        case catchUp(pass: Int)
        /// Second phases are read, after so many passes over what changed.
        case settle(passes: Int)
        case done
    }

    private struct State {
        var stage = Stage.scan
        var current: HeldSnapshot?
        /// The first snapshot that anything was read in.
        var first: SeenMoment?
        /// The moment that the figures are of.
        var last: SeenMoment?
        /// Snapshots that anything was read in.
        var used: Set<Int> = []
        /// How often what changed was read.
        var passes = 0
        /// How many an earlier survey had used, and for how long they were held.
        var before = (snapshots: 0, seconds: 0.0)
        var heldSeconds = 0.0
        /// Whether rows may be missing.
        var isIncomplete = false
        /// Whether the tables changed, and are planned again.
        var isAbandoned = false
        /// The first scan that may have something left in this stage.
        var open = 0
    }

    /// How often what changed is read: a snapshot that is lost twice will be lost again.
    private static let mostPasses = 2

    /// Begins to read a logical table, or resumes it.
    init(
        _ plans: [TablePlan], isPartial: Bool, serverVersion: Int, moments: Moments,
        after checkpoints: [UInt32: TableCheckpoint] = [:]
    ) {
        self.moments = moments
        self.isPartial = isPartial
        scans = plans.map {
            TableScan($0, serverVersion: serverVersion, after: checkpoints[$0.relation.oid])
        }
        var state = State()
        let begun = scans.filter { $0.measuredAt != nil }.compactMap {
            checkpoints[$0.plan.relation.oid]?.moments
        }
        if let first = begun.map(\.first).min(by: { $0.horizon < $1.horizon }) {
            state.first = first
            state.before = (begun.map(\.snapshots).max() ?? 1, begun.map(\.heldSeconds).max() ?? 0)
        }
        self.state = Mutex(state)
    }

    /// The name that people know the table by.
    var name: RelationName { scans[0].plan.relation.logicalName }

    /// The relations of the tree besides one: their rows are no secret of its own.
    func otherOIDs(than oid: UInt32) -> [UInt32] { scans.map(\.plan.relation.oid).filter { $0 != oid } }

    /// Takes the next task; nil where nothing is to be handed out now.
    func take() -> ScanQueue.Work? {
        state.withLock { state in
            while !state.isAbandoned, state.stage != .done {
                for (index, scan) in scans.enumerated().dropFirst(state.open) {
                    if let taken = scan.take(state.stage) {
                        return ScanQueue.Work(tree: self, scan: scan, taken: taken)
                    }
                    if index == state.open, scan.isIdle(state.stage) { state.open += 1 }
                }
                guard scans.allSatisfy({ $0.isIdle(state.stage) }) else { return nil }
                advance(&state)
            }
            return nil
        }
    }

    /// Whether nothing is left to do and nobody is at work; goes to the next stage where the last one is over.
    func isFinished() -> Bool {
        state.withLock { state in
            if state.isAbandoned { return !scans.contains(where: \.isBeingRead) }
            while state.stage != .done, scans.allSatisfy({ $0.isIdle(state.stage) }) { advance(&state) }
            return state.stage == .done
        }
    }

    /// Goes to the next stage.
    private func advance(_ state: inout State) {
        state.open = 0
        switch state.stage {
        case .scan where state.used.count > 1 || state.before.snapshots > 0:
            leave(&state)
            beginPass(1, &state)
        case .scan: settle(0, &state)
        case .catchUp(let pass): settle(pass, &state)
        case .settle, .done:
            leave(&state)
            state.stage = .done
        }
    }

    private func settle(_ passes: Int, _ state: inout State) {
        state.stage = .settle(passes: passes)
        state.passes = passes
        for scan in scans { scan.beginSettling(looksForHidden: !isPartial) }
    }

    /// Begins to read what changed, where that can tell everything.
    private func beginPass(_ pass: Int, _ state: inout State) {
        let canCatchUp = scans.allSatisfy {
            $0.givenUp != nil || !$0.isBounded && ($0.isChunked || !$0.readsAllRows)
        }
        guard pass <= Self.mostPasses, canCatchUp else {
            state.isIncomplete = true
            return settle(pass - 1, &state)
        }
        state.open = 0
        state.stage = .catchUp(pass: pass)
        for scan in scans { scan.beginCatchUp() }
    }

    private func leave(_ state: inout State) {
        guard let current = state.current else { return }
        moments.leave(current)
        state.heldSeconds += current.takenAt.duration(to: .now).inSeconds
        state.current = nil
    }
}

/// The snapshots that it is read in.
extension TreeScan {
    /// A snapshot to read the next task in, and the horizon of the first one.
    ///
    /// - Throws: `PostgreSQLError` where none can be taken.
    func snapshot() throws(PostgreSQLError) -> (snapshot: HeldSnapshot, horizon: UInt64) {
        let known = state.withLock { ($0.current, $0.first?.horizon) }
        if let current = known.0, moments.isUsable(current) { return (current, known.1 ?? current.horizon) }
        let fresh = try moments.join()
        return state.withLock { state in
            if let current = state.current, current.id != known.0?.id {
                // Another worker was faster.
                moments.leave(fresh)
                return (current, state.first?.horizon ?? current.horizon)
            }
            let isFirst = state.current == nil
            leave(&state)
            state.current = fresh
            change(to: SeenMoment(fresh), isFirst: isFirst, &state)
            return (fresh, state.first?.horizon ?? fresh.horizon)
        }
    }

    /// Deals with another snapshot than the one before.
    private func change(to next: SeenMoment, isFirst: Bool, _ state: inout State) {
        guard let first = state.first else { return }
        if first.server != next.server {
            // After a crash transaction ids may be used again, and another server counts its own: what was read proves nothing.
            for scan in scans { scan.restart() }
            (state.first, state.last, state.used, state.stage) = (nil, nil, [], .scan)
            (state.before, state.isIncomplete, state.open, state.passes) = ((0, 0), false, 0, 0)
            return
        }
        switch state.stage {
        case .scan, .done: return
        case .catchUp(let pass):
            if !isFirst { beginPass(pass + 1, &state) }
        case .settle(let passes):
            guard scans.contains(where: \.hasSecondPhase), state.last != nil else { return }
            beginPass(passes + 1, &state)
        }
    }

    /// Notes that something was read in a moment.
    func note(read moment: SeenMoment) {
        let isCounted = scans.contains(where: \.hasSecondPhase)
        state.withLock { state in
            // A look at what seems to be empty counts nothing.
            if case .settle = state.stage, !isCounted { return }
            if state.first == nil { state.first = moment }
            // Of the second phase and the passes before it the last counts.
            if state.last == nil || state.stage != .scan { state.last = moment }
            state.used.insert(moment.id)
        }
    }

    /// Gives the tables up to be planned again.
    func abandon() {
        state.withLock { state in
            leave(&state)
            state.isAbandoned = true
        }
    }

    /// Whether a table of it changed while it was read.
    var hasChanged: Bool { scans.contains { $0.givenUp == .changed || $0.givenUp == .dropped } }

    /// What another survey needs to know of the moments; nil where nothing was read.
    var checkpoint: TableCheckpoint.Moments? {
        state.withLock { state in
            state.first.map { first in
                TableCheckpoint.Moments(
                    first: first, snapshots: max(1, state.used.count) + state.before.snapshots,
                    heldSeconds: held(state))
            }
        }
    }

    /// Whether some text may change without a new version of its row, so that no pass over those finds it.
    private var hasTextOfCatalog: Bool {
        scans.contains { $0.plan.columns.contains(where: \.column.hasTextOfCatalog) }
    }

    private func held(_ state: State) -> Double {
        state.before.seconds + state.heldSeconds
            + (state.current.map { $0.takenAt.duration(to: .now).inSeconds } ?? 0)
    }

    /// Whether one statement sees different moments of it.
    private var isSharded: Bool { scans.contains { $0.plan.relation.isSharded == true } }

    /// In which moments it was read; nil where nothing was.
    ///
    /// - Parameter isWhole: whether everything was read that should be.
    func reading(isWhole: Bool) -> TableReading? {
        let changed = scans.map(\.changedVersions).reduce(0, +)
        return state.withLock { state in
            guard let first = state.first, let last = state.last ?? state.first else { return nil }
            let snapshots = state.used.count + state.before.snapshots
            let isCaughtUp = state.passes > 0 && !state.isIncomplete && !hasTextOfCatalog
            return TableReading(
                certainty: !isWhole || isSharded || state.isIncomplete || state.passes > 0 && hasTextOfCatalog
                    ? .severalMoments : isCaughtUp ? .caughtUp : .oneMoment,
                moment: isCaughtUp ? last.moment : first.moment, heldSeconds: held(state),
                snapshots: snapshots, changedVersions: isCaughtUp ? changed : nil, reader: moments.place)
        }
    }
}
