public import ArgumentParser
public import LOBProfile
public import LOBReports

/// `lobscope lint`: deployed files against what was measured.
struct LintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract:
            "Hold deployed DMS files against a snapshot: limits too small, tables missing, settings that clash.",
        discussion: """
            MAPPING is a table-mapping file or what "aws dms describe-replication-tasks" prints (then with the \
            settings of every task in it); a report folder stands for all of its tasks. - is standard input.

            Nothing is asked of AWS or of a server.
            """)

    @Argument(
        help: ArgumentHelp(
            "A mapping file, printed tasks, or a report folder; - is standard input.", valueName: "mapping"),
        completion: .file())
    var mapping: String

    @Argument(
        help: ArgumentHelp("The task settings that go with it; - is standard input.", valueName: "settings"),
        completion: .file())
    var settings: String?

    @Option(
        help: ArgumentHelp("The snapshot that tells the sizes, or its report folder.", valueName: "snapshot"),
        completion: .file())
    var against: String

    @Option(
        help: ArgumentHelp(
            "Exit with status 2 where a finding is of this severity or a higher one: info, warning or error.",
            valueName: "severity"))
    var failOn: Finding.Severity?

    @Option(name: .shortAndLong, help: "text, json or sarif (2.1.0).")
    var format: LintFormat = .text

    @OptionGroup(title: "Output") var output: OutputOptions

    mutating func validate() throws {
        if mapping.utf8.elementsEqual("-".utf8), settings.map({ $0.utf8.elementsEqual("-".utf8) }) ?? false {
            throw ValidationError("Only one of mapping and settings can be standard input.")
        }
    }

    func run() throws {
        let stored = try StoredReport.open(against)
        let tasks = try DeployedFiles(mapping: mapping, settings: settings).tasks()
        let findings = MappingLint.findings(
            for: tasks, measured: stored.profile, recommending: stored.recommendation.tables,
            policy: stored.profile.policy.inForce(at: stored.profile.startedAt))
        let report = LintReport(
            findings: findings, profile: stored.profile, mappingPath: Self.path(mapping),
            settingsPath: settings.flatMap(Self.path))
        try StandardOutput.write(
            report.render(format, width: Terminal.columns, isColored: output.usesColor))
        if let failOn, report.reaches(failOn) { throw ExitCode.somethingToActOn }
    }

    private static func path(_ argument: String) -> String? {
        argument.utf8.elementsEqual("-".utf8) ? nil : argument
    }
}

extension LintFormat: ExpressibleByArgument {}
extension Finding.Severity: ExpressibleByArgument {}
