/// What a person wants of the recommendation; stored with the profile so that a report can be made again.
public struct Policy: Sendable, Codable, Equatable {
    /// `--risk`: the accepted probability, 0 to 1, that a present or expected row is above the limit.
    public var risk: Double
    /// `--headroom`: added to the limit where it is exact or bounded, as a share (0.25 is 25 %).
    public var headroom: Double
    public var sizing: Sizing
    public var strategy: Strategy
    /// `--limited-up-to`: the most KiB with headroom up to which `balanced` limits a table whose values must not be cut.
    public var limitedUpTo: Kibibytes
    public var migrationType: MigrationType
    /// `--truncation-ok`: tables whose values may be cut.
    public var truncationOK: [NamePattern]
    /// `--growth`: rows that are expected to arrive; nil where only the rows present count.
    public var growth: Growth?
    /// `--limit`: a limit, such as the one deployed now, whose effect is told.
    public var limit: Kibibytes?
    /// What a policy file says of some tables; of two entries that match, the later one counts.
    public var tables: [TablePolicy]
    /// Findings that a policy file accepts; of two entries in force that match, the later one is shown.
    public var accepted: [AcceptedFinding]

    /// `--strategy`: the mode of a table whose values must not be cut.
    public enum Strategy: String, Sendable, Codable, CaseIterable {
        case balanced, strict
        case limitedWhenSafe = "limited-when-safe"
    }

    /// Creates a policy; the defaults are those of the command.
    public init(
        risk: Double = 0.05, headroom: Double = 0.25, sizing: Sizing = .aws, strategy: Strategy = .balanced,
        limitedUpTo: Kibibytes = Policy.usualLimitedUpTo, migrationType: MigrationType = .cdc,
        truncationOK: [NamePattern] = [],
        growth: Growth? = nil, limit: Kibibytes? = nil, tables: [TablePolicy] = [],
        accepted: [AcceptedFinding] = []
    ) {
        self.risk = risk
        self.headroom = headroom
        self.sizing = sizing
        self.strategy = strategy
        self.limitedUpTo = limitedUpTo
        self.migrationType = migrationType
        self.truncationOK = truncationOK
        self.growth = growth
        self.limit = limit
        self.tables = tables
        self.accepted = accepted
    }

    /// The default of `--limited-up-to`: the knee of full loads, where a LOB still travels with its row (DMS user guide,
    /// LOB support).
    public static let usualLimitedUpTo = Kibibytes(63)

    /// Whether values of a table may be cut: an option or the policy file says so; a leaf follows its root too.
    public func acceptsTruncation(of relation: Relation) -> Bool {
        truncationOK.contains { $0.matches(relation.name) || $0.matches(relation.logicalName) }
            || truncationDecision(for: relation)?.isOK == true
    }
}

extension Policy {
    private enum CodingKeys: String, CodingKey {
        case risk, headroom, sizing, strategy, limitedUpTo, migrationType, truncationOK, growth, limit
        case tables, accepted
    }

    /// Reads a policy, also one that was stored before there were policy files, or entries that accept findings.
    public init(from decoder: any Decoder) throws {
        let stored = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            risk: stored.decode(Double.self, forKey: .risk),
            headroom: stored.decode(Double.self, forKey: .headroom),
            sizing: stored.decode(Sizing.self, forKey: .sizing),
            strategy: stored.decode(Strategy.self, forKey: .strategy),
            limitedUpTo: stored.decodeIfPresent(Kibibytes.self, forKey: .limitedUpTo)
                ?? Self.usualLimitedUpTo,
            migrationType: stored.decode(MigrationType.self, forKey: .migrationType),
            truncationOK: stored.decode([NamePattern].self, forKey: .truncationOK),
            growth: stored.decodeIfPresent(Growth.self, forKey: .growth),
            limit: stored.decodeIfPresent(Kibibytes.self, forKey: .limit),
            tables: stored.decodeIfPresent([TablePolicy].self, forKey: .tables) ?? [],
            accepted: stored.decodeIfPresent([AcceptedFinding].self, forKey: .accepted) ?? [])
    }
}
