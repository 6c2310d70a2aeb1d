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
        guard areForeignKeysChecked, model.target.batchApply == .allowed, let (subject, verb) = keyed else {
            return []
        }
        return [
            LintID.batchApplyWithForeignKeys.finding(
                .warning, task.subject,
                "BatchApplyEnabled is true, and \(subject) \(verb) foreign keys: batches almost always violate them where the "
                    + "target checks them, and are applied row by row then",
                remedy: "set BatchApplyEnabled to false, or " + Self.withoutChecks,
                reference: Self.reference)
        ]
    }

    /// Foreign keys are all that stands against batches: that is a choice, and the reader's.
    private var couldBeOn: [Finding] {
        guard policy.migrationType.includesCDC, task.settings != nil, areForeignKeysChecked,
            model.target.batchApply == .allowed, let (subject, verb) = keyed,
            tables.allSatisfy({
                $0.table.relation.taskTable(mode: $0.mode, bulkMaxSize: Kibibytes(0)).isBatchable
            })
        else { return [] }
        return [
            LintID.batchApplyOffForForeignKeys.finding(
                .info, task.subject,
                "changes are applied row by row, because \(subject) \(verb) foreign keys, which batches violate; nothing else "
                    + "stands against batches",
                remedy: Self.withoutChecks, reference: Self.reference)
        ]
    }

    private var keyed: (subject: String, verb: String)? {
        let names = withKeys
        guard let first = names.first else { return nil }
        return names.count == 1
            ? ("\"\(first.losslessText)\"", "has")
            : ("\(names.count) tables, such as \"\(first.losslessText)\",", "have")
    }

    private static let withoutChecks =
        "let the target not check while changes are applied (afterConnectScript=SET session_replication_role='replica' "
        + "among the extra connection attributes of a PostgreSQL target), and say so with --no-target-foreign-keys"
    private static let reference = GuidePage.changeProcessing

    private var impossible: [Finding] {
        let target = model.target
        guard target.batchApply != .loses else {
            return [
                LintID.batchApplyOfTarget.finding(
                    .error, task.subject,
                    "BatchApplyEnabled is true, and the target \(target.rawValue) does not support it: data can get lost",
                    remedy: "set BatchApplyEnabled to false",
                    reference: .target(target))
            ]
        }
        return tables.compactMap { treated in
            let (name, table) = (treated.name, treated.table)
            let remedy = "set BatchApplyEnabled to false, or give the table a task of its own"
            if treated.mode == .unlimited {
                return LintID.batchApplyWithUnlimited.finding(
                    .warning, name,
                    "\"\(name)\" is unlimited, and BatchApplyEnabled is true: batches fail and are applied row by row",
                    remedy: remedy, reference: GuidePage.assessments)
            }
            if table.relation.hasPrimaryKeyAndOtherUniqueIndex { return withUniqueIndex(name, remedy) }
            guard !table.relation.hasKey, target.batchApply != .wanted else { return nil }
            return LintID.batchApplyWithoutKey.finding(
                .warning, name,
                "\"\(name)\" has no key, and BatchApplyEnabled is true: its inserts go in batches, updates and deletes do not",
                remedy: remedy, reference: GuidePage.assessments)
        }
    }

    /// A fault of the task, but where the target wants batches only something to know; nil where that has no effect.
    ///
    /// Redshift enforces no unique constraint; AWS's assessment does not tell targets apart.
    private func withUniqueIndex(_ name: String, _ remedy: String) -> Finding? {
        let message =
            "\"\(name)\" has a primary key and another unique index or exclusion constraint, and BatchApplyEnabled is true"
        guard model.target.batchApply == .wanted else {
            return LintID.batchApplyWithUniqueIndex.finding(
                .error, name, "\(message): rows can get lost", remedy: remedy,
                reference: GuidePage.assessments)
        }
        guard policy.migrationType.includesCDC else { return nil }
        return LintID.batchApplyWithUniqueIndex.finding(
            .warning, name,
            "\(message), as the user guide recommends for \(model.target.rawValue): AWS says of batches that rows of such a table can get "
                + "lost",
            remedy:
                "compare its rows with the source after changes; where any are missing, give the table a task of its own with "
                + "BatchApplyEnabled false",
            reference: GuidePage.assessments)
    }
}
