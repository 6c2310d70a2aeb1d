/// Whether changes can go in batches (`BatchApplyEnabled`), by target, modes, keys and foreign keys.
struct BatchReview {
    let model: TaskModel
    let tables: [TreatedTable]
    let profile: Profile
    let policy: Policy

    private var task: DeployedTask { model.task }
    private var isEnabled: Bool { task.settings?.isBatchApplyEnabled ?? false }
    private var areForeignKeysChecked: Bool {
        profile.deployment?.targetChecksForeignKeys ?? model.target.canCheckForeignKeys
    }

    var findings: [Finding] {
        if isEnabled { return impossible + withForeignKeys }
        return couldBeOn
    }

    /// The names of the tables with foreign keys, leaves as their root, sorted.
    private var withKeys: [RelationName] {
        Set(tables.map(\.table.relation).filter { !($0.foreignKeys ?? []).isEmpty }.map(\.logicalName))
            .sorted()
    }

    private var withForeignKeys: [Finding] {
        let names = withKeys
        guard areForeignKeysChecked, model.target.batchApply == .allowed, let first = names.first else {
            return []
        }
        return [
            LintID.batchApplyWithForeignKeys.finding(
                .warning, task.subject, .batch(.foreignKeys(first, tables: names.count)), .changeProcessing)
        ]
    }

    /// Foreign keys are all that stands against batches: that is a choice, and the reader's.
    private var couldBeOn: [Finding] {
        let names = withKeys
        guard policy.migrationType.includesCDC, task.settings != nil, areForeignKeysChecked,
            model.target.batchApply == .allowed, let first = names.first,
            tables.allSatisfy({
                $0.table.relation.taskTable(mode: $0.mode, bulkMaxSize: Kibibytes(0)).isBatchable
            })
        else { return [] }
        return [
            LintID.batchApplyOffForForeignKeys.finding(
                .info, task.subject, .batch(.offForForeignKeys(first, tables: names.count)), .changeProcessing
            )
        ]
    }

    private var impossible: [Finding] {
        let target = model.target
        guard target.batchApply != .loses else {
            return [
                LintID.batchApplyOfTarget.finding(
                    .error, task.subject, .batch(.notOfTarget(target)), .target(target))
            ]
        }
        return tables.compactMap { treated in
            let (name, table) = (treated.name, treated.table)
            if treated.mode == .unlimited {
                return LintID.batchApplyWithUnlimited.finding(
                    .warning, name, .batch(.unlimited), .assessments)
            }
            if table.relation.hasPrimaryKeyAndOtherUniqueIndex { return withUniqueIndex(name) }
            guard !table.relation.hasKey, target.batchApply != .wanted else { return nil }
            return LintID.batchApplyWithoutKey.finding(.warning, name, .batch(.withoutKey), .assessments)
        }
    }

    /// A fault of the task, but where the target wants batches only something to know; nil where that has no effect.
    ///
    /// Redshift enforces no unique constraint; AWS's assessment does not tell targets apart.
    private func withUniqueIndex(_ name: String) -> Finding? {
        guard model.target.batchApply == .wanted else {
            return LintID.batchApplyWithUniqueIndex.finding(.error, name, .batch(.uniqueIndex), .assessments)
        }
        guard policy.migrationType.includesCDC else { return nil }
        return LintID.batchApplyWithUniqueIndex.finding(
            .warning, name, .batch(.uniqueIndexOf(model.target)), .assessments)
    }
}
