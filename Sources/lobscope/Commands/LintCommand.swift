public import ArgumentParser
public import LOBAdvice
public import LOBReports
import LOBStore

/// `lobscope lint`: deployed files against what was measured.
struct LintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract:
            "Check deployed DMS files against a snapshot: limits too small, tables missing, settings that clash.",
        discussion: """
            Examples:
              lobscope lint before --against before
              lobscope lint tasks.json --against before --fail-on error
              lobscope lint mapping.json settings.json --against before --treatments

            FILE is a table mapping, task settings for the mappings that have none of their own, or a file that holds both: \
            the output of "aws dms describe-replication-tasks" or "describe-replication-configs" (whole, one entry, or what \
            --query leaves of it), a CloudFormation template in JSON, "terraform show -json" of a plan or a state. The \
            output of "aws dms describe-endpoints", given with them, tells how the source endpoint is set. Files may come in \
            any order; a report folder means all of its tasks. - is standard input.

            Of each kind of finding the first three are shown; -v shows all. Neither AWS nor a server is contacted.
            """)

    @Argument(
        help: ArgumentHelp(
            "Mappings, task settings, printed tasks and endpoints, templates, or a report folder; - is standard input.",
            valueName: "file"),
        completion: .file())
    var files: [String]

    @Option(
        help: ArgumentHelp("The snapshot with the sizes, or its report folder.", valueName: "snapshot"),
        completion: .file())
    var against: String

    @Option(
        help: ArgumentHelp(
            "Exit with status 2 if a finding has this severity or a higher one: info, warning or error; otherwise with 3 if the snapshot is partial.",
            valueName: "severity"))
    var failOn: Finding.Severity?

    @Flag(
        help:
            "List every table with what the tasks do with it: mode and limit, what decides them, and which rules select it."
    )
    var treatments = false

    @Option(name: .shortAndLong, help: "text, md, html, json or sarif (2.1.0).")
    var format: LintFormat = .text

    @OptionGroup(title: "Output") var output: OutputOptions

    mutating func validate() throws {
        guard files.count(where: { $0.utf8.elementsEqual("-".utf8) }) < 2 else {
            throw ValidationError("Only one file can be standard input.")
        }
    }

    func run() throws {
        let profile = try StoredReport.snapshot(against).profile
        let deployed = try DeployedFiles(files)
        let review = Review(
            deployed.tasks, of: profile, recommending: Recommender(profile).tables(),
            policy: profile.policy)
        let report = LintReport(
            review: review, profile: profile, mappingPath: deployed.mappingPath,
            settingsPath: deployed.settingsPath)
        try StandardOutput.write(
            report.render(
                format,
                detail: LintDetail(hasTreatments: treatments, hasEveryFinding: output.verbose),
                width: Terminal.columns, isColored: output.usesColor))
        guard let failOn else { return }
        if report.reaches(failOn) { throw ExitCode.somethingToActOn }
        // What was not measured is not known to be right.
        if !profile.isComplete { throw ExitCode.partial }
    }
}

extension LintFormat: ExpressibleByArgument {}
extension Finding.Severity: ExpressibleByArgument {}
