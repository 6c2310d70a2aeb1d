import DMS
import SizeStatistics

/// What tables of one task have in common: a limit, and the risk that a person accepts.
extension Recommender {
    /// The tables with one limit for all that must share it.
    ///
    /// Tables whose values must not be cut share the task's LobMaxSize, since that is what FailTasksOnLobTruncation looks
    /// at (DMS user guide, PostgreSQL source). Targets without table settings know no other limit (DMS user guide, table
    /// settings), and none of them has full LOB mode: there all tables share it, and one of which no limit is known is limited
    /// too: that is an error, which ``TargetPreflight`` tells. A table that no rule selects is in no task, and raises no limit.
    func underTaskLimits(_ tables: [TableRecommendation]) -> [TableRecommendation] {
        let hasRules = target.supportsTableLOBSettings
        let sharing = tables.filter {
            $0.isSelected && $0.mode == .limited && (!hasRules || !$0.isTruncationOK)
        }
        let tasks = Dictionary(sharing.map { ($0.name, taskNames(of: $0)) }) { first, _ in first }
        var limits: [Identifier?: Kibibytes] = [:]
        for table in sharing {
            for task in tasks[table.name] ?? [] {
                limits[task] = max(limits[task] ?? table.bulkMaxSize, table.bulkMaxSize)
            }
        }
        return tables.map { table in
            guard table.isSelected, table.mode == .limited || (!hasRules && table.mode == .unlimited) else {
                return table
            }
            let own = (tasks[table.name] ?? taskNames(of: table)).compactMap { limits[$0] }
            // A table that two tasks read is cut by the smaller limit, unless its rule says otherwise.
            let shared =
                hasRules ? tasks[table.name].flatMap { _ in own.max() } : own.min() ?? .dmsDefault
            guard let limit = shared, table.mode == .unlimited || limit != table.bulkMaxSize else {
                return table
            }
            return table.replaced(
                by: ModeChoice(
                    mode: .limited, bulkMaxSize: limit,
                    reason: .shared(table.reason, limit: limit, isOnlyLimit: !hasRules)), self)
        }
    }

    /// The tables that `limited-when-safe` limits only as long as their risks together stay within the accepted one, those
    /// of the smallest risk first.
    func withinJointRisk(_ tables: [TableRecommendation]) -> [TableRecommendation] {
        let candidates = tables.filter { table in
            table.isSelected && table.mode == .limited && !table.isTruncationOK
                && target.supportsFullLOBMode
                && table.columns.first.map { policy(of: $0.relation).strategy == .limitedWhenSafe } ?? false
        }.map { (table: $0, risk: modelRisk(of: $0)) }
        var taken: [TableRecommendation] = []
        var refused: Set<RelationName> = []
        for (table, risk) in candidates.sorted(by: { ($0.risk, $0.table.name) < ($1.risk, $1.table.name) })
        where risk > 0 {
            if joint(taken + [table]) <= policy.risk {
                taken.append(table)
            } else {
                refused.insert(table.name)
            }
        }
        guard !refused.isEmpty else { return tables }
        return tables.map { table in
            guard refused.contains(table.name) else { return table }
            let inline = InlineSize.choose(
                for: table.readColumns.map(\.profile), sizing: policy.sizing,
                utf8BytesPerByte: profile.server.utf8BytesPerByte)
            return table.replaced(
                by: ModeChoice(
                    mode: .unlimited, bulkMaxSize: inline, reason: .overJointRisk(accepted: policy.risk)),
                self)
        }
    }

    /// The probability that a value of any limited table is cut whose values must not be, as it may be printed; nil where it
    /// is not known of one of them.
    func jointRisk(of tables: [TableRecommendation]) -> Double? {
        let limited = tables.filter { $0.isSelected && $0.mode == .limited && !$0.isTruncationOK }
        let shown = limited.map(\.risk)
        guard !shown.contains(nil) else { return nil }
        return max(joint(limited), shown.compactMap(\.self).max() ?? 0)
    }

    /// The joint risk of tables at their limits; what rests on the rows present and on those to come is told apart.
    private func joint(_ tables: [TableRecommendation]) -> Double {
        let isSampled = { (table: TableRecommendation) in
            table.readColumns.contains {
                $0.profile.column.lobClass != .none && !$0.estimate.coverage.isCertain
            }
        }
        return Risk.joint(
            tables.filter(isSampled).map(modelRisk), forecast: tables.filter { !isSampled($0) }.map(modelRisk)
        )
    }

    private func modelRisk(of table: TableRecommendation) -> Double {
        risk(of: table, at: table.bulkMaxSize, .rule) ?? 0
    }

    var target: TargetEngine { profile.deployment?.target ?? .postgres }

    /// The slots that carry it; nil for the only task.
    private func taskNames(of table: TableRecommendation) -> [Identifier?] {
        guard let slots = profile.deployment?.slots?.slots else { return [nil] }
        let leaves = Set(table.leaves)
        return slots.filter { !leaves.isDisjoint(with: $0.tables) }.map(\.name)
    }
}

extension TableRecommendation {
    /// The table with another mode and size, and the risk of those.
    func replaced(by choice: ModeChoice, _ recommender: Recommender) -> TableRecommendation {
        let lobs = readColumns.filter { $0.profile.column.lobClass != .none }
        return TableRecommendation(
            name: name, leaves: leaves, unmigratedKind: unmigratedKind,
            columns: columns.map { recommender.withRisk($0, choice) }, limit: limit, setting: setting,
            mode: choice.mode, bulkMaxSize: choice.bulkMaxSize, isTruncationOK: isTruncationOK,
            risk: recommender.risk(of: lobs, under: choice, isKnown: limit != nil), reason: choice.reason,
            inherited: inherited.map { recommender.withRisk($0, choice) }, isSelected: isSelected)
    }
}
