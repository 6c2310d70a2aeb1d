import ArgumentParser
import LOBAdvice
import LOBReports
import LOBSurvey
import PostgreSQLClient

/// `lobscope truncations`: what DMS logs say of cut values, and what to change.
struct TruncationsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "truncations",
        abstract:
            "Read DMS logs for cut values and say what to change; with --remeasure, measure just those tables again.",
        discussion: """
            Examples:
              lobscope truncations task.log --against before
              lobscope truncations task.log --against before --mapping tasks.json
              lobscope truncations task.log --against before --remeasure CONNINFO

            LOG is a text log, with anything in front of its entries; the output of "aws logs tail", "filter-log-events", \
            "get-log-events" or "get-query-results" (text, JSON, YAML); an export of the console (CSV, JSON) or the files of \
            a subscription; gzip and UTF-16 too; - is standard input. A folder means all files in it, as an export to S3 \
            leaves them. Rows of awsdms_apply_exceptions and awsdms_validation_failures_v1 or _v2 that psql exported \
            (--csv, or as JSON) are read as --exceptions reads them. Every log without an entry of DMS is named: that it \
            shows no cut proves nothing.

            --mapping names the deployed files of the tasks that wrote the logs, in any form that lint reads. The report \
            then says which rule cut a value and what it must become, finds tables of the target by their rules, and lists \
            for each task what must be loaded again.

            --remeasure reads the cut tables in full, under the policy of the snapshot, and writes a complete report \
            folder with corrected rules; all other tables are carried over with their dates.
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
    var format: PageFormat = .text

    @Option(
        help: ArgumentHelp(
            "Exit with status 2 if a finding has this severity or a higher one: info, warning or error.",
            valueName: "severity"))
    var failOn: Finding.Severity?

    @Option(
        help: ArgumentHelp(
            "Also read awsdms_apply_exceptions and awsdms_validation_failures on this target; statements, keys and values are never read.",
            valueName: "conninfo"))
    var exceptions: String?

    @Option(
        help: ArgumentHelp(
            "Deployed files of the tasks: mappings, settings, or files that hold both; repeatable.",
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

    @Option(help: "Number of connections that measure at the same time.")
    var jobs: Int = 2

    @OptionGroup(title: "Output") var output: OutputOptions

    mutating func validate() throws {
        guard !logs.isEmpty || exceptions != nil else {
            throw ValidationError("Name a log, or a target with --exceptions.")
        }
        guard out == nil || remeasure != nil else {
            throw ValidationError("--out needs --remeasure.")
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
            if answer.tables.isEmpty, !output.quiet {
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
