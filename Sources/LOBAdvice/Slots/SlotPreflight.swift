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
        let missing = slots.slots.filter { $0.isOnServer == false }.map(\.name)
        guard profile.server.isReplica, !missing.isEmpty else { return [] }
        return [
            SlotID.onPrimaryOnly.finding(.info, "slots", .slot(.onPrimaryOnly(missing)))
        ]
    }

    private var tables: [Finding] {
        migrated.compactMap { relation in
            let name = relation.name.losslessText
            let carrying = slots.slots(of: relation.name).map(\.name)
            if carrying.isEmpty, relation.name.isSpellableInMapping {
                return SlotID.tableMissing.finding(
                    .warning, name,
                    .slot(.tableMissing(relation.name, isOfPGLogical: slots.source == .pglogical)))
            }
            guard carrying.count > 1 else { return nil }
            return SlotID.tableRepeated.finding(.error, name, .slot(.tableRepeated(carrying)))
        }
    }

    private func ofSlot(_ slot: SlotAssignment.Slot) -> [Finding] {
        let known = Set(profile.tables.map(\.relation.name))
        let gone = slot.tables.filter { !known.contains($0) }
        let name = slot.name.losslessText
        var found: [Finding] = gone.map { table in
            SlotID.tableOutOfScope.finding(
                .info, table.losslessText, .slot(.carried(.outOfScope, slot: slot.name)))
        }
        found += slot.filteredTables.map { table in
            SlotID.rowFilter.finding(.info, table.losslessText, .slot(.carried(.rowFilter, slot: slot.name)))
        }
        found += changes(slot)
        if !slot.name.isSlotName {
            found.append(SlotID.nameInvalid.finding(.error, name, .slot(.nameInvalid)))
        } else if slot.isOnServer == false, !profile.server.isReplica {
            found.append(
                SlotID.notOnServer.finding(
                    // Without changes no task reads it.
                    profile.policy.migrationType.includesCDC ? .warning : .info, name,
                    .slot(.notOnServer(profile.deployment?.plugin ?? .pglogical))))
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
            return SlotID.changesMissing.finding(
                .error, entry.table.losslessText,
                .slot(.carried(.withoutChanges(lost, of: entry.table, set: set), slot: slot.name)))
        }
    }

    private func columns(_ slot: SlotAssignment.Slot) -> [Finding] {
        slot.columnLists.flatMap { list -> [Finding] in
            let relation = migrated.first { $0.name == list.table }
            let outside = (relation?.lobColumns ?? []).filter { !list.columns.contains($0.name) }
            return outside.map { column in
                let path = "\(list.table.losslessText).\(column.name.losslessText)"
                return SlotID.columnNotReplicated.finding(
                    .info, path, .slot(.carried(.withoutColumn, slot: slot.name)))
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
                .warning, "slots", .slot(.foreignKeys(tables: crossing.count, first: first.subject)))
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
        SlotID.foreignKeyCrosses.finding(
            .warning, table.losslessText,
            .slot(
                .foreignKey(
                    .init(
                        name: key.name, table: table, slots: here.sorted(), other: other,
                        otherSlots: there.sorted()))))
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
            return SlotID.mappingTooLarge.finding(.error, name, .slot(.mappingTooLarge(bytes: count)))
        }
    }
}
