/// What became of every column of every relation in scope: each is measured, harmless, or not measured with its reason.
///
/// The columns are counted by the server without a look at their types, so that a column which the classification misses
/// shows as unexplained instead of as nothing. ``columns`` is the sum of ``measured``, ``harmless``, the count of ``notMeasured``
/// and, where nothing was counted twice, ``unexplained``.
public struct Account: Sendable, Equatable {
    /// All columns that are not dropped.
    public private(set) var columns = 0
    /// Those of which sizes were read.
    public private(set) var measured = 0
    /// Those of the measured ones of which something could not be read: they stand among what was not measured too.
    public private(set) var measuredInPart = 0
    /// Those whose values are small whatever they hold (``DeclaredType/family``).
    public private(set) var harmless = 0
    /// Those that were not measured.
    public private(set) var notMeasured: [Entry] = []
    /// Those of which nothing is said, in relations where the sum is wrong; 0, or something is wrong with lobscope or the
    /// table was altered while the catalog was read.
    public var unexplained: Int { unexplainedByRelation.reduce(0) { $0 + $1.columns } }

    private var unexplainedByRelation: [(relation: RelationName, columns: Int)] = []

    /// A column that was not measured.
    public struct Entry: Sendable, Hashable {
        public let relation: RelationName
        public let column: Identifier
        public let reason: Unmeasured.Reason
    }

    /// Makes the account of a profile; nil where columns were not counted, in profiles of earlier versions.
    public init?(_ profile: Profile) {
        self.init(profile.tables, unmeasured: profile.unmeasured, options: profile.options)
        guard profile.tables.allSatisfy({ $0.relation.census != nil }) else { return nil }
    }

    private init(_ tables: [TableProfile], unmeasured: [Unmeasured], options: PlanOptions) {
        let reasons = Dictionary(grouping: unmeasured.filter { $0.relation != nil }, by: \.relation)
        for table in tables {
            guard let census = table.relation.census else { continue }
            add(table, census, reasons[table.relation.name] ?? [], options)
        }
    }

    private mutating func add(
        _ table: TableProfile, _ census: Relation.Census, _ reasons: [Unmeasured], _ options: PlanOptions
    ) {
        let relation = table.relation
        let read = Set(table.columns.filter { $0.measurement != nil }.map(\.column.number))
        var missing: [Entry] = census.virtual.map {
            Entry(relation: relation.name, column: $0, reason: .virtualColumn)
        }
        var (known, inPart) = (0, 0)
        for column in relation.columns where column.isMeasured {
            let reason = reasons.first { $0.column == nil || $0.column == column.name }?.reason
            if read.contains(column.number) {
                known += 1
                if reason != nil { inPart += 1 }
            } else if let reason = reason ?? (relation.isLeftOut(options) ? .foreignTable : nil) {
                missing.append(Entry(relation: relation.name, column: column.name, reason: reason))
            }
        }
        columns += census.columns
        measured += known
        measuredInPart += inPart
        harmless += census.harmless
        notMeasured += missing
        let difference = census.columns - known - census.harmless - missing.count
        if difference != 0 { unexplainedByRelation.append((relation.name, abs(difference))) }
    }

    /// One entry for each relation whose columns do not add up, so that its profile is not complete.
    public static func unexplained(
        in tables: [TableProfile], unmeasured: [Unmeasured], options: PlanOptions
    ) -> [Unmeasured] {
        Account(tables, unmeasured: unmeasured, options: options).unexplainedByRelation.map { entry in
            Unmeasured(
                relation: entry.relation, reason: .unexplained, detail: "\(entry.columns) columns")
        }
    }

    /// Whether two accounts say the same.
    public static func == (left: Account, right: Account) -> Bool {
        left.columns == right.columns && left.measured == right.measured
            && left.measuredInPart == right.measuredInPart && left.harmless == right.harmless
            && left.notMeasured == right.notMeasured
            && left.unexplainedByRelation.elementsEqual(right.unexplainedByRelation, by: ==)
    }
}
