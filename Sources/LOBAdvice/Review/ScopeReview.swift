/// Tables that no task migrates, and rules for tables that are not there.
struct ScopeReview {
    private let tasks: [DeployedTask]
    private let relations: [Relation]
    private let policy: Policy

    init(tasks: [DeployedTask], relations: [Relation], policy: Policy) {
        self.tasks = tasks
        self.relations = relations
        self.policy = policy
    }

    var findings: [Finding] { missing + unspellable + gone + doubled + twice }

    /// Tables that two tasks read: their rows or changes are written twice.
    private var twice: [Finding] {
        guard tasks.count > 1 else { return [] }
        let selections = tasks.map { MappingSelection($0.mapping) }
        return relations.filter(\.kind.isMigratable).compactMap { relation in
            let answers = selections.map { $0.answer(for: relation.name) }
            let reading = zip(tasks, answers).filter { $0.1.isSelected }
            // Filters may divide the rows between the tasks.
            guard reading.count > 1, !reading.allSatisfy({ $0.1.isFiltered }) else { return nil }
            // A full load in one task and the changes in another is a way to do it.
            let types = reading.map { $0.0.migrationType ?? policy.migrationType }
            let loads = types.count(where: \.includesFullLoad)
            let captures = types.count(where: \.includesCDC)
            guard loads > 1 || captures > 1 else { return nil }
            return LintID.tableTwice.finding(
                .error, relation.name.losslessText,
                .rule(.selectedTwice(tasks: reading.count, areChanges: captures > 1)), nil)
        }
    }

    /// Tables whose rows a full load reads under the name of a selected table from which they inherit.
    private func readWithParents(_ selections: [MappingSelection]) -> Set<RelationName> {
        let types = tasks.map { $0.migrationType ?? policy.migrationType }
        guard types.allSatisfy({ $0 == .fullLoad }) else { return [] }
        let parents = relations.filter { parent in
            parent.isInheritanceParent && selections.contains { $0.selects(parent.name) }
        }
        return Set(parents.flatMap { $0.descendants ?? [] })
    }

    /// Inheritance parents that a full load reads beside their descendants.
    private var doubled: [Finding] {
        // A file that says how its task migrates knows better than the policy of the profile.
        let loading = tasks.filter { ($0.migrationType ?? policy.migrationType).includesFullLoad }
        let parents = loading.isEmpty ? [] : relations.filter(\.isInheritanceParent)
        guard !parents.isEmpty else { return [] }
        let selections = loading.map { MappingSelection($0.mapping) }
        let isSelected = { (name: RelationName) in selections.contains { $0.selects(name) } }
        return parents.filter { isSelected($0.name) }.compactMap { parent in
            let twice = (parent.descendants ?? []).filter(isSelected)
            guard let first = twice.first else { return nil }
            return FindingID.inheritanceParent.finding(
                .error, parent.name.losslessText, .tree(.selectedParent(first, tables: twice.count)), .source)
        }
    }

    /// Tables that no rule can name, and that no wildcard happens to select.
    private var unspellable: [Finding] {
        let selections = tasks.map { MappingSelection($0.mapping) }
        return relations.filter { relation in
            relation.isSelected(by: policy) && !selections.contains { $0.selects(relation.name) }
        }.compactMap(DatabasePreflight.unspellable)
    }

    private var missing: [Finding] {
        let selections = tasks.map { MappingSelection($0.mapping) }
        let inherited = readWithParents(selections)
        let lost = relations.filter { relation in
            !inherited.contains(relation.name) && relation.isSelected(by: policy)
                && relation.name.isSpellableInMapping
                && !selections.contains { $0.selects(relation.name) }
        }
        return lost.map { relation in
            LintID.tableMissing.finding(.warning, relation.name.losslessText, .rule(.notSelected), nil)
        }
    }

    private var gone: [Finding] {
        let known = Set(relations.map(\.name))
        let roots = Set(relations.compactMap(\.root))
        let named = Set(tasks.flatMap(\.mapping.rules).filter(\.namesOneTable).compactMap(\.locator))
        return named.subtracting(known).sorted().map { table in
            let name = table.losslessText
            guard roots.contains(table) else {
                return LintID.tableGone.finding(.warning, name, .rule(.unknownTable), nil)
            }
            return LintID.rootInsteadOfLeaves.finding(.error, name, .rule(.namesRoot), .source)
        }
    }
}

extension MappingRule {
    /// Whether the rule names exactly one table, rather than a pattern.
    var namesOneTable: Bool {
        ruleType == .tableSettings || (ruleType == .selection && action == .explicit && !selectsOnlyViews)
    }
}
