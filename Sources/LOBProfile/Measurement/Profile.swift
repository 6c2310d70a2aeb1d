/// The result of one survey: what was measured of a database, and the policy that it was asked with.
///
/// A snapshot is a profile in a file. Every report and every rule is computed from it again.
public struct Profile: Sendable, Codable, Equatable {
    /// Version of this shape; a reader refuses a higher one, and reads every lower one.
    ///
    /// 1: all measured columns kept their 1,024 largest sizes. 2: completely read columns keep
    /// ``SizeDistribution/exactSizes``; the scope and the sources are recorded. 3: so do samples of blocks; rows of a
    /// stratum are written as differences. 4: the moments in which tables were read, the certificate, and the account of all
    /// columns.
    public static let currentFormat = 4

    public let format: Int
    /// The version of lobscope that measured.
    public let lobscopeVersion: String
    public package(set) var database: Identifier
    public let server: ServerFacts
    /// When measuring began, in seconds since 1970 (UTC).
    public let startedAt: Int64
    /// When measuring ended, in seconds since 1970 (UTC).
    public let finishedAt: Int64
    public let options: PlanOptions
    public package(set) var policy: Policy
    /// Every table in scope, with or without LOBs, in the order of their names.
    public package(set) var tables: [TableProfile]
    /// nil where large objects were out of scope or could not be read.
    public let largeObjects: LargeObjectSummary?
    /// What was planned and not measured.
    public let unmeasured: [Unmeasured]
    /// What measuring did to the server; nil in profiles of versions that did not look.
    public let impact: ServerImpact?
    /// Slots, target and memory, where any of them was asked for.
    public package(set) var deployment: Deployment?
    /// Which tables were looked at; nil in profiles of format 1, which did not say.
    public package(set) var scope: Scope?
    /// The profiles that it was merged from, the earliest first; nil where it was measured.
    public package(set) var sources: [ProfileSource]?
    /// What the survey vouches for; nil in profiles of versions that recorded nothing, and of merged ones.
    public package(set) var certificate: Certificate?
    /// Sizes that logs told of, the largest of each column; nil where none did.
    public package(set) var loggedSizes: [LoggedSize]?

    /// Creates a profile.
    public init(
        format: Int = Profile.currentFormat, lobscopeVersion: String, database: Identifier,
        server: ServerFacts,
        startedAt: Int64, finishedAt: Int64, options: PlanOptions, policy: Policy, tables: [TableProfile],
        largeObjects: LargeObjectSummary?, unmeasured: [Unmeasured], deployment: Deployment? = nil,
        impact: ServerImpact? = nil, scope: Scope? = nil, sources: [ProfileSource]? = nil,
        certificate: Certificate? = nil, loggedSizes: [LoggedSize]? = nil
    ) {
        self.loggedSizes = loggedSizes
        self.format = format
        self.lobscopeVersion = lobscopeVersion
        self.database = database
        self.server = server
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.options = options
        self.policy = policy
        self.tables = tables
        self.largeObjects = largeObjects
        self.unmeasured = unmeasured
        self.impact = impact
        self.deployment = deployment
        self.scope = scope
        self.sources = sources
        self.certificate = certificate
    }

    /// The same measurement with other wishes for the tasks.
    public func with(deployment: Deployment?) -> Profile {
        replacing(tables: tables, deployment: deployment)
    }

    /// The same measurement with other wishes for the recommendation.
    public func with(policy: Policy) -> Profile {
        var profile = self
        profile.policy = policy
        return profile
    }

    /// The same measurement with what logs told of, beside what is known of that already.
    public func adding(_ sizes: [LoggedSize]) -> Profile {
        guard !sizes.isEmpty else { return self }
        var profile = self
        profile.loggedSizes = LoggedSize.largest(of: (loggedSizes ?? []) + sizes)
        return profile
    }

    /// The same profile with other tables.
    package func replacing(tables: [TableProfile], deployment: Deployment?) -> Profile {
        var profile = self
        profile.tables = tables
        profile.deployment = deployment
        return profile
    }

    /// What nobody asked to be measured, with the reason.
    public var leftOut: [Unmeasured] {
        tables.map(\.relation).filter { !$0.columns.filter(\.isMeasured).isEmpty && $0.isLeftOut(options) }
            .map { Unmeasured(relation: $0.name, reason: .foreignTable) }
    }

    /// Whether there was nothing to measure, neither a table nor a large object: that is no answer.
    public var isEmpty: Bool { tables.isEmpty && unmeasured.isEmpty && (largeObjects?.count ?? 0) == 0 }

    /// Whether everything that was planned was measured, and anything was.
    public var isComplete: Bool { unmeasured.isEmpty && !isEmpty }
}
