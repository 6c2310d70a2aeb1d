import LOBAdvice
import LOBSurvey
import PostgreSQLClient
import SizeStatistics
import TestSupport
import Testing

/// Profiles the database of the running test.
func profileOfCurrent(
    user: String = "postgres", method: PlanOptions.Method = .full, sample: SampleDesign? = nil,
    plan: PlanOptions? = nil, jobs: Int = 2, scope: Scope = Scope(),
    chunkTime: Duration = .milliseconds(40), statementTimeout: Duration = .seconds(60),
    listener: @escaping @Sendable (SurveyEvent) -> Void = { _ in }
) async throws -> Profile {
    let database = try TestDatabase.current
    var options = plan ?? PlanOptions(method: method)
    options.sample = sample ?? options.sample
    let survey = Survey(
        try Conninfo(database.conninfo(user: user)),
        options: SurveyOptions(
            scope: scope, plan: options, jobs: jobs, chunkTime: chunkTime, statementTimeout: statementTimeout),
        listener: listener)
    return try await survey.run()
}

extension Profile {
    /// The profile of a table in schema public.
    func table(_ name: String, schema: String = "public") -> TableProfile? {
        let name = RelationName(schema: Identifier(schema), name: Identifier(name))
        return tables.first { $0.relation.name == name }
    }
}

extension TableProfile {
    /// What was measured of a column.
    func measurement(_ name: String) -> ColumnMeasurement? {
        columns.first { $0.column.name == Identifier(name) }?.measurement
    }
}
