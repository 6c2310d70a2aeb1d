import ArgumentParser
import LOBProfile
import LOBReports
import LOBStore
import LOBSurvey

/// `lobscope profile`: measure, recommend, write a report folder.
struct ProfileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract: "Measure the LOB columns of a database and write a report folder with the DMS rules.",
        discussion: """
            Types whose size is in their header (text, bytea, xml, varchar) are read in full without touching \
            TOAST. Others are read in full where that is cheap and sampled where it is not; --method decides \
            otherwise. Everything is read in short read-only transactions that give way to others.

            The folder holds lob-table.md and .csv, report.md and .json, table-mappings.json, task-settings.json, \
            endpoint-settings.json, the snapshot, and SHA256SUMS over all of them.
            """)

    @OptionGroup var connection: ConnectionArgument
    @OptionGroup(title: "Scope") var scope: ScopeOptions
    @OptionGroup(title: "Measuring") var measuring: MeasuringOptions
    @OptionGroup(title: "Recommendation") var policy: PolicyOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    @Option(
        name: [.short, .long],
        help: ArgumentHelp(
            "The report folder; it must be new or empty. By default reports/<database>-<UTC time>.",
            valueName: "folder"))
    var out: String?

    func run() async throws {
        let survey = try surveyRun()
        try SurveyFolder.check(out)
        let interruption = Interruption()
        let result = await interruption.run { await survey.result() }
        survey.progress.finish()
        let profile = try result.mapError { CommandFailure($0) }.get()
        let folder = try SurveyFolder.write(profile, at: out)
        try StandardOutput.write(
            TerminalReport.render(folder.report, width: Terminal.columns, isColored: output.usesColor))
        try StandardOutput.write(Array("\nreport: \(folder.path)\n".utf8))
        if let signal = interruption.signalNumber { throw ExitCode(128 + signal) }
        if !profile.isComplete { throw ExitCode.partial }
    }

    private func surveyRun() throws -> SurveyRun {
        let options = SurveyOptions(
            scope: scope.scope, plan: measuring.planOptions, policy: policy.policy, jobs: measuring.jobs,
            statementTimeout: .seconds(measuring.statementTimeout))
        return SurveyRun(conninfo: try connection.parsed(), options: options, progress: output.progress)
    }
}
