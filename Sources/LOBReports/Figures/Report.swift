public import LOBAdvice

/// A profile with what is recommended from it: all that any format of the report shows.
///
/// No format reads a clock, a locale or the environment: the same report gives the same bytes.
public struct Report: Sendable {
    public let profile: Profile
    public let recommendation: Recommendation
    /// The findings of the recommendation, in the order in which people read them.
    let findings: [Finding]
    /// The SHA-256 of the snapshot that holds the profile, in hexadecimal; nil where there is none.
    public let snapshotDigest: String?
    /// Whether report.html and report.md have the details of all tables and all findings, however many there are.
    public var showsQuietTables = false
    /// Where it stands, for the commands that a terminal shows; nil where that is not known.
    public var place: ReportPlace?
    /// What must be loaded again after values were cut; empty for a report that is not about a log.
    let restarts: [PartialRestart]
    /// Answers what the recommendation leaves open, such as what another limit would do.
    let recommender: Recommender
    /// What more than one format shows.
    let shared = SharedFigures()
    /// What was not measured of each relation, with its position in the profile.
    let unmeasured: [RelationName?: [(offset: Int, element: Unmeasured)]]

    /// Creates a report.
    public init(
        profile: Profile, recommendation: Recommendation, snapshotDigest: String? = nil,
        restarts: [PartialRestart] = []
    ) {
        self.restarts = restarts
        self.profile = profile
        self.recommendation = recommendation
        findings = recommendation.findings.inOrder
        self.snapshotDigest = snapshotDigest
        recommender = Recommender(profile)
        unmeasured = Dictionary(grouping: profile.unmeasured.enumerated(), by: \.element.relation)
    }
}
