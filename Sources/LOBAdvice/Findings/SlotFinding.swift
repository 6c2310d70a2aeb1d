/// What is wrong or doubtful with slots and what they carry; the subject is the slot, the table or the column.
public enum SlotFinding: Hashable, Sendable {
    /// Slots of the primary that a replica says nothing of.
    case onPrimaryOnly([Identifier])
    /// A table in no slot.
    case tableMissing(RelationName, isOfPGLogical: Bool)
    case tableRepeated([Identifier])
    /// What a slot carries, or does not.
    case carried(Carried, slot: Identifier)
    case nameInvalid
    /// No slot has the name, and the plugin for one.
    case notOnServer(OutputPlugin)
    case foreignKey(CrossingKey)
    /// Tables whose foreign keys lead into other slots, and one of them.
    case foreignKeys(tables: Int, first: String)
    /// The mapping of a task, in bytes.
    case mappingTooLarge(bytes: Int)
    /// What endpoints make of a slot.
    case read(Reading)

    /// What is to be said of a table or a column of a slot.
    public enum Carried: Hashable, Sendable {
        case outOfScope
        case rowFilter
        /// A column outside the column list.
        case withoutColumn
        /// Changes that no replication set of the slot has, and the set that the table is to be added to.
        case withoutChanges([RowChange], of: RelationName, set: Identifier)
        /// A table that a task selects and the slot does not carry.
        case notCarried(task: String?)
    }

    /// What is to be said of a slot that endpoints name.
    public enum Reading: Hashable, Sendable {
        /// Tasks that read it, and the names of those that have one.
        case shared(tasks: Int, named: [String])
        /// Its plugin, and that of the endpoint.
        case pluginDiffers(String, wanted: String)
        case unknown
    }

    /// A foreign key that leads into another slot.
    public struct CrossingKey: Hashable, Sendable {
        public let name: Identifier
        public let table: RelationName
        public let slots: [Identifier]
        public let other: RelationName
        public let otherSlots: [Identifier]
    }
}

/// What a target does not take; the subject is the target, the table or the column.
public enum TargetFinding: Hashable, Sendable {
    case notSupported(TargetEngine, MigrationType)
    case undocumented(TargetEngine)
    /// What the table needs, if that is known, and the most that limited mode takes there.
    case noFullLOBMode(TargetEngine, needed: Kibibytes?, most: Kibibytes)
    case noTableSettings(TargetEngine)
    case noLOBs(TargetEngine, LOBClass)
    /// What the target takes, with the reason that ``TargetEngine`` gives.
    case valueTooLarge(TargetEngine, needed: Kibibytes, most: Kibibytes, reason: String)
    case columnTooSmall(Kibibytes)
}
