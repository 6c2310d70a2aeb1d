/// Targets without table settings: the limit of the task, its LobMaxSize, holds for every table (DMS user guide, table settings).
extension Recommender {
    /// The tables as the limit of their task treats them, where the target knows no other; else unchanged.
    ///
    /// A table of which no limit is known is limited too as soon as its task is: that is an error, which
    /// ``TargetPreflight`` tells.
    func underTaskLimits(_ tables: [TableRecommendation]) -> [TableRecommendation] {
        guard !target.supportsTableLOBSettings else { return tables }
        let tasks = Dictionary(tables.map { ($0.name, taskNames(of: $0)) }) { first, _ in first }
        var limits: [Identifier?: Kibibytes] = [:]
        for table in tables where table.mode == .limited {
            for task in tasks[table.name] ?? [] {
                limits[task] = max(limits[task] ?? table.bulkMaxSize, table.bulkMaxSize)
            }
        }
        return tables.map { table in
            // A table that two tasks read is cut by the smaller limit.
            let limit = (tasks[table.name] ?? []).compactMap { limits[$0] }.min()
            guard table.mode == .limited, let limit, limit != table.bulkMaxSize else { return table }
            return limited(table, to: limit)
        }
    }

    var target: TargetEngine { profile.deployment?.target ?? .postgres }

    /// The slots that carry it; nil for the only task.
    private func taskNames(of table: TableRecommendation) -> [Identifier?] {
        guard let slots = profile.deployment?.slots?.slots else { return [nil] }
        let leaves = Set(table.leaves)
        return slots.filter { !leaves.isDisjoint(with: $0.tables) }.map(\.name)
    }

    private func limited(_ table: TableRecommendation, to limit: Kibibytes) -> TableRecommendation {
        let choice = ModeChoice(
            mode: .limited, bulkMaxSize: limit,
            reason: table.reason + "; the target has one limit for the task, \(limit.count) KB")
        return TableRecommendation(
            name: table.name, leaves: table.leaves, unmigratedKind: table.unmigratedKind,
            columns: table.columns.map { withRisk($0, choice) }, limit: table.limit, setting: table.setting,
            mode: .limited, bulkMaxSize: limit, isTruncationOK: table.isTruncationOK,
            risk: risk(
                of: table.readColumns.filter { $0.profile.column.lobClass != .none }, under: choice,
                isKnown: table.limit != nil),
            reason: choice.reason, inherited: table.inherited.map { withRisk($0, choice) },
            isSelected: table.isSelected)
    }
}
