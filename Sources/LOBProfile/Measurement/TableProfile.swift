/// A relation and what was measured of it.
public struct TableProfile: Sendable, Codable, Equatable {
    public package(set) var relation: Relation
    /// Rows of the table: counted where every row was visited, else estimated or 0; see ``rowFigure`` for what is certain.
    public package(set) var rows: RowCount
    /// The sample that was drawn, where one was.
    public package(set) var sample: SampleOutcome?
    /// The measured columns, by attribute number.
    public package(set) var columns: [ColumnProfile]
    /// Seconds that measuring took, on all connections together.
    public package(set) var seconds: Double
    /// When it was measured, in seconds since 1970 (UTC), where that was in an earlier survey than the profile's
    /// own; nil where it was in the profile's.
    public package(set) var measuredAt: Int64?
    /// How fast rows arrive, where that was asked for and is known.
    public package(set) var insertRate: InsertRate?
    /// In which moments its rows were read; nil where nothing was, and in profiles of versions that recorded none.
    public package(set) var reading: TableReading?

    /// A number of rows.
    public struct RowCount: Sendable, Codable, Equatable {
        public let count: Int
        /// Whether every row was visited.
        public let isExact: Bool

        /// Creates a number of rows.
        public init(count: Int, isExact: Bool) {
            self.count = count
            self.isExact = isExact
        }
    }

    /// A sample as it was drawn.
    public struct SampleOutcome: Sendable, Codable, Equatable {
        public let design: SampleDesign
        /// Blocks that were read and held a row.
        public let blocksRead: Int
        /// Blocks of the table when it was sampled.
        public let blocksTotal: Int
        /// Rows that were drawn, NULLs included.
        public let rowsRead: Int

        /// Creates an outcome.
        public init(design: SampleDesign, blocksRead: Int, blocksTotal: Int, rowsRead: Int) {
            self.design = design
            self.blocksRead = blocksRead
            self.blocksTotal = blocksTotal
            self.rowsRead = rowsRead
        }
    }

    /// Creates a table's profile.
    public init(
        relation: Relation, rows: RowCount, sample: SampleOutcome?, columns: [ColumnProfile], seconds: Double,
        measuredAt: Int64? = nil, insertRate: InsertRate? = nil, reading: TableReading? = nil
    ) {
        self.relation = relation
        self.rows = rows
        self.sample = sample
        self.columns = columns
        self.seconds = seconds
        self.measuredAt = measuredAt
        self.insertRate = insertRate
        self.reading = reading
    }

    /// The rows of the table with what is certain of them; not known where no column was measured, whatever the catalog
    /// estimates.
    ///
    /// A row that moved between two moments may have been missed or counted twice: then its number is an estimate.
    public var rowFigure: Figure {
        guard columns.contains(where: { $0.measurement != nil }) else { return .notKnown }
        let count = Int64(rows.count)
        guard rows.isExact else {
            if columns.contains(where: { $0.measurement?.bound != nil && $0.measurement?.blocks == nil }) {
                // Nothing was counted.
                return relation.estimatedRows.map { .estimated(Int64(min($0, 1e15))) } ?? .notKnown
            }
            if columns.allSatisfy({ $0.measurement?.method.isLook ?? true }) {
                return .estimated(count)
            }
            // A scan that did not reach the end: what it counted is a part.
            return reading?.certainty == .oneMoment ? .atLeast(count) : .notKnown
        }
        switch reading?.certainty {
        case .oneMoment: return .exact(count)
        case .caughtUp: return .atMost(count)
        case .severalMoments, nil: return .estimated(count)
        }
    }

    /// Whether all that is known of some column is a bound or a sample, as where a time budget ended before it was read.
    package var isLook: Bool { columns.contains { $0.measurement?.method.isLook ?? false } }

    /// The same table in a later profile that did not measure it again.
    public func carriedOver(from startedAt: Int64) -> TableProfile {
        var table = self
        table.measuredAt = measuredAt ?? startedAt
        return table
    }

    /// The same table with the rate at which rows arrive.
    public func growing(at rate: InsertRate?) -> TableProfile {
        var table = self
        table.insertRate = rate
        return table
    }
}
