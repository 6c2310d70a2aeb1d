public import ArgumentParser
import LOBAdvice
public import LOBReports
import LOBStore

/// `lobscope render`: any output format again from a snapshot.
struct RenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Print any output format again from a snapshot, without a server.",
        discussion: """
            Examples:
              lobscope render before
              lobscope render before --format aws-cli > tasks.sh
              lobscope render before --strategy strict --format lob-table-md

            The same snapshot always gives the same bytes. With options of the recommendation, it shows what another \
            policy makes of the same measurement.
            """)

    @Argument(
        help: ArgumentHelp("A snapshot, or a report folder that holds one.", valueName: "snapshot"),
        completion: .file())
    var snapshot: String

    @Option(name: .shortAndLong, help: "The format.")
    var format: ReportFormat = .text

    @Option(
        help: ArgumentHelp(
            "The slot, or the task without a slot, whose mapping or settings are printed.", valueName: "name")
    )
    var slot: String?

    @OptionGroup(title: "Recommendation") var policy: PolicyOptions
    @OptionGroup(title: "Tasks") var tasks: DeploymentOptions
    @Option(
        help: ArgumentHelp(
            "With report-md: leave out details until it has at most this many bytes, and say which. "
                + "Comments on GitHub hold 65536.", valueName: "bytes"))
    var maxBytes: Int?

    @Flag(
        help:
            "With report-html and report-md: show the details of all tables and all findings. Otherwise a report of more than 500 columns leaves out the details of tables whose limit is certain to hold, and of more than 20 findings of one kind the first 20 are listed."
    )
    var full = false

    @OptionGroup(title: "Output") var output: OutputOptions

    mutating func validate() throws {
        guard !full || format == .html || format == .markdown else {
            throw ValidationError("--full needs --format report-html or report-md.")
        }
        guard let maxBytes else { return }
        guard format == .markdown else { throw ValidationError("--max-bytes needs --format report-md.") }
        guard maxBytes >= Report.smallestMarkdown else {
            throw ValidationError("--max-bytes must be at least \(Report.smallestMarkdown).")
        }
    }

    func run() throws {
        var report = try rendered()
        report.showsQuietTables = full
        if let refusal = report.refusal(of: format) { throw CommandFailure("--format \(refusal)") }
        if format.isOfTask, !report.taskNames.isEmpty || slot != nil {
            return try StandardOutput.write(try ofSlot(report))
        }
        guard format != .text else {
            report.place = ReportPlace(
                path: snapshot, isFolder: !snapshot.hasSuffix(".zst"), command: .render,
                options: .ofThisRun(argument: "SNAPSHOT"))
            return try StandardOutput.write(
                TerminalReport.render(
                    report, width: Terminal.columns, isColored: output.usesColor, isWhole: output.verbose))
        }
        try StandardOutput.write(maxBytes.map(report.markdown) ?? report.render(format))
    }

    /// The stored report, or the same measurement with the policy, slots, target and memory that are asked for.
    private func rendered() throws(CommandFailure) -> Report {
        let stored = try StoredReport.snapshot(snapshot)
        let wanted = stored.profile.with(policy: try policy.policy(over: stored.profile.policy))
        let slots = try SlotSource.resolve(tasks.slots, for: wanted)
        let profile = slots.applied(
            to: wanted.with(
                deployment: try tasks.deployment(over: stored.profile.deployment, slots: slots.known)))
        return Report(
            profile: profile, recommendation: Recommender(profile).recommend(),
            snapshotDigest: stored.digest)
    }

    private func ofSlot(_ report: Report) throws(CommandFailure) -> [UInt8] {
        let known = report.taskNames.map(\.losslessText).joined(separator: ", ")
        guard let slot else {
            throw CommandFailure("--format \(format.rawValue) needs --slot\nhint: there are \(known)")
        }
        guard let bytes = report.render(format, task: Identifier(slot)) else {
            throw CommandFailure(
                "--slot \"\(slot)\" is not a slot of the profile\nhint: \(known.isEmpty ? "no slots are assigned" : "there are \(known)")"
            )
        }
        return bytes
    }
}

extension ReportFormat: ExpressibleByArgument {}
