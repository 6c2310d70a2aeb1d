import LOBProfile
import Synchronization

/// What every worker passes before it reads a piece: closed while the survey pauses, and for good when it stops.
final class Gate: Sendable {
    /// Why the survey pauses.
    struct Pause: Sendable {
        let cause: ServerImpact.Cause
        /// In words, with the figure and the limit.
        let text: String
    }

    /// Why the survey ends before everything is measured.
    struct Stop: Sendable {
        let reason: Unmeasured.Reason
        let detail: String?
    }

    private struct State {
        var pauses: [Pause]
        var since: ContinuousClock.Instant?
        var totals: [ServerImpact.Cause: (count: Int, time: Duration)] = [:]
        var lastUpdate = ContinuousClock.now
        /// Closed until the server was asked for the first time, which is no pause.
        var isUndecided: Bool
        var stop: Stop?
    }

    private let state: Mutex<State>
    /// Sessions that read at the same time.
    private let jobs: Int

    init(isUndecided: Bool, jobs: Int) {
        state = Mutex(State(pauses: [], isUndecided: isUndecided))
        self.jobs = jobs
    }

    /// That there are too few connections.
    var tooFewConnections: Stop {
        let readers = jobs == 1 ? "one that reads" : "\(jobs) that read"
        return Stop(
            reason: .poolTooSmall,
            detail: "\(jobs + 1) are needed at a time: \(readers), and one that holds the snapshot")
    }

    /// Whether the survey pauses for a cause.
    func isPaused(for cause: ServerImpact.Cause) -> Bool {
        state.withLock { $0.pauses.contains { $0.cause == cause } }
    }

    /// Why the survey ends early, if it does.
    var stop: Stop? { state.withLock(\.stop) }

    /// Waits until the gate is open, or there is no need any more; false when nothing more is to be read.
    ///
    /// - Parameter isNeedless: whether others have done what was to be done behind it.
    func pass(unless isNeedless: () -> Bool = { false }) async -> Bool {
        while true {
            let isOpen = state.withLock { state -> Bool? in
                if state.stop != nil { return nil }
                return state.pauses.isEmpty && !state.isUndecided
            }
            guard let isOpen else { return false }
            if isOpen || isNeedless() { return !Task.isCancelled }
            guard (try? await Task.sleep(for: .milliseconds(20))) != nil else { return false }
        }
    }

    /// Closes the gate for good.
    func stop(_ reason: Unmeasured.Reason, detail: String?) {
        stop(Stop(reason: reason, detail: detail))
    }

    /// Closes the gate for good.
    func stop(_ stop: Stop) {
        state.withLock { $0.stop = $0.stop ?? stop }
    }

    /// Closes the gate for some causes, or opens it when there are none.
    ///
    /// - Returns: how long the pause that goes on, or has just ended, has lasted; nil without one.
    func update(_ pauses: [Pause]) -> Duration? {
        state.withLock { state in
            let now = ContinuousClock.now
            for cause in Set(state.pauses.map(\.cause)) {
                state.totals[cause, default: (0, .zero)].time += now - state.lastUpdate
            }
            for cause in Set(pauses.map(\.cause)) where !state.pauses.contains(where: { $0.cause == cause }) {
                state.totals[cause, default: (0, .zero)].count += 1
            }
            state.lastUpdate = now
            state.isUndecided = false
            state.pauses = pauses
            let since = state.since ?? (pauses.isEmpty ? nil : now)
            state.since = pauses.isEmpty ? nil : since
            return since.map { now - $0 }
        }
    }

    /// All pauses so far, by cause.
    var totals: [ServerImpact.Pause] {
        state.withLock { state in
            ServerImpact.Cause.allCases.compactMap { cause in
                state.totals[cause].map {
                    ServerImpact.Pause(cause: cause, count: $0.count, seconds: $0.time.inSeconds)
                }
            }
        }
    }
}
