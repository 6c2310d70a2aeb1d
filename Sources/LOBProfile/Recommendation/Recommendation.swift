/// Everything that is computed from a profile: the tables, the rules, the task settings, the findings.
public struct Recommendation: Sendable, Equatable {
    /// Every table in scope that has measured columns, in the order of names.
    public let tables: [TableRecommendation]
    /// The mapping: one selection for each relation in scope and one table-settings rule for each with LOBs.
    public let mapping: MappingDocument
    public let task: TaskSettings
    /// Errors first, then by id and subject.
    public let findings: [Finding]

    /// Creates a recommendation.
    public init(
        tables: [TableRecommendation], mapping: MappingDocument, task: TaskSettings, findings: [Finding]
    ) {
        self.tables = tables
        self.mapping = mapping
        self.task = task
        self.findings = findings
    }
}
