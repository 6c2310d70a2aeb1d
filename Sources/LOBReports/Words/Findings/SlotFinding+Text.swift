import LOBAdvice

extension SlotFinding {
    /// - Parameter name: of the slot, the table or the column.
    func text(of name: String) -> FindingText {
        switch self {
        case .tableMissing(let table, let isOfPGLogical):
            .init(
                "\"\(name)\" is in no slot: no task migrates its changes",
                remedy: isOfPGLogical
                    ? Self.adding(table, to: "SET") : "add the table to a slot, or leave it out of the scope")
        case .tableRepeated(let slots):
            .init(
                "\"\(name)\" is in \(slots.count) slots (\(Self.list(slots))): its changes are applied more than once",
                remedy: "leave it in one of them")
        case .carried(let found, let slot): found.text(of: name, slot.losslessText)
        case .foreignKey(let key): key.text
        case .foreignKeys(let tables, let first):
            .init(
                "foreign keys of \(tables) tables lead into another of the proposed slots, such as those of "
                    + "\"\(first)\": \(Self.arrivesFirst)",
                remedy:
                    "let the target not check \(Self.withoutChecks), or put tables "
                    + "that belong together into one slot with --slots FILE, where batch apply is then ruled out by the first table "
                    + "that does not allow it")
        case .mappingTooLarge(let bytes):
            .init(
                "the mapping of the task \(name) has \(bytes) bytes, AWS takes up to \(MappingDocument.largestDocument)",
                remedy:
                    "divide its replication sets between two slots: a slot belongs to one task, so lobscope cannot divide it"
            )
        case .onPrimaryOnly(let slots):
            .init(
                "a replica was read, and slots of the primary are not on its replicas: whether "
                    + "\(Self.list(slots)) exist, and from which position they send changes, is not known",
                remedy:
                    "on the primary: SELECT slot_name, plugin, confirmed_flush_lsn FROM pg_replication_slots;"
            )
        case .nameInvalid:
            .init(
                "the replication set \"\(name)\" has a name that no slot can have (small letters, digits and underscores)",
                remedy: "put its tables into a set with the name of the slot that a task reads")
        case .notOnServer(let plugin):
            .init(
                "the replication set \"\(name)\" has no logical slot of its name on this server",
                remedy: "SELECT pg_create_logical_replication_slot('\(name)', '\(plugin.rawValue)');")
        case .read(let found): found.text(of: name)
        }
    }

    private static func list(_ slots: [Identifier]) -> String {
        slots.map(\.losslessText).joined(separator: ", ")
    }

    /// - Parameter set: as SQL text.
    fileprivate static func adding(_ table: RelationName, to set: String) -> String {
        "SELECT pglogical.replication_set_add_table(\(set), \(SQLText.literal(SQLText.quoted(table))));"
    }

    fileprivate static let arrivesFirst = "a row can arrive before the one that it refers to"
    fileprivate static let withoutChecks =
        "(session_replication_role = replica) and say so with --no-target-foreign-keys"
}

extension SlotFinding.Carried {
    fileprivate func text(of name: String, _ slot: String) -> FindingText {
        switch self {
        case .outOfScope:
            .init(
                "\"\(name)\" is in the slot \"\(slot)\", but not in the profile: the mapping leaves it out",
                remedy: "nothing to do where that is meant; else widen the scope")
        case .rowFilter:
            .init(
                "\"\(name)\" has a row filter in the slot \"\(slot)\": sizes are those of all rows",
                remedy: "nothing to do: the limit holds for the filtered rows too")
        case .withoutColumn:
            .init(
                "\"\(name)\" is outside the column list of the slot \"\(slot)\": it is not counted",
                remedy: "nothing to do where the target does not need it")
        case .withoutChanges(let changes, let table, let set):
            .init(
                "\"\(name)\" is in the slot \"\(slot)\", but in no replication set of it that replicates "
                    + "\(changes.map { "\($0.rawValue)s" }.joined(separator: " and ")): these changes are lost",
                remedy: SlotFinding.adding(table, to: SQLText.literal(set.losslessText)))
        case .notCarried(let task):
            .init(
                "the task\(task.map { " \($0)" } ?? "") selects \"\(name)\", and the slot \"\(slot)\" that it reads does not carry it: "
                    + "its changes are lost",
                remedy:
                    "add it to the replication sets of the slot, or select it in the task whose slot carries it"
            )
        }
    }
}

extension SlotFinding.Reading {
    fileprivate func text(of name: String) -> FindingText {
        switch self {
        case .shared(let tasks, let named):
            .init(
                "\(tasks) tasks\(named.isEmpty ? "" : " (\(named.joined(separator: ", ")))") capture changes from the slot \"\(name)\", which sends each "
                    + "change once, to one connection: only one of them runs",
                remedy: "give each task a source endpoint with a slot of its own")
        case .pluginDiffers(let plugin, let wanted):
            .init(
                "the slot \"\(name)\" decodes with \(plugin), and PluginName of its source endpoint says \(wanted)",
                remedy: OutputPlugin(settingsName: plugin).map {
                    "set PluginName of the source endpoint to \($0.settingsName), as --plugin \($0.rawValue) does"
                } ?? "DMS reads slots of pglogical and test_decoding: make another slot for it")
        case .unknown:
            .init(
                "no replication set had the name of the slot \"\(name)\" when the profile was made, so that pglogical sends it no "
                    + "changes",
                remedy: "check SlotName of the source endpoint, and profile again where the slot is newer")
        }
    }
}

extension SlotFinding.CrossingKey {
    fileprivate var text: FindingText {
        let names = { (slots: [Identifier]) in slots.map(\.losslessText).joined(separator: ", ") }
        return .init(
            "the foreign key \"\(name.losslessText)\" of \"\(table.losslessText)\" (slot \(names(slots))) leads to "
                + "\"\(other.losslessText)\" (slot \(names(otherSlots))): \(SlotFinding.arrivesFirst)",
            remedy:
                "put both tables into one slot, or let the target not check \(SlotFinding.withoutChecks)")
    }
}
