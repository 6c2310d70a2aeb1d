public import ArgumentParser
import LOBAdvice
public import LOBReports

/// `lobscope fleet`: many databases, each profiled as by `lobscope profile`, and one page about all of them.
struct FleetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fleet",
        abstract: "Profile many databases, each into its own report folder, and roll them up, worst first.",
        discussion: """
            Examples:
              lobscope fleet fleet.yaml --out fleet
              lobscope fleet fleet.yaml --out fleet --parallel 8 --give-up-after 2h
              lobscope fleet fleet.yaml --out fleet --resume
              lobscope fleet fleet.yaml --out fleet -- --time-budget 30min

            FILE is a YAML list:
              - name: orders
                conninfo: host=db1 dbname=orders user=lob_reader
                labels: {team: shop}
                policy: orders-policy.yaml
                options: {time-budget: 30min, table: [app.*, audit.*]}
              - name: billing
                service: billing

            Options are those of lobscope profile by their long names; what stands behind -- is for all \
            databases. Paths are relative to where lobscope runs. Passwords belong in ~/.pgpass or a service \
            file.

            Each database is a process of its own: one that fails, hangs or crashes hides no other. The folder \
            has a report folder for each, logs, and fleet.md, fleet.html and fleet.json. Ctrl-C keeps what is done.
            """)

    @Argument(help: ArgumentHelp("The list of databases, in YAML.", valueName: "file"), completion: .file())
    var file: String

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The folder for all of them; new or empty.", valueName: "folder"),
        completion: .directory)
    var out: String

    @Option(help: ArgumentHelp("Databases that are profiled at the same time.", valueName: "n"))
    var parallel: Int = 4

    @Option(
        help: ArgumentHelp(
            "End the profile of a database that takes longer, such as 2h; what it has read is kept.",
            valueName: "time"),
        transform: TimeSpan.argument)
    var giveUpAfter: TimeSpan?

    @Flag(help: "Go on with the folder of --out: finished databases are left alone, others taken up.")
    var resume = false

    @Option(name: .shortAndLong, help: "What is printed: text, md, html, json or openmetrics.")
    var format: FleetFormat = .text

    @Argument(
        parsing: .postTerminator,
        help: ArgumentHelp("Options of lobscope profile for all databases.", valueName: "option"))
    var shared: [String] = []

    @Flag(name: .shortAndLong, help: "No line on standard error for each database that ends.")
    var quiet = false

    @OptionGroup(title: "Output") var output: RollupOutputOptions

    mutating func validate() throws {
        guard (1...256).contains(parallel) else {
            throw ValidationError("--parallel must be from 1 to 256, not \(parallel).")
        }
        var words = ProfileWords()
        do throws(ProfileWords.Refusal) {
            try words.check(shared)
        } catch {
            throw ValidationError("behind --: \(error.message)" + (error.hint.map { "\nhint: \($0)" } ?? ""))
        }
    }

    func run() async throws {
        let databases = try FleetFile.read(path: file).databases
        let folder = try FleetFolder(out, isResumed: resume)
        let fleet = FleetRun(
            databases: databases, folder: folder, shared: shared, parallel: parallel,
            deadline: giveUpAfter?.duration, isResumed: resume, isQuiet: quiet)
        let interruption = Interruption()
        let entries = await interruption.run { await fleet.entries() }
        let report = FleetReport(FleetSummary(entries))
        try folder.write(report)
        interruption.isStored(hint: nil)
        try output.show(report, format)
        if format == .text {
            try StandardOutput.write(Array("\nroll-up: \(VisibleText.escape(out))/fleet.html\n".utf8))
        }
        if let signal = interruption.signalNumber { throw ExitCode(128 + signal) }
        try report.summary.leave()
    }
}

/// How a roll-up is shown.
struct RollupOutputOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Show every database and finding, not the worst alone.")
    var verbose = false

    @Option(
        help: ArgumentHelp("Colour: auto means on a terminal, unless NO_COLOR is set.", valueName: "when"))
    var color: OutputOptions.ColorChoice = .auto

    /// Prints a roll-up.
    ///
    /// - Throws: `CommandFailure` where it cannot be written.
    func show(_ report: FleetReport, _ format: FleetFormat) throws(CommandFailure) {
        try StandardOutput.write(
            report.render(format, width: Terminal.columns, isColored: color.isWanted, isWhole: verbose))
    }
}

extension FleetSummary {
    /// Leaves with the status that says how complete it is.
    func leave() throws {
        guard !isComplete else { return }
        throw isEmpty ? ExitCode.failure : ExitCode.partial
    }
}

extension FleetFormat: ExpressibleByArgument {}
