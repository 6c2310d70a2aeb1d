/// Puts the tables of a profile into tasks: one, or one for each slot.
struct TaskRecommender {
    private let profile: Profile
    private let policy: Policy
    private let tables: [TableRecommendation]
    private let byName: [RelationName: TableRecommendation]
    private let migrated: [Relation]
    private let mapped: [RelationName: MappingTable]

    init(profile: Profile, policy: Policy, tables: [TableRecommendation]) {
        let byName = Dictionary(tables.map { ($0.name, $0) }) { first, _ in first }
        migrated = profile.tables.map(\.relation).filter(\.kind.isMigratable)
        let entries = migrated.map { relation in
            MappingTable(name: relation.name, lobSettings: byName[relation.logicalName]?.lobSettings)
        }
        mapped = Dictionary(entries.map { ($0.name, $0) }) { first, _ in first }
        self.profile = profile
        self.policy = policy
        self.tables = tables
        self.byName = byName
    }

    /// The tasks in the order of their slots.
    func tasks() -> [TaskRecommendation] {
        guard let slots = profile.deployment?.slots else { return [wholeTask()] }
        return slots.slots.flatMap { slot -> [TaskRecommendation] in
            let entries = slot.tables.compactMap { mapped[$0] }
            let start = profile.deployment?.cdcStart ?? slot.confirmedPosition
            // A slot has one reader: what the server puts into it cannot be divided from here.
            let parts = slots.source == .pglogical ? [entries] : MappingSplit.parts(of: entries, roots: roots)
            guard parts.count > 1 else { return [task(slot: slot.name, entries, start)] }
            return parts.enumerated().map { index, part in
                task(slot: Identifier(bytes: slot.name.bytes + Array("_\(index + 1)".utf8)), part, start)
            }
        }
    }

    /// One task with every table.
    func wholeTask() -> TaskRecommendation { task(slot: nil, Array(mapped.values), nil) }

    private var roots: [RelationName: RelationName] {
        Dictionary(migrated.map { ($0.name, $0.logicalName) }) { first, _ in first }
    }

    private func task(slot: Identifier?, _ entries: [MappingTable], _ start: String?) -> TaskRecommendation {
        let names = Set(entries.map(\.name))
        let relations = migrated.filter { names.contains($0.name) }
        let taskTables = relations.map { relation in
            let table = byName[relation.logicalName]
            return TaskTable(
                name: relation.name, mode: table?.mode ?? .none,
                bulkMaxSize: table?.bulkMaxSize ?? Kibibytes(0),
                hasPrimaryKeyAndOtherUniqueIndex: relation.hasPrimaryKeyAndOtherUniqueIndex)
        }
        let logical = Set(relations.map(\.logicalName))
        let own = tables.filter { logical.contains($0.name) }
        let settings = TaskSettings(tables: taskTables)
            .with(commitRate: commitRate(own), hasControlTables: policy.migrationType.includesCDC)
        return TaskRecommendation(
            slot: slot, mapping: MappingDocument(tables: entries), settings: settings,
            endpoint: EndpointSettings(tables: own, slot: slot),
            cdcStart: policy.migrationType.includesCDC ? start ?? profile.deployment?.cdcStart : nil)
    }

    /// DMS's default, or less where the instance has not the memory for it.
    private func commitRate(_ tables: [TableRecommendation]) -> Int {
        guard policy.migrationType.includesFullLoad, let memory = profile.deployment?.instanceMemory else {
            return TaskMemory.defaultCommitRate
        }
        return TaskMemory.commitRate(fitting: memory, tables: tables)
    }
}
