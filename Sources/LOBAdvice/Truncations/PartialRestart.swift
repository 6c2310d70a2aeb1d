/// What must be loaded again after values were cut: the tables of a task with the statement that empties them.
///
/// A CDC task goes on from its slot's position, where the cut changes are gone: so all tables of the slot begin
/// again together, or the cut ones alone are loaded again by hand.
public struct PartialRestart: Sendable, Equatable {
    /// The slot; nil where the profile knows of none, so that one task has all tables.
    public let slot: Identifier?
    /// The task's name in its deployed files; nil where they give none, or none were given.
    public let task: String?
    /// The relations of the slot's task, in the order of names; nil without slot and files: which task has the tables is not
    /// known then, and a profile may hold tables of others.
    public let tables: [RelationName]?
    /// Those with cut values, in the order of names.
    public let cutTables: [RelationName]
    /// What rules call tables on the target, for those with another name there.
    let targetNames: [RelationName: [RelationName]]

    init(
        slot: Identifier?, task: String? = nil, tables: [RelationName]?, cutTables: [RelationName],
        targetNames: [RelationName: [RelationName]] = [:]
    ) {
        self.slot = slot
        self.task = task
        self.tables = tables
        self.cutTables = cutTables
        self.targetNames = targetNames
    }

    /// One restart for each task with a cut table: of the deployed files where they were given, else of the slots, in their
    /// order.
    public static func restarts(
        after cut: [RelationName], in profile: Profile, under tasks: TasksInForce? = nil
    ) -> [PartialRestart] {
        guard !cut.isEmpty else { return [] }
        if let tasks { return tasks.restarts(after: cut) }
        let migrated = Set(profile.tables.map(\.relation).filter(\.kind.isMigratable).map(\.name))
        guard let slots = profile.deployment?.slots else {
            return [PartialRestart(slot: nil, tables: nil, cutTables: cut.sorted())]
        }
        return slots.slots.compactMap { slot in
            let own = cut.filter(slot.tables.contains)
            guard !own.isEmpty else { return nil }
            return PartialRestart(
                slot: slot.name, tables: slot.tables.filter(migrated.contains), cutTables: own.sorted())
        }
    }

    /// The task for people.
    public var subject: String {
        slot.map { "slot \($0.losslessText)" } ?? task.map { "task \($0)" } ?? "the task"
    }

    /// `TRUNCATE` of all tables of the task in one statement, so that foreign keys between them do not matter; nil where they
    /// are not known, or what rules call one of them on the target is not.
    public var truncateAll: String? { tables.flatMap(truncate) }
    /// `TRUNCATE` of the cut tables alone; nil where what rules call one of them on the target is not known.
    public var truncateCut: String? { truncate(cutTables) }

    private func truncate(_ tables: [RelationName]) -> String? {
        let names = tables.map { targetNames[$0] ?? [$0] }
        guard names.allSatisfy({ $0.count == 1 }) else { return nil }
        return "TRUNCATE TABLE " + names.flatMap { $0 }.map(SQLText.quoted).joined(separator: ", ") + ";"
    }
}
