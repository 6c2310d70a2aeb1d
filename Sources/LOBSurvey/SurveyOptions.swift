public import LOBProfile
public import PostgreSQLClient

/// What to survey and how, beyond the plan.
public struct SurveyOptions: Sendable {
    public var scope: Scope
    public var plan: PlanOptions
    public var policy: Policy
    /// Connections that measure at the same time, 1 or more; at each reader where there are several.
    public var jobs: Int
    /// Replicas of one primary, or the primary itself, that rows are read from; empty for the server that has the catalog.
    ///
    /// Each logical table is read from one of them, in a moment of its own there.
    public var readers: [Conninfo]
    /// Whether the shards of tables of Citus are read on the servers that hold them, each with as many connections; else such
    /// tables are read through the server that has the catalog, as they are where that fails.
    ///
    /// Every row of them is read, whatever the plan says, and only without a time budget.
    public var readsShards: Bool
    /// Time that one chunk should take: how long others wait behind our lock.
    public var chunkTime: Duration
    /// Longest time for one statement; a chunk that takes longer is done in halves.
    public var statementTimeout: Duration
    /// Whether all tables are read in one consistent snapshot, which is exported.
    public var isConsistent: Bool
    /// How long a snapshot may be held; a table that takes longer is read in several, and what changed meanwhile again.
    public var snapshotLimit: Duration
    /// When to give way to others, and when to stop.
    public var throttle: Throttle
    /// An earlier profile of the same database, from which the growth of tables is computed; nil for the server's
    /// counters.
    public var earlier: Profile?
    /// Whether some blocks are read where only they tell how long a table takes, before a method is chosen.
    public var probes: Bool

    /// Creates options; the defaults are those of the command.
    public init(
        scope: Scope = Scope(), plan: PlanOptions = PlanOptions(), policy: Policy = Policy(), jobs: Int = 2,
        chunkTime: Duration = .milliseconds(40), statementTimeout: Duration = .seconds(60),
        isConsistent: Bool = false, snapshotLimit: Duration = .seconds(900), throttle: Throttle = Throttle(),
        earlier: Profile? = nil, probes: Bool = true, readers: [Conninfo] = [],
        readsShards: Bool = false
    ) {
        self.readsShards = readsShards
        self.readers = readers
        self.probes = probes
        self.scope = scope
        self.plan = plan
        self.policy = policy
        self.jobs = jobs
        self.chunkTime = chunkTime
        self.statementTimeout = statementTimeout
        self.isConsistent = isConsistent
        self.snapshotLimit = snapshotLimit
        self.throttle = throttle
        self.earlier = earlier
    }

    /// Connections that measure at the same time, at all readers together.
    public var connections: Int { max(1, jobs) * max(1, readers.count) }

    /// Creates options to measure some tables of a profile again, in full.
    ///
    /// Without a policy: its patterns need not match what is measured again, and what was carried over keeps its own.
    ///
    /// - Parameters:
    ///   - relations: what to measure; tables of the profile.
    ///   - profile: says how a sample was drawn and whether owners are trusted.
    ///   - jobs: connections that measure at the same time, 1 or more.
    public init(remeasuring relations: [RelationName], of profile: Profile, jobs: Int = 2) {
        self.init(
            scope: Scope(tables: relations.map { NamePattern(exactly: $0) }),
            plan: PlanOptions(
                method: .full, sample: profile.options.sample, trustsOwners: profile.options.trustsOwners,
                jsonKeys: profile.options.jsonKeys),
            jobs: jobs)
    }
}
