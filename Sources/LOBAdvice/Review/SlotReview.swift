import DMS

/// The replication slots that source endpoints name (`SlotName`), against one another and against what was found on the server.
struct SlotReview {
    /// A task that captures changes, with the tables that it selects, in the order of names.
    struct Reader {
        let task: DeployedTask
        let slot: Identifier
        let tables: [RelationName]

        /// nil for a task that reads no slot, or one of its own.
        init?(_ task: DeployedTask, _ type: MigrationType, selecting tables: [RelationName]) {
            guard type.includesCDC, let slot = task.endpoint?.slot else { return nil }
            (self.task, self.slot, self.tables) = (task, slot, tables)
        }
    }

    let readers: [Reader]
    /// What was found on the server, or is proposed; nil where nothing is known of slots.
    let assignment: SlotAssignment?

    var findings: [Finding] {
        let bySlot = Dictionary(grouping: readers, by: \.slot)
        return bySlot.keys.sorted().flatMap { slot in
            let readers = bySlot[slot] ?? []
            let known = assignment?.slots.first { $0.name == slot }
            return shared(slot, readers)
                + readers.flatMap { reader in
                    known.map { plugin(of: $0, reader) + carried(by: $0, reader) } ?? unknown(slot, reader)
                }
        }
    }

    /// PostgreSQL gives a slot to one connection at a time.
    private func shared(_ slot: Identifier, _ readers: [Reader]) -> [Finding] {
        guard readers.count > 1 else { return [] }
        return [
            LintID.slotShared.finding(
                .error, slot.losslessText,
                .slot(.read(.shared(tasks: readers.count, named: readers.compactMap(\.task.name).sorted()))),
                .source)
        ]
    }

    /// A slot keeps the plugin that it was made with.
    private func plugin(of slot: SlotAssignment.Slot, _ reader: Reader) -> [Finding] {
        // pglogical's library has either name.
        guard let wanted = reader.task.endpoint?.plugin?.rawValue, let plugin = slot.plugin,
            !plugin.utf8.starts(with: wanted.utf8)
        else { return [] }
        return [
            SlotID.pluginDiffers.finding(
                .error, slot.name.losslessText, .slot(.read(.pluginDiffers(plugin, wanted: wanted))))
        ]
    }

    /// Whether the sets of pglogical decide what a task gets.
    private func readsSets(_ reader: Reader) -> Bool {
        assignment?.source == .pglogical && reader.task.endpoint?.plugin != .testDecoding
    }

    /// The sets of the profile were all there were.
    private func unknown(_ slot: Identifier, _ reader: Reader) -> [Finding] {
        guard readsSets(reader) else { return [] }
        return [LintID.slotUnknown.finding(.warning, slot.losslessText, .slot(.read(.unknown)), .source)]
    }

    /// A slot of pglogical sends changes of the tables in its replication sets, and of no others.
    private func carried(by slot: SlotAssignment.Slot, _ reader: Reader) -> [Finding] {
        guard readsSets(reader) else { return [] }
        let carried = Set(slot.tables)
        return reader.tables.filter { !carried.contains($0) }.map { table in
            LintID.slotWithoutTable.finding(
                .error, table.losslessText,
                .slot(.carried(.notCarried(task: reader.task.name), slot: slot.name)), .source)
        }
    }
}
