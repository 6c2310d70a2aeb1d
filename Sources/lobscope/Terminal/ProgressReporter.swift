import LOBAdvice
import LOBReports
import LOBSurvey
import Synchronization

/// Tells how far a survey is: one line that is written over on a terminal, plain lines at intervals elsewhere, or
/// one JSON object a line.
final class ProgressReporter: Sendable {
    /// How progress is shown.
    enum Form: Sendable {
        case terminal, lines, json
    }

    private struct State {
        var figures = ProgressFigures()
        var lastShown: ContinuousClock.Instant?
        var isLineOpen = false
        /// The pause that was told.
        var toldPause: String?
        /// What was not measured, so far.
        var unmeasured = 0
    }

    /// Lines about what is not measured: of thousands of tables the report tells the others.
    private static let toldUnmeasured = 20

    private let state = Mutex(State())
    private let form: Form
    private let isQuiet: Bool
    private let isVerbose: Bool
    private let start = ContinuousClock.now

    init(form: Form, isQuiet: Bool, isVerbose: Bool) {
        self.form = form
        self.isQuiet = isQuiet
        self.isVerbose = isVerbose
    }

    /// Between two lines of the state of things.
    private var interval: Duration {
        switch form {
        case .terminal: .milliseconds(100)
        case .lines: .seconds(10)
        case .json: .seconds(1)
        }
    }

    /// Takes an event of the survey.
    func show(_ event: SurveyEvent) {
        state.withLock { state in
            state.figures.seconds = (ContinuousClock.now - start).inSeconds
            Self.count(event, in: &state.figures)
            if form == .json {
                if !isQuiet, let line = ProgressJSON.line(event, state.figures) {
                    StandardError.writeRaw(line)
                }
            } else if Self.isTold(event, isQuiet: isQuiet) {
                tell(event, &state)
            }
            showFigures(&state)
        }
    }

    /// Tells something that is not an event of the survey and does not end it.
    func warn(_ text: String) {
        guard !isQuiet else { return }
        state.withLock { line("warning: " + text, &$0) }
    }

    /// Clears the line.
    func finish() {
        state.withLock { clear(&$0) }
    }

    /// Whether an event may have a line of its own; a quiet survey tells only what makes it partial.
    static func isTold(_ event: SurveyEvent, isQuiet: Bool) -> Bool {
        if case .unmeasured = event { true } else { !isQuiet }
    }

    private static func count(_ event: SurveyEvent, in figures: inout ProgressFigures) {
        switch event {
        case .planned(let plan):
            figures.planned = plan.tables.reduce(0) { $0 + $1.price.blocks }
            figures.tables = plan.tables.count
        case .plannedAgain(let table):
            figures.planned += table.price.blocks
            figures.tables += 1
        case .read(let table, let blocks):
            figures.read += blocks
            figures.current = table
        case .carriedOver(let plan):
            figures.read += plan.price.blocks
            figures.carriedOver += plan.price.blocks
            figures.finished += 1
        case .finished: figures.finished += 1
        case .paused(let reason, let seconds, let limit): figures.pause = (reason, seconds, limit)
        case .resumed(let seconds):
            figures.pause = nil
            figures.pausedBefore += seconds
        case .snapshotTaken: figures.snapshotTaken = figures.seconds
        case .unmeasured, .reconnecting, .readerLost, .shardsNotRead, .snapshotIsOld, .largeObjects,
            .linkUnverified:
            break
        }
    }

    /// What is worth a line of its own.
    private func tell(_ event: SurveyEvent, _ state: inout State) {
        switch event {
        case .finished(let table):
            if isVerbose { line("measured \(table.losslessText)", &state) }
        case .unmeasured(let entry):
            let subject = entry.relation?.losslessText ?? "large objects"
            let column = entry.column.map { " column \($0.losslessText)" } ?? ""
            state.unmeasured += 1
            guard isVerbose || state.unmeasured <= Self.toldUnmeasured else {
                if state.unmeasured == Self.toldUnmeasured + 1 {
                    line("warning: more is not measured; the report lists all", &state)
                }
                return
            }
            line("warning: \(subject)\(column) not measured: \(UnmeasuredWords.explanation(entry))", &state)
        case .reconnecting(let reason, let seconds):
            line("\(reason); connecting again in \(seconds) s", &state)
        case .readerLost(let place, let reason):
            line(
                "warning: reader \(place) is lost (\(UnmeasuredWords.reason(reason))); the others read what it had begun",
                &state)
        case .shardsNotRead(let table, let problem):
            let words = ShardWords(problem)
            line(
                "warning: \(table.losslessText) is read through CONNINFO, not shard by shard: \(words.reason)\nhint: \(words.remedy)",
                &state)
        case .paused(let reason, _, let limit):
            guard form == .lines, state.toldPause == nil else { return }
            state.toldPause = reason
            line("paused, for \(Int(limit)) s at most: \(reason)", &state)
        case .resumed(let seconds):
            guard form == .lines else { return }
            state.toldPause = nil
            line("resuming after a pause of \(Int(seconds.rounded())) s", &state)
        case .snapshotIsOld(let seconds):
            line(
                "warning: the snapshot of --consistent is \(Int(seconds)) s old; vacuum cannot clean up behind it",
                &state)
        case .plannedAgain(let table):
            line("\(table.relation.name.losslessText) changed while it was read: reading it again", &state)
        case .linkUnverified:
            let finding = SurveyPreflight.unverifiedLink
            line("warning: \(finding.message)\nhint: \(finding.remedy)", &state)
        case .planned, .carriedOver, .read, .snapshotTaken, .largeObjects: break
        }
    }

    private func showFigures(_ state: inout State) {
        guard !isQuiet, state.figures.tables > 0 else { return }
        let now = ContinuousClock.now
        guard now - (state.lastShown ?? start) >= interval else { return }
        state.lastShown = now
        switch form {
        case .json: StandardError.writeRaw(ProgressJSON.line(state.figures))
        case .lines: StandardError.write(state.figures.line())
        case .terminal:
            clear(&state)
            // Without wrapping, a line stays one that can be cleared, also when the terminal was made narrower.
            let text = VisibleText.escape(state.figures.line(width: Terminal.progressColumns))
            StandardError.writeRaw(Array("\u{1B}[?7l\(text)\u{1B}[?7h".utf8))
            state.isLineOpen = true
        }
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
