/// What is recommended for one table: a row of the LOB table and a table-settings rule for each leaf.
public struct TableRecommendation: Sendable, Equatable {
    /// The table, or the root of a partitioned one.
    public let name: RelationName
    /// The relations that mapping rules name: the leaves of a partitioned table, else the table itself.
    ///
    /// Empty for what DMS does not migrate.
    public let leaves: [RelationName]
    /// What it is instead of a table that DMS migrates: a materialized view or a foreign table; nil for a table.
    public let unmigratedKind: Relation.Kind?
    public let columns: [ColumnRecommendation]
    /// Columns of tables that inherit from it, whose rows a full load reads under its name too, and of its partitions that are out
    /// of scope: limit, mode and risk count them, and lists show them with their own tables.
    public let inherited: [ColumnRecommendation]
    /// Whether the rules select it: DMS migrates it under the policy (``Relation/isSelected(by:)``), and a rule can spell its name.
    public let isSelected: Bool
    /// The KiB that the largest value asks for; nil where a LOB column was refused or not measured, and
    /// where there is no LOB column.
    public let limit: Kibibytes?
    /// The limit that limited mode takes: ``limit`` with headroom, on the ladder (``LimitLadder``); nil where ``limit`` is.
    public let setting: Kibibytes?
    public let mode: LOBMode
    /// `bulk-max-size` of the table-settings rule; 0 in unlimited mode means a look-up for every LOB.
    public let bulkMaxSize: Kibibytes
    public let isTruncationOK: Bool
    /// P(at least one present or expected row above ``bulkMaxSize``) in limited mode; 0 in unlimited mode, which cuts nothing.
    ///
    /// nil where it is not known, and in unlimited mode where ``limit`` is not known: what was not measured has no risk.
    /// 0 without a LOB column.
    public let risk: Double?
    /// Why this mode and size.
    public let reason: ModeReason

    /// Creates a recommendation.
    public init(
        name: RelationName, leaves: [RelationName], unmigratedKind: Relation.Kind?,
        columns: [ColumnRecommendation],
        limit: Kibibytes?, setting: Kibibytes?, mode: LOBMode, bulkMaxSize: Kibibytes, isTruncationOK: Bool,
        risk: Double?, reason: ModeReason, inherited: [ColumnRecommendation] = [], isSelected: Bool = true
    ) {
        self.inherited = inherited
        self.isSelected = isSelected && unmigratedKind == nil
        self.name = name
        self.leaves = leaves
        self.unmigratedKind = unmigratedKind
        self.columns = columns
        self.limit = limit
        self.setting = setting
        self.mode = mode
        self.bulkMaxSize = bulkMaxSize
        self.isTruncationOK = isTruncationOK
        self.risk = risk
        self.reason = reason
    }

    /// The limit of which is told for how long it is enough: that of the rule, or the one that limited mode would take.
    public var limitToWatch: Kibibytes? { mode == .limited ? bulkMaxSize : setting }

    /// Whether DMS migrates it.
    public var isMigrated: Bool { unmigratedKind == nil }

    /// All columns that DMS reads under its name.
    public var readColumns: [ColumnRecommendation] { columns + inherited }

    /// Whether anything was read of it; true without a column that had to be measured.
    public var isMeasured: Bool {
        columns.isEmpty || columns.contains { $0.profile.measurement != nil }
    }

    /// Whether DMS treats any column as a LOB: only then is it in the LOB table.
    public var hasLOBs: Bool { columns.contains { $0.profile.column.lobClass != .none } }
}

extension TableRecommendation {
    /// The columns that DMS treats as LOBs.
    var lobColumns: [ColumnRecommendation] { columns.filter { $0.profile.column.lobClass != .none } }
}
