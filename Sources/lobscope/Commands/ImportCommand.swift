import ArgumentParser
import LOBAdvice
import LOBReports
import LOBSurvey

/// `lobscope import`: the answers of the offline kit as a report folder.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Make a snapshot and a report folder of the answers to the script of kit.",
        discussion: """
            Examples:
              lobscope import answers.jsonl
              lobscope import answers.jsonl --out before --policy lobscope.yaml

            The figures are those of a profile with --method full and --consistent at the moment when the script ran. \
            What the script could not read is listed as not measured, and the exit status is 3 then. A file that is \
            not whole is refused.
            """)

    @Argument(
        help: ArgumentHelp("What psql wrote; - for standard input.", valueName: "answers"),
        completion: .file())
    var answers: String

    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "The report folder; it must be new or empty. By default reports/<database>-<UTC time>.",
            valueName: "folder"), completion: .directory)
    var out: String?

    @OptionGroup(title: "Recommendation") var policy: PolicyOptions
    @OptionGroup(title: "Tasks") var tasks: DeploymentOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func run() throws {
        try SurveyFolder.check(out)
        let measured = try imported(policy.policy())
        let slots = try SlotSource.resolve(tasks.slots, for: measured)
        let profile = slots.applied(
            to: measured.with(deployment: try tasks.deployment(over: nil, slots: slots.known)))
        let folder = try SurveyFolder.write(profile, at: out)
        var report = folder.report
        report.place = ReportPlace(path: folder.path, isFolder: true, command: .render)
        try StandardOutput.write(
            TerminalReport.render(
                report, width: Terminal.columns, isColored: output.usesColor, isWhole: output.verbose))
        try StandardOutput.write(Array("\nreport: \(VisibleText.escape(folder.path))\n".utf8))
        if let emptiness = ScopeText.emptiness(profile) {
            StandardError.write("lobscope: \(emptiness.message)\nhint: \(emptiness.hint)")
        }
        if !profile.isComplete { throw ExitCode.partial }
    }

    private func imported(_ policy: Policy) throws(CommandFailure) -> Profile {
        var source = try ByteSource(answers)
        defer { source.close() }
        let bytes = try source.all(limit: Self.largest)
        do throws(KitError) {
            return try KitImport(bytes).profile(policy: policy)
        } catch {
            if case .refused(let reason) = error { throw CommandFailure(reason) }
            throw CommandFailure("\"\(source.name)\" \(error)")
        }
    }

    /// Bytes of the answers of some million columns.
    private static let largest = 4 << 30
}
