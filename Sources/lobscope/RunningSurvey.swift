import LOBAdvice
import LOBStore
import LOBSurvey
import Synchronization

/// A survey that keeps what it has read in its report folder while it runs.
final class RunningSurvey: Sendable {
    /// The folder; nil for the default one.
    private let path: String?
    private let progress: ProgressReporter
    private let kept = Mutex<KeptCheckpoint?>(nil)
    private let hasFailed = Mutex(false)

    init(at path: String?, progress: ProgressReporter) {
        self.path = path
        self.progress = progress
    }

    /// Keeps a checkpoint; what is in the way is told once.
    func keep(_ checkpoint: SurveyCheckpoint) {
        guard let profile = checkpoint.profile else { return }
        do throws(StoreError) {
            let bytes = try CheckpointFile.seal(StoredSurvey.json(checkpoint))
            try kept.withLock { (kept) throws(StoreError) in
                var next: KeptCheckpoint
                if let kept {
                    next = kept
                } else {
                    next = try KeptCheckpoint(in: SurveyFolder.path(path, of: profile))
                }
                try next.keep(bytes)
                kept = next
            }
        } catch {
            let isFirst = hasFailed.withLock { hasFailed in
                defer { hasFailed = true }
                return !hasFailed
            }
            if isFirst { progress.warn("nothing can be saved for --resume: \(error)") }
        }
    }
}
