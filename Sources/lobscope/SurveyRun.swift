import LOBAdvice
import LOBSurvey
import PostgreSQLClient

/// A survey with its progress, ready to be run under an `Interruption`.
struct SurveyRun: Sendable {
    let conninfo: Conninfo
    let options: SurveyOptions
    let progress: ProgressReporter
    /// A survey that was stopped, to be resumed.
    var resumption: Resumption?
    /// How what was read is kept meanwhile; nil to keep nothing.
    var checkpointing: Checkpointing?

    /// The profile with what is left, or why there is none.
    func result() async -> Result<SurveyOutcome, SurveyError> {
        let survey = Survey(conninfo, options: options, resuming: resumption, checkpointing: checkpointing) {
            [progress] event in
            progress.show(event)
        }
        do throws(SurveyError) {
            return .success(try await survey.runResumably())
        } catch {
            return .failure(error)
        }
    }
}
