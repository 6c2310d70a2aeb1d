/// When a survey gives way to the other work of its server, and when it stops.
public struct Throttle: Sendable, Equatable {
    /// Sessions of others that may be active at the same time; nil for any number.
    public var maxLoad: Int?
    /// How far the server's replicas, or the replica that is read, may be behind; nil for any lag.
    public var maxLag: LagLimit?
    /// Seconds of rest after each second of work, on each connection; 0 for none.
    public var rest: Double
    /// While this file is there, nothing is read.
    public var pauseFile: String?
    /// How long one pause may last; then the survey ends with what it has.
    public var maxPause: Duration
    /// How old one snapshot of all tables may be before there is a warning; then after twice the time, and so on.
    public var snapshotWarning: Duration = .seconds(300)

    /// Creates the rules; by default nothing is waited for.
    public init(
        maxLoad: Int? = nil, maxLag: LagLimit? = nil, rest: Double = 0, pauseFile: String? = nil,
        maxPause: Duration = .seconds(600)
    ) {
        self.maxLoad = maxLoad
        self.maxLag = maxLag
        self.rest = rest
        self.pauseFile = pauseFile
        self.maxPause = maxPause
    }

    /// Whether anything can make the survey pause.
    var hasGuards: Bool { maxLoad != nil || maxLag != nil || pauseFile != nil }
}

/// How far a replica may be behind.
public enum LagLimit: Sendable, Hashable {
    /// In seconds since what it replays was written.
    case seconds(Double)
    /// In bytes of WAL that it has not replayed.
    case bytes(Int64)
}
