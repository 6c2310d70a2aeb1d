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
    /// Where the profile is.
    let against: String
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
        let survey = SurveyRun(
            conninfo: source, options: SurveyOptions(remeasuring: relations, of: old, jobs: jobs),
            progress: output.reporter)
        let interruption = Interruption()
        let result = await interruption.run { await survey.result() }
        survey.progress.finish()
        let newer = try result.mapError { CommandFailure($0) }.get().profile
        let profile: Profile
        do throws(RemeasuringError) {
            profile = try old.remeasured(by: newer, keeping: loggedSizes)
        } catch {
            throw CommandFailure("--remeasure: \(error)")
        }
        let folder = try SurveyFolder.write(profile, restarts: restarts, at: out) {
            interruption.isStored(hint: Interruption.hint(of: $0))
        }
        let difference = ComparisonReport(
            Comparison(old: old, new: profile), paths: (against, folder.path)
        ).render(.text, width: Terminal.columns, isColored: output.usesColor)
        show("\n" + String(decoding: difference, as: UTF8.self) + "\nreport: \(folder.path)\n")
        if let signal = interruption.signalNumber { throw ExitCode(128 + signal) }
        if !profile.isComplete { throw ExitCode.partial }
    }

    private func show(_ text: String) {
        if isTextShown {
            try? StandardOutput.write(Array(text.utf8))
        } else {
            StandardError.write(text)
        }
    }
}
