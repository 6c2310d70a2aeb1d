import ArgumentParser
import LOBSurvey

/// How to give way to the other work of the server.
struct ThrottleOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Pause while more than this many other sessions are active.",
            discussion:
                "Seeing all of them needs pg_read_all_stats. Also pauses when the load cannot be determined.",
            valueName: "sessions"))
    var maxLoad: Int?

    @Option(
        help: ArgumentHelp(
            "Pause while a replica lags by more than this, such as 10s or 64MB.",
            discussion: """
                On a primary its replicas count, on a replica the replica itself. Also pauses when the lag cannot be \
                determined: no replica is connected, or the role may not see it (pg_read_all_stats).
                """,
            valueName: "time|size"),
        transform: LagLimit.argument)
    var maxLag: LagLimit?

    @Option(
        help: ArgumentHelp(
            "After each query, sleep this many times as long as it took; 1 halves the load.",
            valueName: "ratio"))
    var nice: Double = 0

    @Option(help: ArgumentHelp("Pause while this file exists.", valueName: "path"), completion: .file())
    var pauseFile: String?

    @Option(
        help: ArgumentHelp(
            "Longest pause, such as 10min; then stop, with a partial report. (default: 10min)",
            valueName: "time"),
        transform: TimeSpan.argument)
    var maxPause: TimeSpan = TimeSpan(duration: .seconds(600))

    @Option(
        help: ArgumentHelp(
            "Longest time that a database snapshot is held, such as 15min. (default: 15min)",
            discussion: """
                Each table is read in one consistent snapshot, which holds up vacuum while it lasts. A table that takes \
                longer is read in several; what changed meanwhile is read again, and its figures are "at most". On a \
                replica that replays, never longer than its max_standby_streaming_delay.
                """,
            valueName: "time"),
        transform: TimeSpan.argument)
    var snapshotLimit: TimeSpan = TimeSpan(duration: .seconds(900))

    @Flag(
        help: ArgumentHelp(
            "Read all tables in one consistent snapshot.",
            discussion: "The snapshot is held until the end; vacuum cannot clean up behind it."))
    var consistent = false

    mutating func validate() throws {
        if let maxLoad, maxLoad < 0 { throw ValidationError("--max-load must be 0 or more, not \(maxLoad).") }
        guard (0...1000).contains(nice) else {
            throw ValidationError("--nice must be from 0 to 1000, not \(nice).")
        }
        guard snapshotLimit.duration >= .milliseconds(10) else {
            throw ValidationError("--snapshot-limit must be 10ms or more.")
        }
        guard pauseFile != "" else { throw ValidationError("--pause-file must name a file.") }
    }

    /// The rules for the survey.
    var throttle: Throttle {
        Throttle(
            maxLoad: maxLoad, maxLag: maxLag, rest: nice, pauseFile: pauseFile, maxPause: maxPause.duration)
    }
}
