import LOBProfile
import SizeStatistics
import Synchronization

/// A table of which no row is read: how large its values can be follows from what is stored outside of its rows.
extension TableScan {
    /// The columns that are bounded together.
    var boundedColumns: [Column] { plan.columns(by: .bound) }

    /// Whether it is bounded, which takes one moment: a value that is new may have any id, so nothing finds what came later.
    var isBounded: Bool { !boundedColumns.isEmpty }

    /// What was seen outside of the rows so far; nil before the catalog was asked.
    var toast: ToastTally? { state.withLock(\.toast) }

    /// Begins to look at what is outside of the rows.
    func add(toast facts: ToastFacts, of taken: Taken, took time: Duration) {
        finish(taken, took: time) { state in
            let tally = ToastTally(facts)
            state.toast = tally
            state.tasks += tally.next.map { [.toast($0)] } ?? []
        }
    }

    /// Counts values outside of the rows; the next ones are known now.
    func add(
        _ answer: ToastAnswer, of window: ToastWindow, _ taken: Taken, took time: Duration, target: Duration
    ) {
        finish(taken, took: time) { state in
            state.values.note(window.count, took: time, target: target)
            guard var tally = state.toast else { return }
            tally.add(answer, of: window)
            state.toast = tally
            state.tasks += tally.window(of: state.values.size).map { [.toast($0)] } ?? []
        }
    }
}
