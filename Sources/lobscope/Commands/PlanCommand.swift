import ArgumentParser
import LOBAdvice
import LOBReports
import LOBSurvey

/// `lobscope plan`: everything up to measuring.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract:
            "Show what profile would read: tables, methods and cost. Reads no row of a table unless --probe is given.",
        discussion: """
            Examples:
              lobscope plan postgresql://lob_reader@db.example.com/orders
              lobscope plan service=orders --time-budget 30min
              lobscope plan orders --sql   with every statement that profile would run
            """,
        helpNames: helpBesideHost)

    @OptionGroup(title: "Connection") var connection: ConnectionArgument
    @OptionGroup(title: "Scope") var scope: ScopeOptions
    @OptionGroup(title: "Measuring") var measuring: MeasuringOptions
    @OptionGroup(title: "Measuring") var readers: ReaderOptions
    @OptionGroup(title: "Recommendation") var policy: PolicyOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    @Flag(
        help: """
            Read the sizes of 40 random blocks of each table whose cost depends on how well its values compress; without \
            it, plan reads no row and gives a range.
            """)
    var probe = false

    @Flag(inversion: .prefixedNo, help: "Show every statement in full.")
    var sql = false

    @Option(name: .shortAndLong, help: "text, json, md or html.")
    var format: PageFormat = .text

    func run() async throws {
        let wanted = try policy.policy()
        let options = SurveyOptions(
            scope: scope.scope, plan: measuring.planOptions(), policy: wanted, jobs: measuring.jobs,
            statementTimeout: measuring.statementTimeout.duration, probes: probe,
            readers: try readers.parsed())
        let survey = Survey(try connection.parsed(), options: options)
        let preview: PlanPreview
        do throws(SurveyError) {
            preview = try survey.preview()
        } catch {
            throw CommandFailure(error)
        }
        if preview.catalog.server.isLinkUnverified == true { output.reporter.show(.linkUnverified) }
        try StandardOutput.write(
            PlanReport(
                preview, scope: scope.scope, policy: wanted, connections: options.connections, showsSQL: sql,
                options: .ofThisRun(argument: "CONNINFO")
            ).render(format, isWhole: output.verbose, width: Terminal.columns))
        if preview.isEmpty { throw ExitCode.partial }
    }
}
