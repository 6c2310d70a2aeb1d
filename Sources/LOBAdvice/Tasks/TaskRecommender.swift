/// Puts the tables of a profile into tasks: one, one for each slot, or several where AWS does not take so large a mapping.
struct TaskRecommender {
    private let profile: Profile
    private let policy: Policy
    private let tables: [TableRecommendation]
    private let byName: [RelationName: TableRecommendation]
    private let migrated: [Relation]
    private let mapped: [RelationName: MappingTable]
    /// How many tasks share the instance.
    private var sharing = 1

    init(profile: Profile, policy: Policy, tables: [TableRecommendation]) {
        let byName = Dictionary(tables.map { ($0.name, $0) }) { first, _ in first }
        migrated = profile.tables.map(\.relation).filter {
            $0.isSelected(by: policy) && $0.name.isSpellableInMapping
        }
        let target = profile.deployment?.target ?? .postgres
        let entries = migrated.map { relation in
            // Where the limit of the task holds for all tables, rules of their own would only look as if they did.
            MappingTable(
                name: relation.name,
                lobSettings: target.supportsTableLOBSettings ? byName[relation.logicalName]?.lobSettings : nil
            )
        }
        mapped = Dictionary(entries.map { ($0.name, $0) }) { first, _ in first }
        self.profile = profile
        self.policy = policy
        self.tables = tables
        self.byName = byName
    }

    /// The tasks in the order of their slots, without those that would select no table: AWS refuses their mapping.
    func tasks() -> [TaskRecommendation] {
        let alone = divided()
        guard alone.count > 1, profile.deployment?.instanceMemory != nil else { return alone }
        var together = self
        together.sharing = alone.count
        return together.divided()
    }

    private func divided() -> [TaskRecommendation] {
        guard let slots = profile.deployment?.slots else { return withoutSlots() }
        let all = slots.slots.flatMap { tasks(of: $0, slots.source) }.filter(\.mapping.hasSelection)
        return all.isEmpty ? [wholeTask()] : all
    }

    private func tasks(
        of slot: SlotAssignment.Slot, _ source: SlotAssignment.Source
    ) -> [TaskRecommendation] {
        let entries = slot.tables.compactMap { mapped[$0] }
        // A slot has one reader: what the server puts into it cannot be divided from here.
        let parts = source == .pglogical ? [entries] : MappingSplit.parts(of: entries, roots: roots)
        guard parts.count > 1 else { return [task(slot: slot.name, entries, slot.confirmedPosition)] }
        return parts.enumerated().map { index, part in
            task(
                slot: Identifier(bytes: slot.name.bytes + Array("_\(index + 1)".utf8)), part,
                slot.confirmedPosition)
        }
    }

    /// One task, or several where AWS does not take so large a mapping: each makes a slot of its own.
    private func withoutSlots() -> [TaskRecommendation] {
        let parts = MappingSplit.parts(of: Array(mapped.values), roots: roots)
        guard parts.count > 1 else { return [wholeTask()] }
        return parts.enumerated().map { index, part in
            task(slot: nil, name: Identifier("task_\(index + 1)"), part, nil)
        }
    }

    /// One task with every table.
    func wholeTask() -> TaskRecommendation { task(slot: nil, Array(mapped.values), nil) }

    private var roots: [RelationName: RelationName] {
        Dictionary(migrated.map { ($0.name, $0.logicalName) }) { first, _ in first }
    }

    private func task(
        slot: Identifier?, name: Identifier? = nil, _ entries: [MappingTable], _ confirmed: String?
    ) -> TaskRecommendation {
        let names = Set(entries.map(\.name))
        let relations = migrated.filter { names.contains($0.name) }
        let taskTables = relations.map { relation in
            let table = byName[relation.logicalName]
            return relation.taskTable(
                mode: table?.mode ?? .none, bulkMaxSize: table?.bulkMaxSize ?? Kibibytes(0),
                isTruncationOK: table?.isTruncationOK ?? false)
        }
        let logical = Set(relations.map(\.logicalName))
        let own = tables.filter { logical.contains($0.name) }
        let settings = TaskSettings(
            tables: taskTables, target: profile.deployment?.target ?? .postgres,
            loads: policy.migrationType.includesFullLoad,
            checksForeignKeys: profile.deployment?.targetChecksForeignKeys
        ).with(commitRate: commitRate(own), hasControlTables: policy.migrationType.includesCDC)
        return TaskRecommendation(
            slot: slot, name: name ?? slot, mapping: MappingDocument(tables: entries), settings: settings,
            endpoint: EndpointSettings(tables: own, slot: slot, plugin: profile.deployment?.plugin),
            cdcStart: policy.migrationType.includesCDC ? profile.deployment?.cdcStart : nil,
            confirmedPosition: confirmed)
    }

    /// DMS's default, or less where the instance, which all tasks are taken to share, has not the memory for it.
    private func commitRate(_ tables: [TableRecommendation]) -> Int {
        guard policy.migrationType.includesFullLoad, let memory = profile.deployment?.instanceMemory else {
            return TaskMemory.defaultCommitRate
        }
        return TaskMemory.commitRate(
            fitting: memory, tables: tables.limits, tasks: sharing)
    }
}
