public import SizeStatistics

/// What changed of one table.
public struct TableChange: Sendable, Equatable {
    public let name: RelationName
    /// The table in the old profile; nil where it was not there.
    public let old: TableState?
    /// The table in the new profile; nil where it is gone.
    public let new: TableState?
    /// Columns of either side, by leaf and name.
    public let columns: [ColumnChange]
    /// What got worse; empty where nothing did.
    public let worsenings: [Worsening]

    /// What a profile says of a table.
    public struct TableState: Sendable, Equatable {
        public let rows: Int
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
    }

    /// What a profile says of a column.
    public struct ColumnState: Sendable, Equatable {
        public let typeName: Identifier
        public let coverage: Coverage
        /// The largest size observed; "at least" unless the coverage is exact.
        public let largest: ByteCount?
        public let limit: ByteCount?
    }

    /// A way in which a table got worse.
    public enum Worsening: Sendable, Equatable {
        /// A value is larger than any before, or than the old limit where the old profile was a sample.
        case largerValue(column: Identifier, from: ByteCount?, to: ByteCount)
        /// What was known is not known any more.
        case noLongerKnown(column: Identifier)
        /// The old rule cuts, or may cut, what the new profile found.
        case riskAtOldRule(from: Double?, to: Double?)
        /// The old rule is not enough any more.
        case rule(from: LOBSettings?, to: LOBSettings?)
        /// A table with LOBs that the old mapping does not know.
        case newTable
    }

    /// Whether anything but the number of rows differs.
    public var isChanged: Bool {
        guard let old, let new else { return true }
        return old.limit != new.limit || old.mode != new.mode || old.bulkMaxSize != new.bulkMaxSize
            || !worsenings.isEmpty || columns.contains { $0.old != $0.new }
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
}
