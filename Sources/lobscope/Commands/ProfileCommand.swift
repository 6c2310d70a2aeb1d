import ArgumentParser
import LOBAdvice
import LOBReports
import LOBStore
import LOBSurvey

/// `lobscope profile`: measure, recommend, write a report folder.
struct ProfileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract: "Measure the LOB columns of a database and write a report folder with the DMS rules.",
        discussion: """
            Examples:
              lobscope profile postgresql://lob_reader@db.example.com/orders
              lobscope profile service=orders --out orders --time-budget 30min
              lobscope profile -h db -d orders -t 'app.*' --policy lobscope.yaml

            Options that most people need:
              --out FOLDER          where the report goes; new or empty
              --time-budget 30min   measure for this long at most
              --policy FILE         what the team decided: limits, risk, growth

            Types whose size is in their header (text, bytea, xml, varchar) are read in full without touching \
            TOAST. Others (json, jsonb, arrays and more) are read in full where that takes seconds; where it takes \
            longer, the stored size of every row is read, and the text of those that are compressed, of the largest and of \
            random ones. What does not fit into --time-budget is bounded by TOAST or sampled. --method overrides the \
            choice. Everything is read in short read-only transactions that give way to others.

            The folder holds lob-table.md and .csv, tables.csv, report.md, .html and .json, table-mappings.json, task-settings.json, \
            endpoint-settings.json, the snapshot, and SHA256SUMS over all of them; where there are large objects, \
            move-large-objects.sh too. With --slots, each slot has a \
            folder with its mapping, task settings and endpoint settings. The report is printed too, and what \
            was not measured is listed on standard error.
            """,
        helpNames: helpBesideHost)

    @OptionGroup(title: "Connection") var connection: ConnectionArgument
    @OptionGroup(title: "Report folder") var folder: ReportOptions
    @OptionGroup(title: "Scope") var scope: ScopeOptions
    @OptionGroup(title: "Measuring") var measuring: MeasuringOptions
    @OptionGroup(title: "Measuring") var readers: ReaderOptions
    @OptionGroup(title: "Measuring") var citus: ShardOptions
    @OptionGroup(title: "Recommendation") var policy: PolicyOptions
    @OptionGroup(title: "Recommendation") var rate: RateOptions
    @OptionGroup(title: "Tasks") var tasks: DeploymentOptions
    @OptionGroup(title: "Throttle") var throttle: ThrottleOptions
    @OptionGroup(title: "Output") var output: OutputOptions

    func validate() throws {
        if folder.resume != nil, throttle.consistent {
            throw ValidationError(
                "--resume cannot be combined with --consistent: the snapshot of the earlier run is gone.")
        }
        if throttle.consistent, !readers.reader.isEmpty {
            throw ValidationError(
                "--reader cannot be --consistent: several servers have no moment in common.")
        }
        if citus.shards { try citus.check(measuring, isConsistent: throttle.consistent) }
    }

    func run() async throws {
        if folder.endWithInput { InputWatch.start() }
        let survey = try surveyRun()
        try SurveyFolder.check(folder.out)
        let slots = try SlotSource.resolve(tasks.slots, conninfo: survey.conninfo, options: survey.options)
        // A start that a slot is beyond is refused before anything is measured.
        let deployment = try tasks.deployment(over: nil, slots: slots.known)
        let interruption = Interruption()
        let result = await interruption.run { await survey.result() }
        survey.progress.finish()
        let outcome = try result.mapError { CommandFailure($0) }.get()
        let profile = slots.applied(to: outcome.profile.with(deployment: deployment))
        let emptiness = ScopeText.emptiness(profile)
        // Where nothing is in scope there is nothing to resume.
        let written = try written(profile, emptiness == nil ? outcome.checkpoint : nil, interruption)
        interruption.isStored(hint: nil)
        try show(written.report, at: written.path)
        try StandardOutput.write(Array("\nreport: \(VisibleText.escape(written.path))\n".utf8))
        if let emptiness { StandardError.write("lobscope: \(emptiness.message)\nhint: \(emptiness.hint)") }
        if let signal = interruption.signalNumber { throw ExitCode(128 + signal) }
        if !profile.isComplete { throw ExitCode.partial }
    }

    /// The folder; where it cannot be written, what was measured is shown all the same.
    private func written(
        _ profile: Profile, _ checkpoint: SurveyCheckpoint?, _ interruption: Interruption
    ) throws -> SurveyFolder {
        do throws(CommandFailure) {
            return try SurveyFolder.write(profile, checkpoint: checkpoint, isKept: true, at: folder.out) {
                interruption.isStored(hint: Interruption.hint(of: $0))
            }
        } catch {
            try show(
                Report(profile: profile, recommendation: Recommender(profile).recommend()), at: nil)
            throw error
        }
    }

    private func show(_ report: Report, at path: String?) throws(CommandFailure) {
        var report = report
        report.place = path.map {
            ReportPlace(
                path: $0, isFolder: true, command: .profile, options: .ofThisRun(argument: "CONNINFO"))
        }
        try StandardOutput.write(
            TerminalReport.render(
                report, width: Terminal.columns, isColored: output.usesColor, isWhole: output.verbose))
    }

    private func surveyRun() throws -> SurveyRun {
        let resumption = try folder.resume.map(StoredSurvey.resumption)
        let wanted = try policy.policy()
        guard rate.growthSince == nil || wanted.needsRates else {
            throw ValidationError("--growth-since needs --growth with days, such as --growth 30d.")
        }
        let options = SurveyOptions(
            scope: scope.scope, plan: measuring.planOptions(seed: resumption?.checkpoint.options.sample.seed),
            policy: wanted, jobs: measuring.jobs,
            statementTimeout: measuring.statementTimeout.duration, isConsistent: throttle.consistent,
            snapshotLimit: throttle.snapshotLimit.duration,
            throttle: throttle.throttle,
            earlier: try rate.growthSince.map { try StoredReport.snapshot($0).profile },
            readers: try readers.parsed(), readsShards: citus.shards)
        let progress = output.reporter
        let running = RunningSurvey(at: folder.out, progress: progress)
        return SurveyRun(
            conninfo: try connection.parsed(), options: options, progress: progress, resumption: resumption,
            checkpointing: Checkpointing(interval: folder.checkpointEvery.duration) { running.keep($0) })
    }
}
