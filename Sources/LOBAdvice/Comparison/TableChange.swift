/// What changed of one table.
public struct TableChange: Sendable, Equatable {
    /// The name in the old profile, or in the new one where the old has no such table.
    public let name: RelationName
    /// The name in the new profile, where it is another.
    public let newName: RelationName?
    /// The table in the old profile; nil where it was not there.
    public let old: TableState?
    /// The table in the new profile; nil where it is gone.
    public let new: TableState?
    /// Columns of either side, by leaf and name.
    public let columns: [ColumnChange]
    /// What the new profile says of the old rule; nil where there was none, or where that is not asked.
    public let outlook: RuleOutlook?
    /// What got worse; empty where nothing did.
    public let worsenings: [Worsening]
    /// Whether all that differs may come from other rows of the same table, drawn anew.
    public let isOtherSample: Bool
    /// Whether the table was measured on each side that has it: else nothing is said of how its sizes differ.
    public var isCompared: Bool {
        guard let old, let new else { return true }
        return old.isMeasured && new.isMeasured
    }

    /// What a profile says of a table.
    public struct TableState: Sendable, Equatable {
        public let rows: Figure
        /// The rows where every one was visited, in one moment or in moments that were not recorded; nil otherwise.
        let countedRows: Int64?
        /// Whether anything was read of it; true without a column that had to be measured.
        public let isMeasured: Bool
        /// The KiB that the largest value asks for; nil where it is not known.
        public let limit: Kibibytes?
        public let mode: LOBMode
        public let bulkMaxSize: Kibibytes
        public let risk: Double?
    }

    /// What changed of one column.
    public struct ColumnChange: Sendable, Equatable {
        public let relation: RelationName
        public let name: Identifier
        public let old: ColumnState?
        public let new: ColumnState?
        /// How the sizes moved; nil where one side has none.
        public let drift: SizeDrift?

        /// Whether anything but numbers of rows and values differs.
        public var isChanged: Bool {
            guard let old, let new else { return true }
            // Figures that are certain in other ways are no other figures.
            let isAsCertain =
                old.coverage == new.coverage || old.coverage.isCertain && new.coverage.isCertain
            return old.typeName != new.typeName || !isAsCertain || old.largest != new.largest
                || old.limit != new.limit || drift?.verdict == .changed
        }
    }

    /// What a profile says of a column.
    public struct ColumnState: Sendable, Equatable {
        public let typeName: Identifier
        public let coverage: Coverage
        /// The largest size observed.
        public let largest: ByteCount?
        /// What is certain of the largest size.
        public let largestSize: Figure
        public let limit: ByteCount?
        /// Rows with a value among those measured; nil where none were.
        public let values: Int?

        /// Whether every row was counted, and none that is not there any more.
        var isCounted: Bool { coverage.isCounted && largestSize.provenance != .atMost }
    }

    /// A way in which a table got worse.
    public enum Worsening: Sendable, Equatable {
        /// A value is larger than any before; where the old profile was a sample, so much larger than its limit that
        /// it was not there before.
        case largerValue(column: Identifier, from: Figure, to: Figure)
        /// What was known is not known any more.
        case noLongerKnown(column: Identifier)
        /// The old rule cuts, or may cut, what the new profile found.
        case riskAtOldRule(from: Double?, to: Double?)
        /// The old rule is not enough any more.
        case rule(from: LOBSettings?, to: LOBSettings?)
        /// A table with LOBs that the old mapping does not know.
        case newTable
        /// A table or a column did not arrive; the column is nil for the whole table.
        case notLoaded(column: Identifier?)
        /// Rows did not arrive.
        case fewerRows(from: Int, to: Int)
        /// Values did not arrive, or arrived as NULL.
        case fewerValues(column: Identifier, from: Int, to: Int)
        /// The largest value did not arrive whole.
        case smallerValue(column: Identifier, from: ByteCount, to: ByteCount)
        /// Several values have exactly the same size, and none is larger: they were cut there.
        case cutAt(column: Identifier, size: ByteCount, values: Int)
    }

    /// What a change asks for, the least first.
    public enum Consequence: String, Sendable, CaseIterable, Comparable {
        /// Only the sample differs.
        case sample
        /// A value is larger than any before, and the old rule still holds it.
        case size
        /// The old rule is not enough, or there is none.
        case rule
        /// The old limit cuts values that are there.
        case limit

        /// Orders by what is asked for.
        public static func < (left: Consequence, right: Consequence) -> Bool {
            let order = allCases
            return (order.firstIndex(of: left) ?? 0) < (order.firstIndex(of: right) ?? 0)
        }
    }

    /// What the change asks for; nil where nothing.
    public var consequence: Consequence? {
        if outlook?.holds == false { return .limit }
        for worsening in worsenings {
            switch worsening {
            case .rule, .riskAtOldRule, .newTable: return .rule
            default: continue
            }
        }
        if worsenings.contains(where: { if case .largerValue = $0 { true } else { false } }) { return .size }
        return isOtherSample ? .sample : nil
    }

    /// Whether anything differs.
    public var isChanged: Bool {
        guard let old, let new else { return true }
        return !isCompared || old.rows.value != new.rows.value || old.limit != new.limit
            || old.lobSettings != new.lobSettings
            || !worsenings.isEmpty || columns.contains(where: \.isChanged)
    }
}

extension TableChange {
    init(
        _ pair: TablePairing.Pair, columns: [ColumnChange], outlook: RuleOutlook?, worsenings: [Worsening],
        isOtherSample: Bool
    ) {
        let name = pair.known.name
        self.init(
            name: name, newName: pair.new?.name == name ? nil : pair.new?.name,
            old: pair.old.map(TableState.init), new: pair.new.map(TableState.init), columns: columns,
            outlook: outlook, worsenings: worsenings, isOtherSample: isOtherSample)
    }
}

extension TableChange.TableState {
    /// The lob-settings of the table's rules; nil where it has no LOB.
    public var lobSettings: LOBSettings? {
        switch mode {
        case .none: nil
        case .limited: .limited(bulkMaxSize)
        case .unlimited: .unlimited(bulkMaxSize: bulkMaxSize)
        }
    }

    /// What a recommendation says of a table.
    init(_ table: TableRecommendation) {
        // Each leaf has as many rows whatever column tells.
        let leaves = Dictionary(grouping: table.columns, by: \.relation).values
        let counted = leaves.map { $0.compactMap(\.countedRows).first }
        self.init(
            rows: Figure.sum(of: leaves.compactMap(\.first?.rows)),
            countedRows: counted.contains(nil)
                ? nil : counted.compactMap(\.self).reduce(0) { $0.saturatingSum($1) },
            isMeasured: table.isMeasured, limit: table.limit, mode: table.mode,
            bulkMaxSize: table.bulkMaxSize, risk: table.risk)
    }
}

extension TableChange.ColumnState {
    /// What a recommendation says of a column.
    init(_ column: ColumnRecommendation) {
        self.init(
            typeName: column.profile.column.typeName, coverage: column.estimate.coverage,
            largest: column.estimate.largest, largestSize: column.estimate.largestSize,
            limit: column.estimate.limit,
            values: column.profile.measurement?.representative.count)
    }
}

extension ColumnRecommendation {
    /// The rows of the relation where every one was visited, in one moment or in moments that were not recorded.
    fileprivate var countedRows: Int64? {
        rows.exactValue ?? (estimate.isCounted ? rows.value : nil)
    }
}
