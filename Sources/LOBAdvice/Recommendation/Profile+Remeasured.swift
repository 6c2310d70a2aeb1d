extension Profile {
    /// A complete profile in which some tables were measured again and all others are carried over, with the date
    /// when they were measured.
    ///
    /// Policy and options stay those of this profile, so that nothing but the new sizes changes a rule.
    ///
    /// - Parameters:
    ///   - newer: a profile of the tables that were measured again.
    ///   - logged: sizes that logs told of: they hold, whatever the new sizes are.
    /// - Throws: `RemeasuringError` where the two are of different databases.
    public func remeasured(
        by newer: Profile, keeping logged: [LoggedSize] = []
    ) throws(RemeasuringError) -> Profile {
        guard mayBeOfSameDatabase(as: newer) else { throw RemeasuringError(database: database) }
        let again = Set(newer.tables.map(\.relation.name))
        let kept = tables.filter { !again.contains($0.relation.name) }.map { $0.carriedOver(from: startedAt) }
        let open = unmeasured.filter { entry in entry.relation.map { !again.contains($0) } ?? true }
        let merged = Profile(
            lobscopeVersion: newer.lobscopeVersion, database: newer.database, server: newer.server,
            startedAt: newer.startedAt, finishedAt: newer.finishedAt, options: options, policy: policy,
            tables: (kept + newer.tables).sorted { $0.relation.name < $1.relation.name },
            largeObjects: largeObjects, unmeasured: open + newer.unmeasured,
            deployment: deployment, impact: newer.impact, scope: scope, sources: sources,
            loggedSizes: loggedSizes)
        return merged.adding(logged).proposingSlotsAnew
    }

    /// Slots that were proposed follow the modes, which may be others now.
    private var proposingSlotsAnew: Profile {
        deployment?.slots?.source == .auto ? proposingSlots : self
    }
}

/// Tables of a profile were measured again in another database, or on another server.
public struct RemeasuringError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The database of the profile.
    public let database: Identifier

    /// What is wrong, with a hint on its own line.
    public var description: String {
        "the snapshot is of another database or server\n"
            + "hint: measure \"\(database.losslessText)\" on the server of the snapshot, or a replica of it"
    }
}
