import ArgumentParser

/// Where the report of a run goes, and what is kept to resume it.
struct ReportOptions: ParsableArguments {
    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "The report folder; it must be new or empty. By default reports/<database>-<UTC time>.",
            valueName: "folder"), completion: .directory)
    var out: String?

    @Option(
        help: ArgumentHelp(
            "Resume the unfinished run in this report folder, with the same options; --out names a new folder.",
            valueName: "folder"), completion: .directory)
    var resume: String?

    @Option(
        help: ArgumentHelp(
            "How often progress is saved in the report folder, so that --resume works even after lobscope was killed. "
                + "(default: 30s)",
            valueName: "time"),
        transform: TimeSpan.argument)
    var checkpointEvery: TimeSpan = TimeSpan(duration: .seconds(30))

    @Flag(
        help: ArgumentHelp(
            "End as by SIGTERM when standard input ends, for programs that run lobscope.",
            visibility: .hidden))
    var endWithInput = false
}

/// Which earlier profile tells how fast rows arrive.
struct RateOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "An earlier snapshot or report folder; for --growth in days, rows arrive as fast as they did since then.",
            valueName: "snapshot"), completion: .file())
    var growthSince: String?
}
