import LOBProfile
import LOBSurvey
import PostgreSQLClient

/// A survey with its progress, ready to be run under an `Interruption`.
struct SurveyRun: Sendable {
    let conninfo: Conninfo
    let options: SurveyOptions
    let progress: ProgressReporter

    /// The profile, or why there is none.
    func result() async -> Result<Profile, SurveyError> {
        let survey = Survey(conninfo, options: options) { [progress] event in progress.show(event) }
        do throws(SurveyError) {
            return .success(try await survey.run())
        } catch {
            return .failure(error)
        }
    }
}
