import SizeStatistics

/// How fast rows arrive in a table, and how that is known.
public struct InsertRate: Sendable, Codable, Equatable {
    /// What it was computed from.
    public enum Source: String, Sendable, Codable {
        /// Rows inserted since the counters of `pg_stat_user_tables` began.
        case statistics
        /// The numbers of rows in an earlier profile and in this one.
        case snapshot
    }

    /// Zero or more.
    public let rowsPerSecond: Double
    public let source: Source
    /// The beginning of the time that it is an average of, in seconds since 1970 (UTC).
    public let since: Int64
    /// How many rows it was counted from; nil in profiles of versions that did not keep it.
    public let arrived: Int?

    /// The rate with what is certain of it.
    var forecast: GrowthForecast { GrowthForecast(rowsPerSecond: rowsPerSecond, arrived: arrived) }

    /// Creates a rate.
    public init(rowsPerSecond: Double, source: Source, since: Int64, arrived: Int? = nil) {
        self.arrived = arrived
        self.rowsPerSecond = rowsPerSecond
        self.source = source
        self.since = since
    }
}
