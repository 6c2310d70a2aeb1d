public import ArgumentParser
import LOBAdvice
public import LOBReports
import LOBSurvey
import PostgreSQLClient

/// `lobscope truncations`: what DMS logs say of cut values, and what to change.
struct TruncationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "truncations",
        abstract:
            "Read DMS logs that tell of cut values, and say what to change; measure just those tables again.",
        discussion: """
            LOG is a text log, whatever stands before its entries; what "aws logs tail", "filter-log-events", \
            "get-log-events" or "get-query-results" print (text, JSON, YAML); what the console exports (CSV, JSON) or a \
            subscription writes; gzip and UTF-16 too; - is standard input. A folder stands for all files in it, as an \
            export to S3 leaves them. Rows of awsdms_apply_exceptions and awsdms_validation_failures_v1 or _v2 that psql \
            exported (--csv, or as JSON) are read as --exceptions reads them. Each log without an entry of DMS is named, also \
            among others: it is no all-clear.

            --mapping names the deployed files of the tasks that wrote the logs, in any form that lint reads: then it is \
            said which rule cut a value and what it must become, tables of the target are found by their rules' names, and \
            what must be loaded again is told for each task.

            --remeasure reads the tables that were cut in full, by the policy of the snapshot, and writes a \
            complete report folder with corrected rules; all other tables are carried over with their date.
            """)

    @Argument(
        help: ArgumentHelp("Logs of DMS tasks, or folders of them; - is standard input.", valueName: "log"),
        completion: .file())
    var logs: [String] = []

    @Option(
        help: ArgumentHelp("The snapshot to compare with, or its report folder.", valueName: "snapshot"),
        completion: .file())
    var against: String

    @Option(name: .shortAndLong, help: "text, md, html or json.")
    var format: TruncationFormat = .text

    @Option(
        help: ArgumentHelp(
            "Exit with status 2 where a finding is of this severity or a higher one: info, warning or error.",
            valueName: "severity"))
    var failOn: Finding.Severity?

    @Option(
        help: ArgumentHelp(
            "Read awsdms_apply_exceptions and awsdms_validation_failures of this target too; statements, keys and values are never read.",
            valueName: "conninfo"))
    var exceptions: String?

    @Option(
        help: ArgumentHelp(
            "Deployed files of the tasks: mappings, settings, or what holds both; may be given more than once.",
            valueName: "file"),
        completion: .file())
    var mapping: [String] = []

    @Option(help: ArgumentHelp("Measure the cut tables again on this source.", valueName: "conninfo"))
    var remeasure: String?

    @Option(
        name: [.short, .long],
        help: ArgumentHelp("The report folder of --remeasure; it must be new or empty.", valueName: "folder"),
        completion: .directory)
    var out: String?

    @Option(help: "Connections that measure at the same time.")
    var jobs: Int = 2

    @OptionGroup(title: "Output") var output: OutputOptions

    mutating func validate() throws {
        guard !logs.isEmpty || exceptions != nil else {
            throw ValidationError("Name a log, or a target with --exceptions.")
        }
        guard out == nil || remeasure != nil else {
            throw ValidationError("--out is for --remeasure.")
        }
        guard (logs + mapping).count(where: { $0.utf8.elementsEqual("-".utf8) }) < 2 else {
            throw ValidationError("Only one file can be standard input.")
        }
        guard (1...64).contains(jobs) else {
            throw ValidationError("--jobs must be from 1 to 64, not \(jobs).")
        }
    }

    func run() async throws {
        let stored = try StoredReport.open(against)
        let source = try remeasure.map { text throws(CommandFailure) in try Self.conninfo(text) }
        if source != nil { try SurveyFolder.check(out) }
        let tasks = try mapping.isEmpty ? nil : TasksInForce(DeployedFiles(mapping).tasks, of: stored.profile)
        var summary = TruncationSummary()
        for log in try LogFile.all(logs) { summary.merge(try await log.summary()) }
        var report = TruncationReport(
            logs.isEmpty ? nil : summary, target: try controlTables(), under: tasks, against: stored)
        report.options = .ofThisRun(argument: "LOG")
        try StandardOutput.write(
            report.render(format, width: Terminal.columns, isColored: output.usesColor))
        if let source { try await measureAgain(stored.profile, report, source) }
        if let failOn, report.reaches(failOn) { throw ExitCode.somethingToActOn }
    }

    private func measureAgain(
        _ profile: Profile, _ report: TruncationReport, _ source: Conninfo
    ) async throws {
        try await Remeasurement(
            old: profile, relations: report.relations, loggedSizes: report.loggedSizes,
            restarts: report.restarts, source: source, jobs: jobs, against: against, out: out,
            output: output, isTextShown: format == .text
        ).run()
    }

    private func controlTables() throws(CommandFailure) -> TruncationReport.TargetRecords? {
        guard let exceptions else { return nil }
        let survey = ControlTableSurvey(try Self.conninfo(exceptions))
        do throws(SurveyError) {
            let answer = try survey.run()
            if answer.tables.isEmpty {
                StandardError.write(
                    "lobscope: the target has no awsdms_apply_exceptions or awsdms_validation_failures\n"
                        + "hint: DMS makes it for CDC tasks only, in the schema ControlSchema; give that database"
                )
            }
            return TruncationReport.TargetRecords(
                exceptions: answer.exceptions, validationFailures: answer.validationFailures)
        } catch {
            throw CommandFailure(error)
        }
    }

    private static func conninfo(_ text: String) throws(CommandFailure) -> Conninfo {
        do throws(PostgreSQLError) {
            return try Conninfo(text)
        } catch {
            throw CommandFailure(error)
        }
    }
}

extension TruncationFormat: ExpressibleByArgument {}
