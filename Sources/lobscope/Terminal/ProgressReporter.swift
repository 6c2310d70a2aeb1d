import LOBProfile
import LOBReports
import LOBSurvey
import Synchronization

/// Tells how far a survey is: one line that is written over on a terminal, plain lines at intervals elsewhere.
final class ProgressReporter: Sendable {
    private struct State {
        var planned = 0
        var read = 0
        var tables = 0
        var finished = 0
        var current: RelationName?
        var lastShown: ContinuousClock.Instant?
        var isLineOpen = false
    }

    private let state = Mutex(State())
    private let isTerminal: Bool
    private let isQuiet: Bool
    private let isVerbose: Bool
    private let start = ContinuousClock.now

    init(isTerminal: Bool, isQuiet: Bool, isVerbose: Bool) {
        self.isTerminal = isTerminal
        self.isQuiet = isQuiet
        self.isVerbose = isVerbose
    }

    /// Takes an event of the survey.
    func show(_ event: SurveyEvent) {
        state.withLock { state in
            switch event {
            case .planned(let plan):
                state.planned = plan.tables.reduce(0) { $0 + $1.price.blocks }
                state.tables = plan.tables.count
            case .read(let table, let blocks):
                state.read += blocks
                state.current = table
            case .finished(let table):
                state.finished += 1
                if isVerbose { line("measured \(table.losslessText)", &state) }
            case .unmeasured(let entry):
                let subject = entry.relation?.losslessText ?? "large objects"
                let column = entry.column.map { " column \($0.losslessText)" } ?? ""
                line("warning: \(subject)\(column) not measured: \(entry.explanation)", &state)
            case .reconnecting(let reason, let seconds):
                line("\(reason); connecting again in \(seconds) s", &state)
            case .largeObjects: break
            }
            showLine(&state)
        }
    }

    /// Clears the line.
    func finish() {
        state.withLock { clear(&$0) }
    }

    private func showLine(_ state: inout State) {
        guard !isQuiet, state.tables > 0 else { return }
        let now = ContinuousClock.now
        let interval: Duration = isTerminal ? .milliseconds(100) : .seconds(10)
        guard now - (state.lastShown ?? start) >= interval else { return }
        state.lastShown = now
        let seconds = (now - start).inSeconds
        let share = min(1, Double(state.read) / Double(max(1, state.planned)))
        let rate = Double(state.read) / max(seconds, 0.001)
        let left = share > 0.01 ? ", about \(Int((seconds / share - seconds).rounded())) s left" : ""
        let table = state.current.map { ", \($0.losslessText)" } ?? ""
        let text =
            "\(Int(share * 100)) % of \(state.planned) blocks, \(Int(rate)) blocks/s\(left), "
            + "\(state.finished) of \(state.tables) tables\(table)"
        guard isTerminal else { return StandardError.write(text) }
        clear(&state)
        StandardError.writeRaw(Array(VisibleText.escape(text).utf8.prefix(79)))
        state.isLineOpen = true
    }

    private func line(_ text: String, _ state: inout State) {
        clear(&state)
        StandardError.write(text)
    }

    private func clear(_ state: inout State) {
        guard state.isLineOpen else { return }
        StandardError.writeRaw(Array("\r\u{1B}[2K".utf8))
        state.isLineOpen = false
    }
}

extension Duration {
    /// Seconds as a number.
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
