/// What a survey vouches for beside its figures: the server that it read, for how long it may hold a snapshot, and the
/// settings that texts were made with.
///
/// The moments of tables are in ``TableProfile/reading``.
public struct Certificate: Hashable, Sendable, Codable {
    /// `pg_postmaster_start_time()` in microseconds since 1970 (UTC): each part was read from this start of this server.
    public let serverStartedAt: Int64
    /// Seconds for which a snapshot may be held.
    public let snapshotLimit: Double
    /// Whether all tables were read as of one moment (`--consistent`).
    public let isOneMoment: Bool
    /// Settings that decide how values look as text, in the order of names.
    public let settings: [PinnedSetting]
    /// How far the replica was when the survey began; nil on a primary.
    public let replica: ReplicaState?

    /// Creates a certificate.
    public init(
        serverStartedAt: Int64, snapshotLimit: Double, isOneMoment: Bool, settings: [PinnedSetting],
        replica: ReplicaState?
    ) {
        self.serverStartedAt = serverStartedAt
        self.snapshotLimit = snapshotLimit
        self.isOneMoment = isOneMoment
        self.settings = settings
        self.replica = replica
    }
}

/// A setting that decides how values look as text (``TextSetting``), and what it was pinned to while they were measured.
public struct PinnedSetting: Hashable, Sendable, Codable {
    public let name: String
    /// What it was set to in each transaction; the session's own where it is not pinned.
    public let value: String
    /// What a new session of the database and the role has; nil where that was not asked.
    public let sessionDefault: String?
    /// Measured columns whose texts depend on it; nil where that was not asked.
    public let columns: Int?

    /// Creates an entry.
    public init(name: String, value: String, sessionDefault: String?, columns: Int? = nil) {
        self.name = name
        self.value = value
        self.sessionDefault = sessionDefault
        self.columns = columns
    }
}
