import PostgreSQLClient

/// Questions about how busy a server is and how far its replicas are behind.
struct LoadSQL {
    let serverVersion: Int
    let isReplica: Bool

    /// One row: active sessions of others, and sessions whose state the role may not see.
    var load: SQL {
        // The type of a session that the role may not see is NULL too (10 and later).
        let kind: SQL =
            serverVersion >= 100_000
            ? "AND coalesce(a.backend_type, 'client backend') IN ('client backend', 'parallel worker')" : ""
        return """
            SELECT pg_catalog.count(*) FILTER (WHERE a.state = 'active'),
                   pg_catalog.count(*) FILTER (WHERE a.query = '<insufficient privilege>')
              FROM pg_catalog.pg_stat_activity a
             WHERE a.pid <> pg_catalog.pg_backend_pid() AND a.datname IS NOT NULL \(kind)
               AND NOT (a.usename = current_user
                        AND a.application_name = pg_catalog.current_setting('application_name'))
            """
    }

    /// One row: how many replicas there are, how many of them are at an unknown position, WAL written, WAL replayed
    /// by the last of them (both in bytes from the beginning), and the server's own figure of the lag in seconds.
    ///
    /// On a replica it is about itself: what it has received, and what it has replayed.
    var lag: SQL { isReplica ? lagOfReplica : lagOfReplicas }

    /// The position up to which WAL is written, in bytes from the beginning, on a primary.
    var walPosition: SQL { "SELECT \(Self.bytes("pg_catalog.\(functions.inserted)()"))" }

    private var lagOfReplica: SQL {
        """
        SELECT pg_catalog.count(*), pg_catalog.count(*) FILTER (WHERE w.status <> 'streaming'),
               \(Self.bytes("pg_catalog.\(functions.received)()")), \(Self.bytes("pg_catalog.\(functions.replayed)()")),
               pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - pg_catalog.pg_last_xact_replay_timestamp())
          FROM pg_catalog.pg_stat_wal_receiver w
        """
    }

    /// Base backups and logical subscribers are no replicas; what receives WAL without replaying it is as far as
    /// it has written.
    private var lagOfReplicas: SQL {
        let position: SQL =
            isRenamed
            ? "coalesce(s.replay_lsn, s.flush_lsn)" : "coalesce(s.replay_location, s.flush_location)"
        let reported: SQL =
            isRenamed
            ? "pg_catalog.date_part('epoch', pg_catalog.max(s.replay_lag))" : "NULL::pg_catalog.float8"
        return """
            SELECT pg_catalog.count(*), pg_catalog.count(*) FILTER (WHERE \(position) IS NULL),
                   \(Self.bytes("pg_catalog.\(functions.written)()")), pg_catalog.min(\(Self.bytes(position))), \(reported)
              FROM pg_catalog.pg_stat_replication s
             WHERE s.state IS DISTINCT FROM 'backup' AND s.pid NOT IN (
               SELECT p.active_pid FROM pg_catalog.pg_replication_slots p
                WHERE p.slot_type = 'logical' AND p.active_pid IS NOT NULL)
            """
    }

    /// Before 10 WAL was called xlog, and an LSN a location.
    private var isRenamed: Bool { serverVersion >= 100_000 }

    /// The functions about the WAL, by their names in a version.
    struct Functions {
        let written: SQL
        let inserted: SQL
        let received: SQL
        let replayed: SQL
        let isPaused: SQL
    }

    var functions: Functions {
        isRenamed
            ? Functions(
                written: "pg_current_wal_lsn", inserted: "pg_current_wal_insert_lsn",
                received: "pg_last_wal_receive_lsn", replayed: "pg_last_wal_replay_lsn",
                isPaused: "pg_is_wal_replay_paused")
            : Functions(
                written: "pg_current_xlog_location", inserted: "pg_current_xlog_insert_location",
                received: "pg_last_xlog_receive_location", replayed: "pg_last_xlog_replay_location",
                isPaused: "pg_is_xlog_replay_paused")
    }

    /// A position as bytes from the beginning.
    static func bytes(_ position: SQL) -> SQL {
        "(\(position) - '0/0'::pg_catalog.pg_lsn)::pg_catalog.int8"
    }
}
