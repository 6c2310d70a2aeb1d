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
    /// How far the replica was when the survey began; nil on a primary, and where ``readers`` were read.
    public let replica: ReplicaState?
    /// The servers that rows were read from, in the order in which they were named; nil where it was the one server that has
    /// the catalog too.
    public let readers: [CertifiedReader]?

    /// Creates a certificate.
    public init(
        serverStartedAt: Int64, snapshotLimit: Double, isOneMoment: Bool, settings: [PinnedSetting],
        replica: ReplicaState?, readers: [CertifiedReader]? = nil
    ) {
        self.readers = readers
        self.serverStartedAt = serverStartedAt
        self.snapshotLimit = snapshotLimit
        self.isOneMoment = isOneMoment
        self.settings = settings
        self.replica = replica
    }
}

/// One of several servers that the rows of a survey were read from.
public struct CertifiedReader: Hashable, Sendable, Codable {
    /// Host and port, without anything else of its connection string; a table that was read there says the same.
    public let place: String
    /// `pg_postmaster_start_time()` when the survey began, in microseconds since 1970 (UTC).
    public let serverStartedAt: Int64
    /// How far it was when the survey began; nil where it is a primary.
    public let replica: ReplicaState?
    /// Why it did not read to the end; nil where it did.
    public let lost: Unmeasured.Reason?

    /// Creates an entry.
    public init(place: String, serverStartedAt: Int64, replica: ReplicaState?, lost: Unmeasured.Reason?) {
        self.place = place
        self.serverStartedAt = serverStartedAt
        self.replica = replica
        self.lost = lost
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
