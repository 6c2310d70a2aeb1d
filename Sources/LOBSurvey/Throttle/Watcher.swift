import LOBProfile
import PostgreSQLClient

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Looks at the server, the pause file and the clock while a survey runs, and closes and opens its gate.
struct Watcher: Sendable {
    let session: ServerSession
    let isReplica: Bool
    let throttle: Throttle
    /// How long the survey may take; nil for as long as it takes.
    let budget: Duration?
    let gate: Gate
    let results: SurveyResults
    /// When the survey began.
    let start: ContinuousClock.Instant

    /// The snapshots that are held.
    let moments: Moments

    /// Between two looks: how late a pause can begin.
    private static let interval: Duration = .milliseconds(250)

    /// Watches until the survey has to stop, which it notes in the gate, or the task is cancelled.
    func run() async {
        var watch = ServerWatch(session, isReplica: isReplica, throttle: throttle)
        var wasPaused = false
        var warning = throttle.snapshotWarning
        while !Task.isCancelled {
            if throttle.hasGuards {
                let pauses = filePause() + watch.pauses()
                guard !Task.isCancelled else { return }
                wasPaused = note(pauses, wasPaused)
            }
            if moments.isConsistent, moments.age >= warning {
                results.report(.snapshotIsOld(seconds: moments.age.inSeconds))
                warning *= 2
            }
            // A snapshot can be what a replica waits for.
            moments.letGo(all: gate.isPaused(for: .lag))
            if let budget, start.duration(to: .now) >= budget {
                gate.stop(.timeBudget, detail: nil)
            }
            guard gate.stop == nil, (try? await Task.sleep(for: pause)) != nil else { return }
        }
    }

    private var pause: Duration {
        guard let budget else { return Self.interval }
        return max(.milliseconds(1), min(Self.interval, budget - start.duration(to: .now)))
    }

    private func filePause() -> [Gate.Pause] {
        guard let path = throttle.pauseFile, FileManager.default.fileExists(atPath: path) else { return [] }
        return [.init(cause: .pauseFile, text: "\"\(path)\" is there")]
    }

    /// Tells the gate and the listener; returns whether the survey pauses now.
    private func note(_ pauses: [Gate.Pause], _ wasPaused: Bool) -> Bool {
        let lasted = gate.update(pauses) ?? .zero
        guard !pauses.isEmpty else {
            if wasPaused { results.report(.resumed(after: lasted.inSeconds)) }
            return false
        }
        let place = moments.place.map { "\($0): " } ?? ""
        let text = place + pauses.map(\.text).joined(separator: "; ")
        results.report(
            .paused(reason: text, seconds: lasted.inSeconds, limit: throttle.maxPause.inSeconds))
        if lasted >= throttle.maxPause { gate.stop(.pausedTooLong, detail: text) }
        return true
    }
}
