import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A write to a closed pipe becomes an error that can be handled, instead of a signal that ends us.
enum BrokenPipe {
    /// Takes effect for the whole process.
    static func becomesAnError() {
        _ = signal(SIGPIPE, SIG_IGN)
    }
}

/// Runs work that Ctrl-C and SIGTERM stop in an orderly way: the first signal cancels the task, a second
/// ends the process at once.
///
/// What the work has found is then stored whatever comes but a second signal; once ``isStored(hint:)`` was called, any
/// signal ends the process, because what is still to be written can be made again.
final class Interruption: Sendable {
    private struct State {
        var stage = Stage.working
        /// The signals that came while the work was done, and those that came later.
        var received: Int32?
        var late: Int32?
    }

    private enum Stage {
        case working, storing
        case stored(hint: String?)
    }

    private let state = Mutex(State())

    /// The signal that came, if one did.
    var signalNumber: Int32? { state.withLock { $0.received ?? $0.late } }

    /// Runs the work; signals that come meanwhile cancel it.
    func run<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
        let task = Task { await work() }
        // A queue of its own gets a thread at once, the global one only after a second while connections keep its threads busy.
        let queue = DispatchQueue(label: "signals")
        for number in [SIGINT, SIGTERM, SIGHUP] {
            _ = signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            // The handler holds the source, which stays until the process ends.
            source.setEventHandler { [self] in
                // Signals that come close together arrive as one event with their number.
                if isFirst(number), source.data < 2 { task.cancel() } else { _exit(128 + number) }
            }
            source.activate()
        }
        let value = await task.value
        state.withLock { $0.stage = .storing }
        return value
    }

    /// Says that all that was found is on disk: a signal that has come since the work was done, or comes from now on,
    /// ends the process with the hint, if there is one.
    func isStored(hint: String?) {
        let late = state.withLock { state in
            state.stage = .stored(hint: hint)
            return state.late
        }
        if let late { Self.end(late, hint) }
    }

    /// Whether a signal asks for an orderly end, and is the first one to do so.
    private func isFirst(_ number: Int32) -> Bool {
        state.withLock { state in
            switch state.stage {
            case .working:
                defer { state.received = state.received ?? number }
                return state.received == nil
            case .storing:
                guard state.received == nil else { return false }
                defer { state.late = state.late ?? number }
                return state.late == nil
            case .stored(let hint): Self.end(number, hint)
            }
        }
    }

    private static func end(_ number: Int32, _ hint: String?) -> Never {
        if let hint { StandardError.write(hint) }
        _exit(128 + number)
    }
}
