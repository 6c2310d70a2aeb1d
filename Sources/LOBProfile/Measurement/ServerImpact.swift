/// What a survey did to its server besides reading, and how it gave way to others.
public struct ServerImpact: Sendable, Codable, Equatable {
    /// Bytes of WAL that were written while the survey ran; nil on a replica, or where it is not known.
    ///
    /// The first reader of new rows sets hint bits; with checksums or `wal_log_hints` they go to the WAL.
    public let walBytes: Int64?
    /// Whether WAL that other sessions wrote meanwhile is in ``walBytes``.
    public let includesOtherSessions: Bool
    /// For what the survey waited, one entry for each cause that occurred.
    public let pauses: [Pause]
    /// How many seconds the survey kept one snapshot open; nil without `--consistent`.
    public let snapshotSeconds: Double?

    /// All pauses for one cause.
    public struct Pause: Sendable, Codable, Equatable {
        public let cause: Cause
        /// How many there were.
        public let count: Int
        /// How long they took together.
        public let seconds: Double

        /// Creates an entry.
        public init(cause: Cause, count: Int, seconds: Double) {
            self.cause = cause
            self.count = count
            self.seconds = seconds
        }
    }

    /// What a survey waits for.
    public enum Cause: String, Sendable, Codable, CaseIterable {
        /// More sessions are active than `--max-load` allows, or their number is not known.
        case load
        /// A replica is further behind than `--max-lag` allows, or its lag is not known.
        case lag
        /// The file of `--pause-file` is there.
        case pauseFile = "pause-file"
        /// The server does not answer the questions about its load and lag.
        case noAnswer = "no-answer"
    }

    /// Creates an impact.
    public init(
        walBytes: Int64?, includesOtherSessions: Bool, pauses: [Pause] = [], snapshotSeconds: Double? = nil
    ) {
        self.walBytes = walBytes
        self.includesOtherSessions = includesOtherSessions
        self.pauses = pauses
        self.snapshotSeconds = snapshotSeconds
    }
}
