/// What will be done to measure one relation, and what that is expected to cost.
public struct TablePlan: Sendable, Equatable {
    public let relation: Relation
    /// The columns to measure with their methods, by attribute number.
    public let columns: [ColumnPlan]
    /// How rows are drawn for the columns that are sampled.
    public let sample: SampleDesign
    public let price: Price
    /// Why this method, for people.
    public let reason: String

    /// A column and how it is measured.
    public struct ColumnPlan: Sendable, Equatable {
        public let column: Column
        public let method: MeasuringMethod

        /// Creates a column's plan.
        public init(column: Column, method: MeasuringMethod) {
            self.column = column
            self.method = method
        }
    }

    /// The expected work.
    public struct Price: Sendable, Equatable {
        /// Blocks of the main fork that will be visited.
        public let blocks: Int
        /// Rows that will be measured; nil where the table was never analysed.
        public let rows: Double?
        /// Seconds on one connection.
        public let seconds: Double

        /// Creates a price.
        public init(blocks: Int, rows: Double?, seconds: Double) {
            self.blocks = blocks
            self.rows = rows
            self.seconds = seconds
        }
    }

    /// Creates a plan.
    public init(
        relation: Relation, columns: [ColumnPlan], sample: SampleDesign, price: Price, reason: String
    ) {
        self.relation = relation
        self.columns = columns
        self.sample = sample
        self.price = price
        self.reason = reason
    }

    /// The columns that one method measures.
    public func columns(by method: MeasuringMethod) -> [Column] {
        columns.filter { $0.method == method }.map(\.column)
    }
}
