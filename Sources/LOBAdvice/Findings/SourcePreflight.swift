/// What the settings of the source do to capturing changes; the subject is the setting, or the plugin.
public enum SourceFinding: Hashable, Sendable {
    case walLevel(String)
    case places(limit: Int, taken: Int, needed: Int)
    case keptWAL(mebibytes: Int)
    case senderTimeout(milliseconds: Int, least: Int)
    case preparedTransactions(Int)
    /// A plugin that a setting does not allow; nil where the role may not read that.
    case plugin(setting: String, allowed: [String]?)
}

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
                .error, "wal_level", .source(.walLevel(facts.walLevel)), .source)
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
                .error, setting, .source(.places(limit: use.limit, taken: use.taken, needed: needed)), .source
            )
        }
    }

    private func keptWAL(_ facts: ReplicationFacts) -> [Finding] {
        guard let kept = facts.slotKeepMebibytes, kept >= 0 else { return [] }
        return [
            FindingID.sourceSlotKeepSize.finding(
                .warning, "max_slot_wal_keep_size",
                .source(.keptWAL(mebibytes: kept)), .assessments)
        ]
    }

    private func timeout(_ facts: ReplicationFacts) -> [Finding] {
        let timeout = facts.senderTimeoutMilliseconds
        guard timeout != 0, !Self.timeouts.contains(timeout) else { return [] }
        let isShort = timeout < Self.timeouts.lowerBound
        return [
            FindingID.sourceSenderTimeout.finding(
                isShort ? .error : .warning, "wal_sender_timeout",
                .source(.senderTimeout(milliseconds: timeout, least: Self.timeouts.lowerBound)), .source)
        ]
    }

    private func prepared(_ facts: ReplicationFacts) -> [Finding] {
        guard facts.preparedTransactions > 0 else { return [] }
        return [
            FindingID.sourcePreparedTransactions.finding(
                .warning, "pg_prepared_xacts",
                .source(.preparedTransactions(facts.preparedTransactions)), .assessments)
        ]
    }
}
