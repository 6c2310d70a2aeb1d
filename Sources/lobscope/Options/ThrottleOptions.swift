import ArgumentParser
import LOBSurvey

/// How to give way to the other work of the server.
struct ThrottleOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Pause while more sessions of others than this are active.",
            discussion:
                "Seeing all of them takes pg_read_all_stats. A load that is not known is a reason to pause.",
            valueName: "sessions"))
    var maxLoad: Int?

    @Option(
        help: ArgumentHelp(
            "Pause while a replica is further behind, for example 10s or 64MB.",
            discussion: """
                Of a primary its own replicas count, of a replica itself. A lag that is not known, because no replica \
                is connected or the role may not see it (pg_read_all_stats), is a reason to pause.
                """,
            valueName: "time|size"),
        transform: LagLimit.argument)
    var maxLag: LagLimit?

    @Option(
        help: ArgumentHelp(
            "Rest after each piece of work, this many times as long as it took; 1 halves the load.",
            valueName: "ratio"))
    var nice: Double = 0

    @Option(help: ArgumentHelp("Pause while this file is there.", valueName: "path"), completion: .file())
    var pauseFile: String?

    @Option(
        help: ArgumentHelp(
            "Longest time of one pause, such as 10min; then stop, with a partial report. (default: 10min)",
            valueName: "time"),
        transform: TimeSpan.argument)
    var maxPause: TimeSpan = TimeSpan(duration: .seconds(600))

    @Option(
        help: ArgumentHelp(
            "Longest time that a database snapshot is held, such as 15min. (default: 15min)",
            discussion: """
                Each table is read as it was at one moment, by a snapshot that holds up vacuum as long as it lasts. A table \
                that takes longer is read in several, and what changed meanwhile is read again: its figures are "at most" \
                then. On a replica that replays, no longer than its max_standby_streaming_delay.
                """,
            valueName: "time"),
        transform: TimeSpan.argument)
    var snapshotLimit: TimeSpan = TimeSpan(duration: .seconds(900))

    @Flag(
        help: ArgumentHelp(
            "Read all tables as they were at one moment.",
            discussion: "One snapshot is kept until the end; vacuum cannot clean up behind it."))
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
