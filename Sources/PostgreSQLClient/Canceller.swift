internal import CLibPQ
internal import Dispatch
internal import Synchronization

/// Cancels the statement that a connection is running, from any thread.
///
/// It opens a connection of its own for the request. With libpq before 17 the request is not encrypted, even
/// if the connection is; it holds no password. After the connection has ended it does nothing.
@safe public final class Canceller: @unchecked Sendable {
    // `@unchecked`: PQcancel only reads the PGcancel, which is never changed until PQfreeCancel in `deinit`.
    private let handle: OpaquePointer?

    init(_ connection: OpaquePointer) {
        unsafe handle = unsafe PQgetCancel(connection)
    }

    deinit { unsafe PQfreeCancel(handle) }

    /// Sends the request and waits until the server has taken it, which is not yet the end of the statement.
    ///
    /// - Parameter limit: how long to wait; the request itself goes on in the background.
    /// - Throws: `PostgreSQLError.connectionLost` if the server could not be reached in that time.
    public func cancel(within limit: Duration = .seconds(5)) throws(PostgreSQLError) {
        let attempt = Attempt()
        DispatchQueue.global(qos: .userInitiated).async {
            let succeeded = self.request()
            attempt.succeeded.withLock { $0 = succeeded }
            attempt.done.signal()
        }
        let milliseconds = Int(limit / .milliseconds(1))
        guard attempt.done.wait(timeout: .now() + .milliseconds(milliseconds)) == .success else {
            throw .connectionLost(reason: "the request to cancel was not taken within \(limit)")
        }
        guard attempt.succeeded.withLock({ $0 }) else {
            throw .connectionLost(reason: "the request to cancel could not be sent")
        }
    }

    /// Sends the request and does not wait.
    func cancelInBackground() {
        DispatchQueue.global(qos: .userInitiated).async { _ = self.request() }
    }

    private func request() -> Bool {
        guard let handle = unsafe handle else { return false }
        var message = [CChar](repeating: 0, count: 256)
        return unsafe PQcancel(handle, &message, Int32(message.count)) == 1
    }

    private final class Attempt: Sendable {
        let done = DispatchSemaphore(value: 0)
        let succeeded = Mutex(false)
    }
}
