public import LOBAdvice

/// What logs and control tables say of cut values, beside what a profile says.
public struct TruncationReport: Sendable {
    /// What the logs say.
    public let summary: TruncationSummary
    /// What control tables say, on a target or in files; nil where none was asked for or given.
    public let exceptions: [ApplyException]?
    /// Rows that differ between source and target, as control tables say; nil where none was asked for or given.
    public let validationFailures: [ValidationFailure]?
    /// The profile.
    public let profile: Profile
    /// The cuts, each with what the profile says of it.
    public let evidence: TruncationEvidence
    /// Errors first.
    public let findings: [Finding]
    /// The relations to measure again, in the order of names.
    public let relations: [RelationName]
    /// What must be loaded again.
    public let restarts: [PartialRestart]
    /// What the command was given, for those that come next; nil where it is not known.
    public var options: GivenOptions?

    /// Joins what is known.
    ///
    /// - Parameters:
    ///   - summary: what the logs say; nil where none was given.
    ///   - target: the rows of a target's control tables; nil where none was asked for.
    ///   - tasks: the deployed files of the tasks that wrote the logs; nil where none were given.
    ///   - report: the profile with its recommendation.
    public init(
        _ summary: TruncationSummary?, target: TargetRecords?, under tasks: TasksInForce? = nil,
        against report: Report
    ) {
        let known = summary ?? TruncationSummary()
        let records = TargetRecords(target, known)
        evidence = TruncationEvidence(
            known, against: report.profile, recommending: report.recommendation.tables, under: tasks)
        let advice = TruncationAdvice(
            summary, evidence, policy: report.profile.policy.inForce(at: report.profile.startedAt))
        let refused = ControlTableAdvice(
            records?.exceptions ?? [], records?.validationFailures ?? [], evidence)
        self.summary = known
        // A file of one control table says nothing of the other.
        exceptions = target == nil && records?.exceptions.isEmpty ?? true ? nil : records?.exceptions
        validationFailures = records?.validationFailures
        profile = report.profile
        findings = (advice.findings + refused.findings).inOrder
        relations = Set(advice.relations + refused.relations).sorted()
        restarts = PartialRestart.restarts(after: relations, in: report.profile, under: tasks)
    }

    /// Rows of control tables.
    public struct TargetRecords: Sendable {
        public let exceptions: [ApplyException]
        public let validationFailures: [ValidationFailure]

        /// Takes the rows of a target.
        public init(exceptions: [ApplyException], validationFailures: [ValidationFailure]) {
            self.exceptions = exceptions
            self.validationFailures = validationFailures
        }

        /// Adds the rows that files had; nil where neither has any.
        init?(_ target: TargetRecords?, _ summary: TruncationSummary) {
            let (refused, differing) = (summary.applyExceptions, summary.validationFailures)
            guard target != nil || !refused.isEmpty || !differing.isEmpty else { return nil }
            exceptions = (target?.exceptions ?? []) + refused
            validationFailures = (target?.validationFailures ?? []) + differing
        }
    }

    /// What the logs tell of columns of the profile: evidence to keep.
    public var loggedSizes: [LoggedSize] { evidence.outcomes.compactMap(\.logged) }

    /// Whether the files of tasks were given.
    var hasTasks: Bool { evidence.hasTasks }

    /// Whether any finding is of a severity or a higher one.
    public func reaches(_ severity: Finding.Severity) -> Bool {
        findings.contains { $0.severity >= severity }
    }

    /// The report in one format.
    public func render(
        _ format: PageFormat, width: Int = TerminalReport.defaultWidth, isColored: Bool = false
    ) -> [UInt8] {
        TruncationPage(report: self).page.render(format, width: width, isColored: isColored) {
            TruncationJSON.render(self)
        }
    }
}
