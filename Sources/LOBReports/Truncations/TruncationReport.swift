public import LOBAdvice

/// What logs and control tables say of cut values, beside what a profile says.
public struct TruncationReport: Sendable {
    /// What the logs say.
    public let summary: TruncationSummary
    /// The rows of the control tables of a target; nil where none was asked for.
    public let exceptions: [ApplyException]?
    /// The profile.
    public let profile: Profile
    /// The cuts, each with what the profile says of it.
    public let outcomes: [TruncationOutcome]
    /// Errors first.
    public let findings: [Finding]
    /// The relations to measure again, in the order of names.
    public let relations: [RelationName]
    /// What must be loaded again.
    public let restarts: [PartialRestart]

    /// Joins what is known.
    ///
    /// - Parameters:
    ///   - summary: what the logs say; nil where none was given.
    ///   - exceptions: the rows of a target's control tables; nil where none was asked for.
    ///   - report: the profile with its recommendation.
    public init(_ summary: TruncationSummary?, exceptions: [ApplyException]?, against report: Report) {
        let tables = report.recommendation.tables
        let advice = TruncationAdvice(
            summary, against: report.profile, recommending: tables,
            policy: report.profile.policy.inForce(at: report.profile.startedAt))
        let refused = ApplyExceptionAdvice(exceptions ?? [], against: report.profile)
        let known = summary ?? TruncationSummary()
        self.summary = known
        self.exceptions = exceptions
        profile = report.profile
        outcomes = TruncationOutcome.outcomes(of: known, against: report.profile, recommending: tables)
        findings = Preflight.sorted(advice.findings + refused.findings)
        relations = Set(advice.relations + refused.relations).sorted()
        restarts = PartialRestart.restarts(after: relations, in: report.profile)
    }

    /// What the logs tell of columns of the profile: evidence to keep.
    public var loggedSizes: [LoggedSize] { outcomes.compactMap(\.logged) }

    /// Whether any finding is of a severity or a higher one.
    public func reaches(_ severity: Finding.Severity) -> Bool {
        findings.contains { $0.severity >= severity }
    }

    /// The report in one format.
    public func render(
        _ format: TruncationFormat, width: Int = TerminalReport.defaultWidth, isColored: Bool = false
    ) -> [UInt8] {
        switch format {
        case .text: TruncationText(report: self, width: max(width, 40), isColored: isColored).render()
        case .json: TruncationJSON.render(self)
        }
    }
}

/// The forms of a truncation report.
public enum TruncationFormat: String, Sendable, CaseIterable {
    case text, json
}
