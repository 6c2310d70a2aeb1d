/// Proposes slots by what can share a task: at most four.
///
/// Batch apply is a setting of the task. Unlimited LOBs rule it out, and so does a primary key beside another
/// unique index, no key at all, or foreign keys that the target checks; everything else gains from it. FailTasksOnLobTruncation is a setting of the endpoint: where it
/// guards some tables, those whose values may be cut would stop their task.
public enum SlotProposal {
    /// Tables with unlimited LOBs.
    public static let unlimited = Identifier("lob_unlimited")
    /// Tables with a primary key and another unique index, without a key, or with foreign keys that the target checks, and
    /// those that they refer to: changes are applied row by row, a row after the one that it refers to.
    public static let rowwise = Identifier("lob_rowwise")
    /// Limited tables whose values may be cut, where other limited tables have values that must not be.
    public static let truncated = Identifier("lob_truncated")
    /// Everything else: changes can be applied in batches.
    public static let batch = Identifier("lob_batch")

    /// The slots for the tables of a profile; a slot without a table is left out.
    public static func propose(
        _ profile: Profile, recommending tables: [TableRecommendation]
    ) -> SlotAssignment {
        let byName = Dictionary(tables.map { ($0.name, $0) }) { first, _ in first }
        let migrated = profile.tables.map(\.relation).filter { $0.isSelected(by: profile.policy) }
        let rowwiseRoots = rowwiseTables(of: migrated, profile.deployment)
        let isGuarded = tables.contains { $0.isSelected && $0.mode == .limited && !$0.isTruncationOK }
        let groups = Dictionary(grouping: migrated) { relation in
            let table = byName[relation.logicalName]
            if table?.mode == .unlimited { return unlimited }
            if isGuarded, let table, table.mode == .limited, table.isTruncationOK { return truncated }
            return rowwiseRoots.contains(relation.logicalName) ? rowwise : batch
        }
        return SlotAssignment(
            source: .auto,
            slots: groups.map { SlotAssignment.Slot(name: $0.key, tables: $0.value.map(\.name)) })
    }

    /// Tables that rule batch apply out, by the names of their roots: the leaves of a table stay together.
    private static func rowwiseTables(
        of migrated: [Relation], _ deployment: Deployment?
    ) -> Set<RelationName> {
        let target = deployment?.target ?? .postgres
        let roots = Dictionary(migrated.map { ($0.name, $0.logicalName) }) { first, _ in first }
        return migrated.reduce(into: []) { found, relation in
            let table = relation.taskTable(mode: .none, bulkMaxSize: Kibibytes(0))
            if !table.isBatchable { found.insert(relation.logicalName) }
            let checks = deployment?.targetChecksForeignKeys ?? target.canCheckForeignKeys
            guard checks, table.hasForeignKeys else { return }
            found.insert(relation.logicalName)
            found.formUnion((relation.foreignKeys ?? []).map { roots[$0.references] ?? $0.references })
        }
    }
}

extension Profile {
    /// The same profile with slots that are proposed for it, by its target and what is said of that.
    public var proposingSlots: Profile {
        var wishes = deployment ?? Deployment()
        wishes.slots = SlotProposal.propose(self, recommending: Recommender(self).tables())
        return with(deployment: wishes)
    }
}
