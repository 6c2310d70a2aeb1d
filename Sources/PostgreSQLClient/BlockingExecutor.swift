import Dispatch

/// Runs tasks that block in libpq on threads of their own, so that the cooperative pool never waits.
///
/// A serial queue gets a thread at once. A concurrent one shares as many threads with that pool as there are cores: when
/// all of them wait for servers, nothing else runs for a second (measured).
public final class BlockingExecutor: TaskExecutor {
    /// Creates an executor; it ends with the last task that prefers it.
    public init() {}

    /// Runs a job on a thread of the queue.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        DispatchQueue(label: "lobscope.blocking").async {
            unsafe job.runSynchronously(on: self.asUnownedTaskExecutor())
        }
    }
}
