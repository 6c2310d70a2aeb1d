/// A relation and what was measured of it.
public struct TableProfile: Sendable, Codable, Equatable {
    public let relation: Relation
    /// Rows of the table: counted where every row was visited, else estimated.
    public let rows: RowCount
    /// The sample that was drawn, where one was.
    public let sample: SampleOutcome?
    /// The measured columns, by attribute number.
    public let columns: [ColumnProfile]
    /// Seconds that measuring took, on all connections together.
    public let seconds: Double
    /// When it was measured, in seconds since 1970 (UTC), where that was in an earlier survey than the profile's
    /// own; nil where it was in the profile's.
    public let measuredAt: Int64?
    /// How fast rows arrive, where that was asked for and is known.
    public let insertRate: InsertRate?

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
        measuredAt: Int64? = nil, insertRate: InsertRate? = nil
    ) {
        self.relation = relation
        self.rows = rows
        self.sample = sample
        self.columns = columns
        self.seconds = seconds
        self.measuredAt = measuredAt
        self.insertRate = insertRate
    }

    /// The same table in a later profile that did not measure it again.
    public func carriedOver(from startedAt: Int64) -> TableProfile {
        TableProfile(
            relation: relation, rows: rows, sample: sample, columns: columns, seconds: seconds,
            measuredAt: measuredAt ?? startedAt, insertRate: insertRate)
    }

    /// The same table with the rate at which rows arrive.
    public func growing(at rate: InsertRate?) -> TableProfile {
        TableProfile(
            relation: relation, rows: rows, sample: sample, columns: columns, seconds: seconds,
            measuredAt: measuredAt, insertRate: rate)
    }
}
