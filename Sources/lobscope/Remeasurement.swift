import ArgumentParser
import LOBAdvice
import LOBReports
import LOBSurvey
import PostgreSQLClient

/// Measures some tables of a profile again, in full, and writes a complete report folder with the new sizes.
struct Remeasurement {
    /// The profile whose other tables are carried over, with the policy.
    let old: Profile
    /// What is measured again.
    let relations: [RelationName]
    /// What the log told of, which holds whatever is measured now.
    let loggedSizes: [LoggedSize]
    /// What must be loaded again.
    let restarts: [PartialRestart]
    let source: Conninfo
    let jobs: Int
    /// The report folder; nil for the default one.
    let out: String?
    let output: OutputOptions
    /// Whether standard output is for people: then the difference is shown there, else on standard error.
    let isTextShown: Bool

    /// Measures, writes and shows the difference.
    ///
    /// - Throws: `CommandFailure`, or the exit status of a profile that is not complete.
    func run() async throws {
        guard !relations.isEmpty else {
            return show("\nnothing to measure again: no cut value is of a table of the profile\n")
        }
        let survey = SurveyRun(conninfo: source, options: options, progress: output.reporter)
        let interruption = Interruption()
        let result = await interruption.run { await survey.result() }
        survey.progress.finish()
        let newer = try result.mapError { CommandFailure($0) }.get().profile
        guard old.mayBeOfSameDatabase(as: newer) else {
            throw CommandFailure(
                "--remeasure: the snapshot is of another database or server\n"
                    + "hint: measure \"\(old.database.losslessText)\" on the server of the snapshot, or a replica of it"
            )
        }
        let profile = old.remeasured(by: newer, keeping: loggedSizes)
        let folder = try SurveyFolder.write(profile, restarts: restarts, at: out) {
            interruption.isStored(hint: Interruption.hint(of: $0))
        }
        let difference = ComparisonReport(Comparison(old: old, new: profile)).render(
            .text, width: Terminal.columns, isColored: output.usesColor)
        show("\n" + String(decoding: difference, as: UTF8.self) + "\nreport: \(folder.path)\n")
        if let signal = interruption.signalNumber { throw ExitCode(128 + signal) }
        if !profile.isComplete { throw ExitCode.partial }
    }

    /// The policy is the snapshot's, without its patterns: they need not match what is measured again.
    private var options: SurveyOptions {
        SurveyOptions(
            scope: Scope(tables: relations.map { NamePattern(exactly: $0) }),
            plan: PlanOptions(
                method: .full, sample: old.options.sample, trustsOwners: old.options.trustsOwners,
                jsonKeys: old.options.jsonKeys), jobs: jobs
        )
    }

    private func show(_ text: String) {
        if isTextShown {
            try? StandardOutput.write(Array(text.utf8))
        } else {
            StandardError.write(text)
        }
    }
}
