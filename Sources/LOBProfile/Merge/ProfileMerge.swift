/// Adds profiles of shards, partitions or databases with the same shape.
///
/// The sum does not depend on the order or the grouping in which profiles are added. What is not a sum, such as the
/// role that measured, is that of the earliest.
public struct ProfileMerge: Sendable {
    /// What two databases of the same name are taken for where a system identifier is not known.
    let isUnknownDistinct: Bool

    /// A profile and the digest of its snapshot.
    public struct Part: Sendable {
        let profile: Profile
        let digest: String

        /// Creates a part.
        public init(_ profile: Profile, digest: String) {
            self.profile = profile
            self.digest = digest
        }
    }

    /// Creates a merge.
    ///
    /// - Parameter isUnknownDistinct: whether databases of the same name are different ones where nothing says that.
    public init(isUnknownDistinct: Bool = false) {
        self.isUnknownDistinct = isUnknownDistinct
    }

    /// The sum of profiles.
    ///
    /// - Parameter name: the name of the sum; by default that of its databases.
    /// - Throws: ``MergeError`` where they are no parts of one whole, or do not compare.
    public func merge(
        _ first: Part, _ others: [Part], name: Identifier? = nil
    ) throws(MergeError) -> Profile {
        var sum = first.summand
        for part in others { sum = try add(sum, part.summand) }
        return sum.renamed(name ?? sum.database, sources: sum.sources)
    }

    private func add(_ left: Profile, _ right: Profile) throws(MergeError) -> Profile {
        try check(left, right)
        let sources = ((left.sources ?? []) + (right.sources ?? [])).sorted(by: ProfileSource.precedes)
        let isLeftEarlier = sources.first == left.sources?.first
        let (lead, other) = isLeftEarlier ? (left, right) : (right, left)
        return Profile(
            lobscopeVersion: lead.lobscopeVersion, database: Self.name(of: sources),
            server: lead.server.together(with: other.server),
            startedAt: min(left.startedAt, right.startedAt),
            finishedAt: max(left.finishedAt, right.finishedAt),
            options: lead.options, policy: lead.policy,
            tables: try TableMerge(left, right).tables(),
            largeObjects: Self.sum(left.largeObjects, right.largeObjects),
            unmeasured: Self.union(left.unmeasured, right.unmeasured),
            deployment: left.deployment == right.deployment ? left.deployment : nil,
            scope: left.scope == right.scope ? left.scope : nil, sources: sources
        ).adding((left.loggedSizes ?? []) + (right.loggedSizes ?? []))
    }

    /// `a`, or `a+b` where databases have other names.
    private static func name(of sources: [ProfileSource]) -> Identifier {
        let names = Set(sources.map(\.database)).sorted().map(\.bytes)
        return Identifier(bytes: Array(names.joined(separator: [UInt8(ascii: "+")])))
    }

    /// Nothing is known of the whole where one part was not looked at.
    private static func sum(_ left: LargeObjectSummary?, _ right: LargeObjectSummary?) -> LargeObjectSummary?
    {
        guard let left, let right else { return nil }
        return left.adding(right)
    }

    private static func union(_ left: [Unmeasured], _ right: [Unmeasured]) -> [Unmeasured] {
        Set(left).union(right).sorted { $0.sortingKey.lexicographicallyPrecedes($1.sortingKey) }
    }
}

extension Unmeasured {
    fileprivate var sortingKey: [UInt8] {
        [
            relation?.schema.bytes, relation?.name.bytes, column?.bytes, Array(reason.rawValue.utf8),
            detail.map { Array($0.utf8) },
        ].flatMap { ($0 ?? []) + [0] }
    }
}

extension ServerFacts {
    /// What holds for both; what is only of one is that of this.
    fileprivate func together(with other: ServerFacts) -> ServerFacts {
        ServerFacts(
            version: min(version, other.version), isReplica: isReplica || other.isReplica, encoding: encoding,
            blockSize: blockSize, role: role,
            systemIdentifier: systemIdentifier == other.systemIdentifier ? systemIdentifier : nil,
            hasDataChecksums: hasDataChecksums || other.hasDataChecksums,
            isLinkUnverified: isLinkUnverified == true || other.isLinkUnverified == true,
            rolePower: rolePower ?? other.rolePower, tablesOfDMS: tablesOfDMS(with: other),
            replication: systemIdentifier == other.systemIdentifier ? replication : nil)
    }

    private func tablesOfDMS(with other: ServerFacts) -> [RelationName]? {
        guard let mine = tablesOfDMS, let theirs = other.tablesOfDMS else {
            return tablesOfDMS ?? other.tablesOfDMS
        }
        return Set(mine).union(theirs).sorted()
    }
}

extension ProfileMerge.Part {
    /// The profile with its sources, and without what concerns one server only.
    fileprivate var summand: Profile {
        profile.renamed(
            profile.database, sources: profile.sources ?? [ProfileSource(profile, digest: digest)])
    }
}

extension Profile {
    fileprivate func renamed(_ name: Identifier, sources: [ProfileSource]?) -> Profile {
        // What concerns one server only, its impact and certificate, is left out; moments stay with their tables.
        Profile(
            lobscopeVersion: lobscopeVersion, database: name, server: server, startedAt: startedAt,
            finishedAt: finishedAt, options: options, policy: policy, tables: tables,
            largeObjects: largeObjects, unmeasured: unmeasured, deployment: deployment, scope: scope,
            sources: sources, loggedSizes: loggedSizes)
    }
}
