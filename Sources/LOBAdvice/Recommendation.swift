/// Everything that is computed from a profile: the tables, the rules, the task settings, the findings.
public struct Recommendation: Sendable, Equatable {
    /// Every table in scope that has measured columns, in the order of names.
    public let tables: [TableRecommendation]
    /// One task, or one for each slot, in the order of slots; several where a mapping would be over 2 MB.
    public let tasks: [TaskRecommendation]
    /// The mapping of all tables: one selection for each relation in scope and one table-settings rule for each with
    /// LOBs.
    public let mapping: MappingDocument
    public let task: TaskSettings
    /// Errors first, then by id and subject.
    public let findings: [Finding]
    /// What DMS does with the tables under the tasks; its findings are among ``findings``.
    public let review: Review
    /// The probability, 0 to 1, that a value of any limited table is cut whose values must not be; nil where it is not known of
    /// one of them.
    public let jointRisk: Double?

    /// Whether the proposed tasks can be run: what the catalog tells counts beside what the review finds, and neither where a
    /// person accepted it.
    public var verdict: Verdict {
        let worst = findings.worstSeverity
        if review.verdict == .notReady || worst == .error { return .notReady }
        return review.verdict == .readyWithNotes || worst == .warning ? .readyWithNotes : .ready
    }

    /// Creates a recommendation.
    public init(
        tables: [TableRecommendation], mapping: MappingDocument, task: TaskSettings, findings: [Finding],
        tasks: [TaskRecommendation], review: Review, jointRisk: Double?
    ) {
        self.jointRisk = jointRisk
        self.tables = tables
        self.mapping = mapping
        self.task = task
        self.findings = findings
        self.tasks = tasks
        self.review = review
    }
}
