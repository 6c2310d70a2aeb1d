import LOBProfile
import LOBSurvey
import PostgreSQLClient

/// Measures what is in schema `public`.
func measure(_ database: String) async throws -> Profile {
    let options = SurveyOptions(
        scope: Scope(schemas: [try NamePattern("public")]),
        policy: Policy(headroom: 0.5, strategy: .balanced),
        jobs: 1)
    let survey = Survey(try Conninfo(database), options: options)
    return try await survey.run()
}
