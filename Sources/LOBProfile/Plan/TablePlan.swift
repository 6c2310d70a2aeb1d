import SizeStatistics

/// What will be done to measure one relation, and what that is expected to cost.
public struct TablePlan: Sendable, Equatable {
    public let relation: Relation
    /// The columns to measure with their methods, by attribute number.
    public let columns: [ColumnPlan]
    /// How rows are drawn for the columns that are sampled.
    public let sample: SampleDesign
    /// How blocks are drawn for the histograms of the columns of which every row is read, or none; nil where the histograms
    /// count every row too, or there are none.
    public let histogramSample: SampleDesign?
    /// Whether every row is read in one statement, through a ring of buffers.
    public let isRing: Bool
    public let price: Price
    /// Why these methods, each reason once, in the order of the columns.
    public let reasons: [Reason]
    /// Columns of which only their blocks tell whether the method is the right one for the time that it takes.
    package let unpricedColumns: [Column]
    /// Surer ways to measure the table and what they would cost, the surest last; empty where every row is read.
    public let surer: [SurerRoute]
    /// The blocks from which on a full scan counts rows a second time as the most recent ones, ascending; empty for none.
    public private(set) var recentFrom: [Int] = []

    /// Why a method was taken, or how the table is read.
    public enum Reason: Sendable, Equatable, CaseIterable {
        case askedFor, askedForBound, foreignTable, empty, notSampleable
        case sizesInHeaders, small, textTakesLong, withoutPlaces
        /// Only a look: all of it would take many times the time budget.
        case overTimeBudget
        /// Read in one statement through a ring of buffers.
        case ring
        /// A bound would take a tenth of the time.
        case boundIsCheaper
    }

    /// A surer way to measure the table.
    public struct SurerRoute: Sendable, Equatable {
        /// The least sure method that a column is then measured by.
        public let method: MeasuringMethod
        /// Seconds on one connection for the whole table.
        public let seconds: Double
    }

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
        /// The least and the most that it may be, as far as nobody knows how values are stored.
        public let range: ClosedRange<Double>
        /// The most that it may be.
        package var most: Double { range.upperBound }

        /// Creates a price.
        public init(blocks: Int, rows: Double?, seconds: Double, range: ClosedRange<Double>? = nil) {
            self.blocks = blocks
            self.rows = rows
            self.seconds = seconds
            self.range = range ?? seconds...seconds
        }
    }

    /// Creates a plan.
    public init(
        relation: Relation, columns: [ColumnPlan], sample: SampleDesign, price: Price, reasons: [Reason],
        surer: [SurerRoute] = [], histogramSample: SampleDesign? = nil, isRing: Bool = false,
        unpricedColumns: [Column] = []
    ) {
        self.unpricedColumns = unpricedColumns
        self.relation = relation
        self.columns = columns
        self.sample = sample
        self.price = price
        self.reasons = reasons
        self.surer = surer
        self.histogramSample = histogramSample
        self.isRing = isRing
    }

    /// The same plan with the most recent rows counted by themselves, in the last blocks: see
    /// ``GrowthEstimate/windows(of:future:)``.
    func countingRecentRows(expecting rows: Int?) -> TablePlan {
        // Of a sampled histogram the last blocks are not counted as a whole.
        guard let rows, rows > 0, let present = relation.estimatedRows, relation.blocks > 0,
            histogramSample == nil
        else { return self }
        let perBlock = max(present / Double(relation.blocks), 1e-9)
        let windows = GrowthEstimate.windows(of: Int(min(present, 1e15)), future: rows)
        let blocks = windows.map { (Double($0) / perBlock).rounded(.up) }
        var plan = self
        plan.recentFrom = Set(
            blocks.filter { $0 < Double(relation.blocks) }.map { relation.blocks - Int($0) }
        ).sorted()
        return plan
    }

    /// Which part of the most recent rows a block belongs to, counted from 0 for the oldest of them; nil for other rows.
    package func recentPart(ofBlock block: Int) -> Int? {
        recentFrom.lastIndex { $0 <= block }
    }

    /// The columns whose sizes a sample tells: those that are measured by it alone, then those that have their histogram from it.
    package var sampledColumns: [Column] {
        let sampled = columns(by: .sample)
        let others = (histogramSample == nil ? [] : columns(by: .full))
        let isDrawn = histogramSample != nil || !sampled.isEmpty
        return sampled + others + (isDrawn ? columns(by: .bound) : [])
    }

    /// The columns that one method measures.
    public func columns(by method: MeasuringMethod) -> [Column] {
        columns.filter { $0.method == method }.map(\.column)
    }
}
