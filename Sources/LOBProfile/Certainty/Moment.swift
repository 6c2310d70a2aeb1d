/// A position in the write-ahead log, in bytes from its beginning (`pg_lsn`).
public struct LSN: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// Bytes from the beginning.
    public let bytes: UInt64

    /// A position.
    public init(bytes: UInt64) {
        self.bytes = bytes
    }

    /// A position as PostgreSQL writes it, such as `16/B374D848`; nil for any other text.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let halves = parts.compactMap { part -> UInt64? in
            let isHex = part.allSatisfy { 0x30...0x39 ~= $0 || 0x41...0x46 ~= $0 || 0x61...0x66 ~= $0 }
            return isHex && part.count <= 8 ? UInt64(String(decoding: part, as: UTF8.self), radix: 16) : nil
        }
        guard parts.count == 2, halves.count == 2 else { return nil }
        bytes = halves[0] << 32 | halves[1]
    }

    /// Earlier positions first.
    public static func < (left: LSN, right: LSN) -> Bool { left.bytes < right.bytes }

    /// As PostgreSQL writes it, such as `16/B374D848`.
    public var description: String {
        String(bytes >> 32, radix: 16, uppercase: true) + "/"
            + String(bytes & 0xFFFF_FFFF, radix: 16, uppercase: true)
    }

    /// Reads the number.
    public init(from decoder: any Decoder) throws {
        bytes = try decoder.singleValueContainer().decode(UInt64.self)
    }

    /// Writes the number.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(bytes)
    }
}

/// The moment of a database snapshot: what was committed before it was taken is seen, nothing else.
public struct Moment: Hashable, Sendable, Codable {
    /// The server's clock when the snapshot was taken, in microseconds since 1970 (UTC).
    public let takenAt: Int64
    /// The WAL position before the snapshot was taken; nil where the server does not tell.
    ///
    /// On a replica the position that it had replayed. What was committed before this position is in the snapshot.
    public let lsnBefore: LSN?
    /// The WAL position after it was taken: what was committed behind it is not in the snapshot.
    public let lsnAfter: LSN?
    /// How far a replica was; nil on a primary.
    public let replica: ReplicaState?
    /// `pg_current_snapshot()`, which `pg_visible_in_snapshot` takes: which transactions it sees; nil on a replica, which does
    /// not list them.
    public let snapshot: String?

    /// Creates a moment.
    public init(
        takenAt: Int64, lsnBefore: LSN?, lsnAfter: LSN?, replica: ReplicaState? = nil, snapshot: String? = nil
    ) {
        self.snapshot = snapshot
        self.takenAt = takenAt
        self.lsnBefore = lsnBefore
        self.lsnAfter = lsnAfter
        self.replica = replica
    }

    /// The same order for every pair of moments: by time, then by position.
    func precedes(_ other: Moment) -> Bool {
        takenAt != other.takenAt
            ? takenAt < other.takenAt : lsnBefore?.bytes ?? 0 < other.lsnBefore?.bytes ?? 0
    }

    /// Whole seconds since 1970 (UTC).
    public var seconds: Int64 { takenAt / 1_000_000 }
}

/// How far a replica has replayed the WAL of its primary: its clock is not the time of its data.
public struct ReplicaState: Hashable, Sendable, Codable {
    /// `pg_last_wal_replay_lsn()`; nil where the server does not tell.
    public let replayed: LSN?
    /// `pg_last_xact_replay_timestamp()` in microseconds since 1970 (UTC): when the last commit that was replayed was made
    /// on the primary; nil where none was replayed since the start, so that the age of the data is not known.
    public let replayedAt: Int64?
    /// `pg_is_wal_replay_paused()`.
    public let isPaused: Bool

    /// Creates a state.
    public init(replayed: LSN?, replayedAt: Int64?, isPaused: Bool) {
        self.replayed = replayed
        self.replayedAt = replayedAt
        self.isPaused = isPaused
    }
}
