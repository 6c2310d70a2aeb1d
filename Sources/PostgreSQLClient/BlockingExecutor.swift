import Dispatch

/// Runs tasks that block in libpq on threads of their own, so that the cooperative pool never waits.
public final class BlockingExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "lobscope.blocking", attributes: .concurrent)

    /// Creates an executor; it ends with the last task that prefers it.
    public init() {}

    /// Runs a job on a thread of the queue.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
