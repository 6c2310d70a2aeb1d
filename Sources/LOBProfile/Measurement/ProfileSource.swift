/// A profile that another one was merged from.
public struct ProfileSource: Hashable, Sendable, Codable {
    public let database: Identifier
    /// The cluster's system identifier, where it was known.
    public let systemIdentifier: String?
    /// When measuring began, in seconds since 1970 (UTC).
    public let startedAt: Int64
    /// The SHA-256 of the snapshot's JSON, in hexadecimal.
    public let digest: String

    /// Names a profile and its snapshot.
    public init(_ profile: Profile, digest: String) {
        database = profile.database
        systemIdentifier = profile.server.systemIdentifier
        startedAt = profile.startedAt
        self.digest = digest
    }

    /// Orders by time, then by digest.
    static func precedes(_ left: ProfileSource, _ right: ProfileSource) -> Bool {
        if left.startedAt != right.startedAt { return left.startedAt < right.startedAt }
        return left.digest.utf8.lexicographicallyPrecedes(right.digest.utf8)
    }

    /// Whether both may be of one database, a replica or an earlier state of it.
    ///
    /// - Parameter isUnknownDistinct: what is taken for granted where a system identifier is not known.
    func mayBeSameDatabase(as other: ProfileSource, isUnknownDistinct: Bool) -> Bool {
        guard database == other.database else { return false }
        guard let mine = systemIdentifier, let theirs = other.systemIdentifier else {
            return !isUnknownDistinct
        }
        return mine.utf8.elementsEqual(theirs.utf8)
    }
}
