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
    let kindness: Kindness
    /// How long the survey may take; nil for as long as it takes.
    let budget: Duration?
    let gate: Gate
    let results: SurveyResults
    /// When the survey began.
    let start: ContinuousClock.Instant

    /// When the snapshot of all tables was taken; nil without one.
    let snapshotTaken: ContinuousClock.Instant?

    /// Between two looks: how late a pause can begin.
    private static let interval: Duration = .milliseconds(250)

    /// Watches until the survey has to stop, which it notes in the gate, or the task is cancelled.
    func run() async {
        var watch = ServerWatch(session, isReplica: isReplica, kindness: kindness)
        var wasPaused = false
        var warning = kindness.snapshotWarning
        while !Task.isCancelled {
            if kindness.hasGuards {
                let pauses = filePause() + watch.pauses()
                guard !Task.isCancelled else { return }
                wasPaused = note(pauses, wasPaused)
            }
            if let snapshotTaken, snapshotTaken.duration(to: .now) >= warning {
                results.report(.snapshotIsOld(seconds: snapshotTaken.duration(to: .now).inSeconds))
                warning *= 2
            }
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
        guard let path = kindness.pauseFile, FileManager.default.fileExists(atPath: path) else { return [] }
        return [.init(cause: .pauseFile, text: "\"\(path)\" is there")]
    }

    /// Tells the gate and the listener; returns whether the survey pauses now.
    private func note(_ pauses: [Gate.Pause], _ wasPaused: Bool) -> Bool {
        let lasted = gate.update(pauses) ?? .zero
        guard !pauses.isEmpty else {
            if wasPaused { results.report(.resumed(after: lasted.inSeconds)) }
            return false
        }
        let text = pauses.map(\.text).joined(separator: "; ")
        results.report(
            .paused(reason: text, seconds: lasted.inSeconds, limit: kindness.maxPause.inSeconds))
        if lasted >= kindness.maxPause { gate.stop(.pausedTooLong, detail: text) }
        return true
    }
}
