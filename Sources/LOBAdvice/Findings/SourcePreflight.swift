/// Settings of the source that stand in the way of capturing changes: what AWS's premigration assessments for a PostgreSQL
/// source ask too (WAL level, replication slots, WAL senders, kept WAL, sender timeout, prepared transactions).
struct SourcePreflight {
    let profile: Profile
    let policy: Policy
    /// The slots of the tasks that capture changes; nil for each that makes one of its own.
    let slots: [Identifier?]

    /// The least `wal_sender_timeout` with which DMS works, and the most that a failover of a Multi-AZ source leaves time for,
    /// in milliseconds (DMS user guide, PostgreSQL source).
    private static let timeouts = 10_000...300_000

    var findings: [Finding] {
        // The settings of a replica decide nothing about slots of its primary.
        guard policy.migrationType.includesCDC, !profile.server.isReplica, !profile.isEmpty,
            let facts = profile.server.replication
        else { return [] }
        return walLevel(facts) + places(facts) + keptWAL(facts) + timeout(facts) + prepared(facts)
    }

    private func walLevel(_ facts: ReplicationFacts) -> [Finding] {
        guard !facts.walLevel.utf8.elementsEqual("logical".utf8) else { return [] }
        return [
            FindingID.sourceWALLevel.finding(
                .error, "wal_level", "wal_level is \(facts.walLevel): no slot can decode changes",
                remedy:
                    "ALTER SYSTEM SET wal_level = logical; and restart the server; on Amazon RDS and Aurora set "
                    + "rds.logical_replication to 1 in the parameter group and reboot",
                reference: GuidePage.source)
        ]
    }

    /// Slots that the tasks bring with them are taken already.
    private var newSlots: Int {
        let known = profile.deployment?.slots?.slots ?? []
        let taken = Set(known.filter { $0.isOnServer == true }.map(\.name))
        return slots.count { slot in slot.map { !taken.contains($0) } ?? true }
    }

    private func places(_ facts: ReplicationFacts) -> [Finding] {
        let wanted = [
            (FindingID.sourceReplicationSlots, "max_replication_slots", facts.slots, newSlots),
            (.sourceWALSenders, "max_wal_senders", facts.senders, slots.count),
        ]
        return wanted.compactMap { id, setting, use, needed in
            guard use.free < needed else { return nil }
            return id.finding(
                .error, setting,
                "\(setting) is \(use.limit), and \(use.taken) are taken: the tasks need \(needed) more",
                remedy:
                    "ALTER SYSTEM SET \(setting) = \(use.taken + needed + 2); and restart the server; on Amazon RDS and Aurora set "
                    + "it in the parameter group and reboot; or drop what nobody uses",
                reference: GuidePage.source)
        }
    }

    private func keptWAL(_ facts: ReplicationFacts) -> [Finding] {
        guard let kept = facts.slotKeepMebibytes, kept >= 0 else { return [] }
        return [
            FindingID.sourceSlotKeepSize.finding(
                .warning, "max_slot_wal_keep_size",
                "max_slot_wal_keep_size is \(kept) MB: a slot that falls behind by more is lost, and its task must begin again",
                remedy:
                    "ALTER SYSTEM SET max_slot_wal_keep_size = -1; SELECT pg_reload_conf(); on Amazon RDS and Aurora set it in the "
                    + "parameter group; and watch the disk",
                reference: GuidePage.assessments)
        ]
    }

    private func timeout(_ facts: ReplicationFacts) -> [Finding] {
        let timeout = facts.senderTimeoutMilliseconds
        guard timeout != 0, !Self.timeouts.contains(timeout) else { return [] }
        let isShort = timeout < Self.timeouts.lowerBound
        return [
            FindingID.sourceSenderTimeout.finding(
                isShort ? .error : .warning, "wal_sender_timeout",
                "wal_sender_timeout is \(timeout) ms: "
                    + (isShort
                        ? "a task that captures changes fails under \(Self.timeouts.lowerBound)"
                        : "a failover can be delayed by as long"),
                remedy:
                    "ALTER SYSTEM SET wal_sender_timeout = '60s'; SELECT pg_reload_conf(); on Amazon RDS and Aurora set it in the "
                    + "parameter group",
                reference: GuidePage.source)
        ]
    }

    private func prepared(_ facts: ReplicationFacts) -> [Finding] {
        guard facts.preparedTransactions > 0 else { return [] }
        return [
            FindingID.sourcePreparedTransactions.finding(
                .warning, "pg_prepared_xacts",
                "\(facts.preparedTransactions) prepared transactions are open: making a slot waits until they end",
                remedy: "SELECT gid, prepared, owner FROM pg_prepared_xacts; and end those that nobody ends: "
                    + "COMMIT PREPARED or ROLLBACK PREPARED",
                reference: GuidePage.assessments)
        ]
    }
}
