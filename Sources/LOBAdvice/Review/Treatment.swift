public import DMS

/// What a task does with one table that it migrates, as far as LOBs are concerned.
public struct Treatment: Sendable, Hashable {
    /// The table or leaf partition.
    public let relation: RelationName
    /// The task's name; nil where the file gives none.
    public let task: String?
    /// The rules that select it, such as `rule 3`.
    public let selectedBy: [String]
    /// Whether filters keep some of its rows back.
    public let isFiltered: Bool
    /// Mode and limit, and what decides them; nil where no column that arrives is a LOB.
    public let lobs: EffectiveLOBs?
    /// Columns that a rule leaves out, in the order of names.
    public let removed: [Identifier]
    /// P(at least one present or expected value above the limit); 0 without a limit; nil where it is not known.
    public let risk: Double?
}

/// A table as a task sees it, with what is needed to judge it.
struct TreatedTable {
    /// The task, and what it is held against.
    let model: TaskModel
    /// What was measured, without the columns that a rule leaves out.
    let table: TableProfile
    let selection: MappingSelection.Answer
    /// Columns that a rule leaves out.
    let removed: [Identifier]
    /// LOB columns on which rules try what DMS does not support.
    let transformed: [(column: Identifier, action: ColumnRules.Action)]
    let lobs: EffectiveLOBs

    /// The table under a task; nil where the task does not migrate it.
    init?(_ table: TableProfile, under model: TaskModel) {
        let selection = model.selection(of: table.relation.name)
        guard selection.isSelected else { return nil }
        let fates = model.fates(of: table.relation.columns.map(\.name), in: table.relation.name)
        var kept = table
        let isKept = { (column: Column) in
            if case .removed = fates[column.name] { false } else { true }
        }
        kept.relation.columns = table.relation.columns.filter(isKept)
        kept.columns = table.columns.filter { isKept($0.column) }
        self.model = model
        self.table = kept
        self.selection = selection
        removed = table.relation.columns.filter { !isKept($0) }.map(\.name).sorted()
        transformed = kept.relation.lobColumns.flatMap { column in
            guard case .transformed(let actions) = fates[column.name] else {
                return [(column: Identifier, action: ColumnRules.Action)]()
            }
            return actions.map { (column.name, $0) }
        }
        lobs = model.lobs(of: table.relation.name)
    }

    var name: String { table.relation.name.losslessText }
    var lobColumns: Int { table.relation.lobColumns.count }
    var hasLOBs: Bool { !table.relation.lobColumns.isEmpty }
    /// The mode that the table's LOBs get; `none` without any.
    var mode: LOBMode { hasLOBs ? lobs.mode : .none }
    /// The limit at which values are cut; nil where nothing is.
    var limit: Kibibytes? { hasLOBs ? lobs.limit : nil }

    /// The rules that select it, for people.
    var selectedBy: [String] {
        selection.selectedBy.map { model.task.mapping.rules[$0].shortLabel(at: $0) }
    }

    /// The table as the preflight of catalog and sizes takes it.
    ///
    /// - Parameter recommender: knows what logs told of.
    func subject(_ recommender: Recommender) -> Preflight.Subject {
        let logged = table.relation.columns.compactMap { column in
            recommender.loggedSize(of: column.name, in: table.relation).map { (column.number, $0.size) }
        }
        return Preflight.Subject(
            relation: table.relation, mode: mode, limit: limit,
            largest: table.largestSizes.merging(logged) { max($0, $1) },
            unmeasured: Set(table.columns.filter(\.isWithoutSizes).map(\.column.number)),
            utf8BytesPerByte: recommender.profile.server.utf8BytesPerByte,
            isBatchApplyEnabled: model.task.settings?.isBatchApplyEnabled ?? false,
            endpoint: model.task.endpoint)
    }
}
