/// What is wrong or doubtful with an assignment of tables to slots.
struct SlotPreflight {
    let slots: SlotAssignment
    let profile: Profile

    private var migrated: [Relation] {
        profile.tables.map(\.relation).filter { $0.isSelected(by: profile.policy) }
    }

    var findings: [Finding] {
        tables + slots.slots.flatMap { ofSlot($0) } + replica + foreignKeys
    }

    /// What a replica cannot say of slots, instead of what it would wrongly say.
    private var replica: [Finding] {
        let missing = slots.slots.filter { $0.isOnServer == false }.map(\.name.losslessText)
        guard profile.server.isReplica, !missing.isEmpty else { return [] }
        return [
            SlotID.onPrimaryOnly.finding(
                .info, "slots",
                "a replica was read, and slots of the primary are not on its replicas: whether "
                    + "\(missing.joined(separator: ", ")) exist, and from which position they send changes, is not known",
                remedy:
                    "on the primary: SELECT slot_name, plugin, confirmed_flush_lsn FROM pg_replication_slots;"
            )
        ]
    }

    private var tables: [Finding] {
        migrated.compactMap { relation in
            let name = relation.name.losslessText
            let carrying = slots.slots(of: relation.name).map(\.name.losslessText)
            if carrying.isEmpty, relation.name.isSpellableInMapping {
                return SlotID.tableMissing.finding(
                    .warning, name, "\"\(name)\" is in no slot: no task migrates its changes",
                    remedy: slots.source == .pglogical
                        ? "SELECT pglogical.replication_set_add_table(SET, \(SQLText.literal(SQLText.quoted(relation.name))));"
                        : "add the table to a slot, or leave it out of the scope")
            }
            guard carrying.count > 1 else { return nil }
            return SlotID.tableRepeated.finding(
                .error, name,
                "\"\(name)\" is in \(carrying.count) slots (\(carrying.joined(separator: ", "))): its changes are applied "
                    + "more than once",
                remedy: "leave it in one of them")
        }
    }

    private func ofSlot(_ slot: SlotAssignment.Slot) -> [Finding] {
        let known = Set(profile.tables.map(\.relation.name))
        let gone = slot.tables.filter { !known.contains($0) }
        let name = slot.name.losslessText
        var found: [Finding] = gone.map { table in
            SlotID.tableOutOfScope.finding(
                .info, table.losslessText,
                "\"\(table.losslessText)\" is in the slot \"\(name)\", but not in the profile: the mapping leaves it out",
                remedy: "nothing to do where that is meant; else widen the scope")
        }
        found += slot.filteredTables.map { table in
            SlotID.rowFilter.finding(
                .info, table.losslessText,
                "\"\(table.losslessText)\" has a row filter in the slot \"\(name)\": sizes are those of all rows",
                remedy: "nothing to do: the limit holds for the filtered rows too")
        }
        found += changes(slot)
        if !slot.name.isSlotName {
            found.append(
                SlotID.nameInvalid.finding(
                    .error, name,
                    "the replication set \"\(name)\" has a name that no slot can have (small letters, digits and underscores)",
                    remedy: "put its tables into a set with the name of the slot that a task reads"))
        } else if slot.isOnServer == false, !profile.server.isReplica {
            found.append(
                SlotID.notOnServer.finding(
                    // Without changes no task reads it.
                    profile.policy.migrationType.includesCDC ? .warning : .info, name,
                    "the replication set \"\(name)\" has no logical slot of its name on this server",
                    remedy: "SELECT pg_create_logical_replication_slot('\(name)', "
                        + "'\((profile.deployment?.plugin ?? .pglogical).rawValue)');"))
        }
        return found + columns(slot)
    }

    /// Inserts come from the set with an `i` before the slot's name, updates and deletes from the one with its name (DMS user
    /// guide, PostgreSQL source); pglogical takes no table without a key into the latter.
    private func changes(_ slot: SlotAssignment.Slot) -> [Finding] {
        (slot.missingChanges ?? []).compactMap { entry in
            guard let relation = migrated.first(where: { $0.name == entry.table }) else { return nil }
            let lost = entry.changes.filter {
                $0 == .insert || relation.primaryKey != nil || relation.replicaIdentity == .index
            }
            guard let first = lost.first else { return nil }
            let set = first == .insert ? Identifier(bytes: [0x69] + slot.name.bytes) : slot.name
            let name = entry.table.losslessText
            return SlotID.changesMissing.finding(
                .error, name,
                "\"\(name)\" is in the slot \"\(slot.name.losslessText)\", but in no replication set of it that replicates "
                    + "\(lost.map { "\($0.rawValue)s" }.joined(separator: " and ")): these changes are lost",
                remedy: "SELECT pglogical.replication_set_add_table(\(SQLText.literal(set.losslessText)), "
                    + "\(SQLText.literal(SQLText.quoted(entry.table))));")
        }
    }

    private func columns(_ slot: SlotAssignment.Slot) -> [Finding] {
        slot.columnLists.flatMap { list -> [Finding] in
            let relation = migrated.first { $0.name == list.table }
            let outside = (relation?.lobColumns ?? []).filter { !list.columns.contains($0.name) }
            return outside.map { column in
                let path = "\(list.table.losslessText).\(column.name.losslessText)"
                return SlotID.columnNotReplicated.finding(
                    .info, path,
                    "\"\(path)\" is outside the column list of the slot \"\(slot.name.losslessText)\": it is not counted",
                    remedy: "nothing to do where the target does not need it")
            }
        }
    }

    /// Each pair of tables is told once; what crosses slots that nobody but us has proposed, all at once.
    private var foreignKeys: [Finding] {
        guard profile.deployment?.targetChecksForeignKeys != false else { return [] }
        let crossing = crossingKeys
        guard slots.source == .auto, crossing.count > 1, let first = crossing.first else { return crossing }
        return [
            SlotID.foreignKeyCrosses.finding(
                .warning, "slots",
                "foreign keys of \(crossing.count) tables lead into another of the proposed slots, such as those of "
                    + "\"\(first.subject)\": a row can arrive before the one that it refers to",
                remedy:
                    "let the target not check (session_replication_role = replica) and say so with --no-target-foreign-keys, or put tables "
                    + "that belong together into one slot with --slots FILE, where batch apply is then ruled out by the first table "
                    + "that does not allow it"
            )
        ]
    }

    /// Leaves are taken for their root, which is what a foreign key names.
    private var crossingKeys: [Finding] {
        let logical = Dictionary(migrated.map { ($0.name, $0.logicalName) }) { first, _ in first }
        var slotsByTable: [RelationName: Set<Identifier>] = [:]
        for slot in slots.slots {
            for table in slot.tables { slotsByTable[logical[table] ?? table, default: []].insert(slot.name) }
        }
        var told: Set<[RelationName]> = []
        return migrated.flatMap { relation in
            (relation.foreignKeys ?? []).compactMap { key in
                let table = relation.logicalName
                let other = logical[key.references] ?? key.references
                guard let here = slotsByTable[table], let there = slotsByTable[other],
                    here.isDisjoint(with: there), told.insert([table, other]).inserted
                else { return nil }
                return finding(key, of: table, here, to: other, there)
            }
        }
    }

    private func finding(
        _ key: ForeignKey, of table: RelationName, _ here: Set<Identifier>, to other: RelationName,
        _ there: Set<Identifier>
    ) -> Finding {
        let names = { (slots: Set<Identifier>) in slots.sorted().map(\.losslessText).joined(separator: ", ") }
        return SlotID.foreignKeyCrosses.finding(
            .warning, table.losslessText,
            "the foreign key \"\(key.name.losslessText)\" of \"\(table.losslessText)\" (slot \(names(here))) leads to "
                + "\"\(other.losslessText)\" (slot \(names(there))): a row can arrive before the one that it refers to",
            remedy:
                "put both tables into one slot, or let the target not check (session_replication_role = replica) and say so with "
                + "--no-target-foreign-keys"
        )
    }
}

/// Mappings that AWS would refuse for their size: those of slots of the server, as all others are divided between tasks.
enum MappingSizePreflight {
    static func findings(_ tasks: [TaskRecommendation], of source: SlotAssignment.Source?) -> [Finding] {
        guard source == .pglogical else { return [] }
        return tasks.compactMap { task in
            let count = task.mapping.jsonBytes.count
            guard let name = task.name?.losslessText, count > MappingDocument.largestDocument else {
                return nil
            }
            return SlotID.mappingTooLarge.finding(
                .error, name,
                "the mapping of the task \(name) has \(count) bytes, AWS takes up to \(MappingDocument.largestDocument)",
                remedy:
                    "divide its replication sets between two slots: a slot belongs to one task, so lobscope cannot divide it"
            )
        }
    }
}
