import LOBAdvice

extension SourceFinding {
    /// - Parameter setting: of the source; for an output plugin its name.
    func text(of setting: String) -> FindingText {
        switch self {
        case .walLevel(let level):
            .init(
                "wal_level is \(level): no slot can decode changes",
                remedy:
                    "ALTER SYSTEM SET wal_level = logical; and restart the server; on Amazon RDS and Aurora set "
                    + "rds.logical_replication to 1 in the parameter group and reboot")
        case .places(let limit, let taken, let needed):
            .init(
                "\(setting) is \(limit), and \(taken) are taken: the tasks need \(needed) more",
                remedy:
                    "ALTER SYSTEM SET \(setting) = \(taken + needed + 2); and restart the server; on Amazon RDS and Aurora set "
                    + "it in the parameter group and reboot; or drop what nobody uses")
        case .keptWAL(let mebibytes):
            .init(
                "max_slot_wal_keep_size is \(mebibytes) MB: a slot that falls behind by more is lost, and its task must begin again",
                remedy:
                    "ALTER SYSTEM SET max_slot_wal_keep_size = -1; SELECT pg_reload_conf(); on Amazon RDS and Aurora set it in the "
                    + "parameter group; and watch the disk")
        case .senderTimeout(let milliseconds, let least):
            .init(
                "wal_sender_timeout is \(milliseconds) ms: "
                    + (milliseconds < least
                        ? "a task that captures changes fails under \(least)"
                        : "a failover can be delayed by as long"),
                remedy:
                    "ALTER SYSTEM SET wal_sender_timeout = '60s'; SELECT pg_reload_conf(); on Amazon RDS and Aurora set it in the "
                    + "parameter group")
        case .preparedTransactions(let count):
            .init(
                "\(count) prepared transactions are open: making a slot waits until they end",
                remedy: "SELECT gid, prepared, owner FROM pg_prepared_xacts; and end those that nobody ends: "
                    + "COMMIT PREPARED or ROLLBACK PREPARED")
        case .plugin(let list, let allowed): Self.plugin(setting, list, allowed)
        }
    }

    private static func plugin(_ plugin: String, _ setting: String, _ allowed: [String]?) -> FindingText {
        let need = "\"\(plugin)\" is needed to decode changes, and"
        guard let allowed else {
            return .init(
                "\(need) the role may not read \(setting) of the server, which by default does not allow it",
                remedy:
                    "as a superuser: SHOW \(setting); or GRANT pg_read_all_settings to the role and profile again"
            )
        }
        let all = (allowed + [plugin]).map { SQLText.literal($0) }.joined(separator: ", ")
        let present = allowed.isEmpty ? "none" : allowed.joined(separator: ", ")
        return .init(
            "\(need) \(setting) of the server (\(present)) does not allow it: creating a slot with it fails",
            remedy:
                "ALTER SYSTEM SET \(setting) = \(all); SELECT pg_reload_conf(); on Amazon RDS and Aurora set "
                + "\(setting) in the parameter group instead")
    }
}
