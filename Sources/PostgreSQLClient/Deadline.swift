/// How long an exchange with the server may take, and whether the cancellation of the task ends it.
struct Deadline {
    private let limit: Duration?
    private let end: ContinuousClock.Instant?
    private let heedsCancellation: Bool

    /// Starts now; nil never ends.
    init(_ limit: Duration?, heedsCancellation: Bool = true) {
        self.limit = limit
        end = limit.map { ContinuousClock.now.advanced(by: $0) }
        self.heedsCancellation = heedsCancellation
    }

    /// - Throws: `.cancelled` or `.deadlineExceeded`.
    func check() throws(PostgreSQLError) {
        if heedsCancellation, Task.isCancelled { throw .cancelled }
        if let limit, let end, ContinuousClock.now >= end { throw .deadlineExceeded(limit) }
    }

    /// How long to sleep before the next check: 20 ms, or the rest if that is shorter.
    ///
    /// A cancelled task is noticed as late as that.
    var milliseconds: Int32 {
        guard let end else { return 20 }
        let rest = ContinuousClock.now.duration(to: end)
        guard rest > .zero else { return 0 }
        guard rest < .milliseconds(20) else { return 20 }
        return Int32(rest / .milliseconds(1)) + 1
    }
}
