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
final class Interruption: Sendable {
    private let received = Mutex<Int32?>(nil)

    /// The signal that came, if one did.
    var signalNumber: Int32? { received.withLock(\.self) }

    /// Runs the work; signals that come meanwhile cancel it.
    func run<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
        let task = Task { await work() }
        let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            _ = signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [self] in
                // Signals that come close together arrive as one event with their number.
                if isFirst(number), source.data < 2 { task.cancel() } else { _exit(128 + number) }
            }
            source.activate()
            return source
        }
        let value = await task.value
        for source in sources { source.cancel() }
        return value
    }

    private func isFirst(_ number: Int32) -> Bool {
        received.withLock { received in
            defer { received = received ?? number }
            return received == nil
        }
    }
}
