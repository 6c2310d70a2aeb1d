import LOBProfile
import PostgreSQLClient

/// Asks a transaction which moment it sees, and on which server.
struct MomentQuery: Sendable {
    let serverVersion: Int

    /// One row; run in the transaction, whose snapshot it does not change.
    var statement: Statement {
        let wal = LoadSQL(serverVersion: serverVersion, isReplica: false).functions
        return Statement(
            """
            SELECT \(ServerIdentity.microseconds("pg_catalog.clock_timestamp()")), \(ServerIdentity.startedAtSQL),
                   \(ServerIdentity.microseconds("b.stats_reset")), \(snapshot)::pg_catalog.text,
                   \(horizon), r.is_replica,
                   CASE WHEN r.is_replica THEN \(LoadSQL.bytes("pg_catalog.\(wal.replayed)()"))
                        ELSE \(LoadSQL.bytes("pg_catalog.\(wal.inserted)()")) END,
                   CASE WHEN r.is_replica
                        THEN \(ServerIdentity.microseconds("pg_catalog.pg_last_xact_replay_timestamp()")) END,
                   CASE WHEN r.is_replica THEN pg_catalog.\(wal.isPaused)() END
              FROM (SELECT pg_catalog.pg_is_in_recovery() AS is_replica OFFSET 0) r
             CROSS JOIN pg_catalog.pg_stat_bgwriter b
            """)
    }

    /// The position of the WAL, or of its replay: one row with one int8; for what is known before a snapshot is taken.
    var position: Statement {
        let wal = LoadSQL(serverVersion: serverVersion, isReplica: false).functions
        return Statement(
            """
            SELECT CASE WHEN pg_catalog.pg_is_in_recovery() THEN \(LoadSQL.bytes("pg_catalog.\(wal.replayed)()"))
                        ELSE \(LoadSQL.bytes("pg_catalog.\(wal.inserted)()")) END
            """)
    }

    /// The transaction's snapshot: 13 renamed the type.
    private var snapshot: SQL { Self.snapshot(serverVersion) }

    /// The function of a server version that returns a transaction's snapshot.
    static func snapshot(_ serverVersion: Int) -> SQL {
        serverVersion >= 130_000 ? "pg_catalog.pg_current_snapshot()" : "pg_catalog.txid_current_snapshot()"
    }

    private var horizon: SQL {
        serverVersion >= 130_000
            ? "pg_catalog.pg_snapshot_xmin(\(snapshot))::pg_catalog.text::pg_catalog.int8"
            : "pg_catalog.txid_snapshot_xmin(\(snapshot))"
    }

    /// What a row of ``statement`` says.
    struct Answer: Sendable {
        let server: ServerIdentity
        /// `pg_current_snapshot()` as text, which proves that another transaction sees the same.
        let visible: [UInt8]
        /// Every transaction before this one had ended when the snapshot was taken (a full transaction id).
        let horizon: UInt64
        let takenAt: Int64
        let position: LSN?
        let replica: ReplicaState?

        /// Reads a row.
        init(_ row: borrowing Row) throws(PostgreSQLError) {
            takenAt = try row.int64(0)
            server = ServerIdentity(startedAt: try row.int64(1), statisticsResetAt: try row.optionalInt64(2))
            visible = try row.bytes(3)
            horizon = UInt64(max(0, try row.int64(4)))
            let position = try row.optionalInt64(6).map { LSN(bytes: UInt64(max(0, $0))) }
            self.position = position
            replica =
                try row.bool(5)
                ? ReplicaState(
                    replayed: position, replayedAt: try row.optionalInt64(7),
                    isPaused: row.isNull(8) ? false : try row.bool(8)) : nil
        }

        /// The moment, with the position that was known before the snapshot was taken.
        func moment(after before: LSN?) -> Moment {
            Moment(
                takenAt: takenAt, lsnBefore: before, lsnAfter: position, replica: replica,
                // A replica keeps the running transactions elsewhere: its text does not list them.
                snapshot: replica == nil ? String(decoding: visible, as: UTF8.self) : nil)
        }
    }
}
