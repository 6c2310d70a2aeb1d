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
        let name = slot.losslessText
        let tasks = readers.compactMap(\.task.name).sorted().joined(separator: ", ")
        return [
            LintID.slotShared.finding(
                .error, name,
                "\(readers.count) tasks\(tasks.isEmpty ? "" : " (\(tasks))") capture changes from the slot \"\(name)\", which sends each "
                    + "change once, to one connection: only one of them runs",
                remedy: "give each task a source endpoint with a slot of its own", reference: GuidePage.source
            )
        ]
    }

    /// A slot keeps the plugin that it was made with.
    private func plugin(of slot: SlotAssignment.Slot, _ reader: Reader) -> [Finding] {
        // pglogical's library has either name.
        guard let wanted = reader.task.endpoint?.plugin?.rawValue, let plugin = slot.plugin,
            !plugin.utf8.starts(with: wanted.utf8)
        else { return [] }
        let name = slot.name.losslessText
        return [
            SlotID.pluginDiffers.finding(
                .error, name,
                "the slot \"\(name)\" decodes with \(plugin), and PluginName of its source endpoint says \(wanted)",
                remedy: OutputPlugin(settingsName: plugin).map {
                    "set PluginName of the source endpoint to \($0.settingsName), as --plugin \($0.rawValue) does"
                }
                    ?? "DMS reads slots of pglogical and test_decoding: make another slot for it")
        ]
    }

    /// Whether the sets of pglogical decide what a task gets.
    private func readsSets(_ reader: Reader) -> Bool {
        assignment?.source == .pglogical && reader.task.endpoint?.plugin != .testDecoding
    }

    /// The sets of the profile were all there were.
    private func unknown(_ slot: Identifier, _ reader: Reader) -> [Finding] {
        guard readsSets(reader) else { return [] }
        let name = slot.losslessText
        return [
            LintID.slotUnknown.finding(
                .warning, name,
                "no replication set had the name of the slot \"\(name)\" when the profile was made, so that pglogical sends it no "
                    + "changes",
                remedy: "check SlotName of the source endpoint, and profile again where the slot is newer",
                reference: GuidePage.source)
        ]
    }

    /// A slot of pglogical sends changes of the tables in its replication sets, and of no others.
    private func carried(by slot: SlotAssignment.Slot, _ reader: Reader) -> [Finding] {
        guard readsSets(reader) else { return [] }
        let carried = Set(slot.tables)
        return reader.tables.filter { !carried.contains($0) }.map { table in
            let name = table.losslessText
            return LintID.slotWithoutTable.finding(
                .error, name,
                "the task\(reader.task.name.map { " \($0)" } ?? "") selects \"\(name)\", and the slot \"\(slot.name.losslessText)\" that it reads does not carry it: "
                    + "its changes are lost",
                remedy:
                    "add it to the replication sets of the slot, or select it in the task whose slot carries it",
                reference: GuidePage.source)
        }
    }
}
