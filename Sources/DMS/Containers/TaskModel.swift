/// What one deployed task does with each table: the one place that everybody asks.
package struct TaskModel {
    package let task: DeployedTask
    package let target: TargetEngine
    private let selection: MappingSelection
    private let columns: ColumnRules
    private let lobRules: [RelationName: MappingRule]
    private let loads: [RelationName: (rule: Int, load: ParallelLoad)]

    /// Prepares a task.
    package init(_ task: DeployedTask, target: TargetEngine) {
        self.task = task
        self.target = target
        selection = MappingSelection(task.mapping)
        columns = ColumnRules(task.mapping)
        lobRules = task.mapping.lobRulesByTable
        let divided = task.mapping.rules.enumerated().compactMap { index, rule in
            rule.locator.flatMap { table in rule.parallelLoad.map { (table, (rule: index, load: $0)) } }
        }
        loads = Dictionary(divided) { first, _ in first }
    }

    /// By which values a full load of the table is divided, and the position of the rule; nil where it is not.
    package func parallelLoad(of table: RelationName) -> (rule: Int, load: ParallelLoad)? { loads[table] }

    /// What the selection rules say of a table.
    package func selection(of table: RelationName) -> MappingSelection.Answer { selection.answer(for: table) }

    /// Whether the task migrates a table.
    package func selects(_ table: RelationName) -> Bool { selection.selects(table) }

    /// What happens to the LOBs of a table.
    package func lobs(of table: RelationName) -> EffectiveLOBs {
        EffectiveLOBs(settings: task.settings, rule: lobRules[table], target: target)
    }

    /// What transformations do with columns of a table; those that no rule concerns are absent.
    package func fates(of columns: [Identifier], in table: RelationName) -> [Identifier: ColumnRules.Fate] {
        self.columns.fates(of: columns, in: table)
    }
}
