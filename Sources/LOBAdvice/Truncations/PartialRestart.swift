/// What must be loaded again after values were cut: the tables of a task with the statement that empties them.
///
/// A CDC task goes on from its slot's position, where the cut changes are gone: so all tables of the slot begin
/// again together, or the cut ones alone are loaded again by hand.
public struct PartialRestart: Sendable, Equatable {
    /// The slot; nil where the profile knows of none, so that one task has all tables.
    public let slot: Identifier?
    /// The relations of the slot's task, in the order of names; nil without a slot: which task has the tables is not known
    /// then, and a profile may hold tables of others.
    public let tables: [RelationName]?
    /// Those with cut values, in the order of names.
    public let cutTables: [RelationName]

    /// One restart for each slot with a cut table, in the order of slots.
    public static func restarts(after cut: [RelationName], in profile: Profile) -> [PartialRestart] {
        guard !cut.isEmpty else { return [] }
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

    /// `TRUNCATE` of all tables of the task in one statement, so that foreign keys between them do not matter; nil where they
    /// are not known.
    public var truncateAll: String? { tables.map(Self.truncate) }
    /// `TRUNCATE` of the cut tables alone.
    public var truncateCut: String { Self.truncate(cutTables) }

    private static func truncate(_ tables: [RelationName]) -> String {
        "TRUNCATE TABLE " + tables.map(SQLText.quoted).joined(separator: ", ") + ";"
    }
}
