/// How a survey keeps what it has read while it runs, for another one to go on when it is killed.
public struct Checkpointing: Sendable {
    /// Time between two checkpoints; more where keeping one takes long.
    public let interval: Duration
    let keep: @Sendable (SurveyCheckpoint) -> Void

    /// Keeping one takes at most this share of the time.
    private static let share = 20

    /// Creates a rhythm; `keep` gets each checkpoint with the profile in it.
    public init(interval: Duration, keep: @escaping @Sendable (SurveyCheckpoint) -> Void) {
        self.interval = interval
        self.keep = keep
    }

    /// Keeps checkpoints until the task is cancelled.
    func run(_ checkpoint: @escaping @Sendable () async -> SurveyCheckpoint) async {
        var pause = interval
        while (try? await Task.sleep(for: pause)) != nil {
            let start = ContinuousClock.now
            let checkpoint = await checkpoint()
            guard !Task.isCancelled else { return }
            keep(checkpoint)
            pause = max(interval, start.duration(to: .now) * Self.share)
        }
    }
}
