import Dispatch

/// Runs tasks that block in libpq on threads of their own, so that the cooperative pool never waits.
final class BlockingExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "lobscope.survey", attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
