import PostgreSQLClient

/// Which start of which server a connection leads to: an endpoint or a pooler may spread connections over several.
struct ServerIdentity: Sendable, Hashable, Codable {
    /// `pg_postmaster_start_time()` in microseconds since 1970.
    let startedAt: Int64
    /// When the statistics of the cluster were reset, in microseconds since 1970: by a crash too, which the server survives
    /// with its start time.
    let statisticsResetAt: Int64?

    /// `pg_postmaster_start_time()` as it is compared, qualified so that no search path matters.
    static let startedAtSQL = microseconds("pg_catalog.pg_postmaster_start_time()")

    /// Microseconds since 1970 of a time.
    static func microseconds(_ time: SQL) -> SQL {
        "(pg_catalog.date_part('epoch', \(time)) OPERATOR(pg_catalog.*) 1000000)::pg_catalog.int8"
    }

    /// Whether the other is the same start of the same server; both may have crashed meanwhile.
    func isSameStart(as other: ServerIdentity) -> Bool { startedAt == other.startedAt }
}
