import LOBProfile
import PostgreSQLClient
import SizeStatistics

/// How fast rows arrive in each table: from an earlier profile, else from the server's counters.
struct InsertRates: Sendable {
    /// Rates by the relation's OID, from `pg_stat_user_tables`.
    private var counted: [UInt32: InsertRate] = [:]
    private let earlier: Profile?

    /// Takes the rates from an earlier profile.
    init(earlier: Profile?) {
        self.earlier = earlier
    }

    /// Reads the counters of the server; a replica counts no inserts, so it has none.
    ///
    /// The counters begin at the reset of the database's statistics; where none is recorded, at that of the
    /// cluster's, which a crash sets too. A beginning that is too late makes the rate too high, which is the
    /// safe side.
    mutating func read(
        _ connection: inout Connection, preamble: Preamble, isReplica: Bool
    ) throws(PostgreSQLError) {
        guard !isReplica else { return }
        let query: SQL = """
            SELECT s.relid, s.n_tup_ins::pg_catalog.int8,
                   extract(epoch FROM b.since)::pg_catalog.int8,
                   greatest(1, extract(epoch FROM pg_catalog.clock_timestamp() - b.since))::pg_catalog.int8
              FROM pg_catalog.pg_stat_user_tables s
             CROSS JOIN (SELECT coalesce(d.stats_reset, w.stats_reset, pg_catalog.pg_postmaster_start_time()) AS since
                           FROM pg_catalog.pg_stat_database d CROSS JOIN pg_catalog.pg_stat_bgwriter w
                          WHERE d.datname = pg_catalog.current_database()) b
            """
        var rates: [UInt32: InsertRate] = [:]
        try ReadTransaction(preamble).run(Statement(query), over: &connection) {
            (row: borrowing Row) throws(PostgreSQLError) in
            let seconds = Double(max(1, try row.int64(3)))
            let arrived = max(0, try row.int64(1))
            rates[try row.uint32(0)] = InsertRate(
                rowsPerSecond: Double(arrived) / seconds, source: .statistics, since: try row.int64(2),
                arrived: Int(arrived))
        }
        counted = rates
    }

    /// The rate of a table with so many rows at a moment in seconds since 1970 (UTC); nil where it is not known.
    ///
    /// All rows of a table that the earlier profile did not know have arrived since.
    func rate(of relation: Relation, rows: Int, at moment: Int64) -> InsertRate? {
        guard let earlier else { return counted[relation.oid] }
        let before = earlier.tables.first { $0.relation.name == relation.name }
        let since = before?.measuredAt ?? earlier.finishedAt
        let forecast = GrowthForecast(
            RowCountAtTime(rows: before?.rows.count ?? 0, secondsSinceEpoch: since),
            RowCountAtTime(rows: rows, secondsSinceEpoch: moment))
        return forecast.map {
            InsertRate(rowsPerSecond: $0.rowsPerSecond, source: .snapshot, since: since, arrived: $0.arrived)
        }
    }
}
