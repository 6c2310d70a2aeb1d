/// What was drawn from a column, in the units that were drawn: the input of ``AnchoredTail``.
public struct SampledUnits: Sendable, Equatable {
    /// What is drawn independently of one another.
    public enum Unit: String, Sendable, Codable, CaseIterable {
        /// Rows with a value: `TABLESAMPLE BERNOULLI` or a full scan.
        case rows
        /// Whole blocks, each with its largest size (0 without a value): `TABLESAMPLE SYSTEM`.
        case blocks
    }

    public let unit: Unit
    /// The number of units read, zero or more.
    public let sampled: Int
    /// The number of units that exist; at least ``sampled``.
    public let population: Int
    /// The number of units still to arrive, zero or more.
    public let future: Int
    /// The largest distinct sizes of the units read.
    public let largest: LargestSizes
    /// How many rows exceed a large size for each unit that does; 1 for rows.
    public let rowsPerUnit: Double
    /// The number of values in the units read.
    public let values: Int

    /// Creates an input.
    ///
    /// A population smaller than what was read, as from an old `reltuples`, is raised to it.
    ///
    /// - Parameter values: nil where each unit is one.
    public init(
        unit: Unit, sampled: Int, population: Int, future: Int = 0, largest: LargestSizes,
        rowsPerUnit: Double = 1, values: Int? = nil
    ) {
        self.unit = unit
        self.sampled = max(sampled, largest.count)
        self.population = max(population, self.sampled)
        self.future = max(future, 0)
        self.largest = largest
        self.rowsPerUnit = max(rowsPerUnit, 1)
        self.values = values ?? self.sampled
    }

    /// The same with another number of units still to arrive.
    func expecting(future: Int) -> SampledUnits {
        SampledUnits(
            unit: unit, sampled: sampled, population: population, future: future, largest: largest,
            rowsPerUnit: rowsPerUnit, values: values)
    }

    /// Sampled rows.
    ///
    /// NULLs are not units: the population and the future are scaled by the share of values.
    ///
    /// - Parameters:
    ///   - rows: the sizes of the rows read.
    ///   - population: the number of rows that exist, NULLs included.
    ///   - future: the number of rows still to arrive, NULLs included.
    public init(rows: SizeDistribution, population: Int, future: Int = 0) {
        // That none of those read has a value does not say that none of the others has.
        let share = rows.rows == 0 ? 1 : Double(max(rows.count, 1)) / Double(rows.rows)
        let unread = Int(clamping: (Double(max(population - rows.rows, 0)) * share).rounded(.up))
        self.init(
            unit: .rows, sampled: rows.count, population: rows.count.saturatingSum(unread),
            future: Int(clamping: (Double(max(future, 0)) * share).rounded(.up)), largest: rows.tailSizes)
    }

    /// All rows, of which only those above some size are told apart.
    ///
    /// - Parameters:
    ///   - tail: the sizes of every row above some size.
    ///   - values: the number of rows with a value, those below it among them.
    public init(tail: SizeDistribution, ofValues values: Int) {
        var largest = tail.tailSizes
        if values > tail.count { largest.markIncomplete() }
        self.init(unit: .rows, sampled: values, population: values, largest: largest)
    }

    /// Sampled blocks.
    ///
    /// - Parameters:
    ///   - blocks: what the blocks held.
    ///   - rows: the sizes of the same rows.
    ///   - population: the number of blocks of the table.
    ///   - futureRows: the number of rows still to arrive; they fill blocks as the present ones do.
    public init(
        blocks: BlockSummary, rows: SizeDistribution, population: Int, futureRows: Int = 0
    ) {
        let perBlock = max(Double(blocks.rows) / Double(max(blocks.blocks, 1)), 1)
        self.init(
            unit: .blocks, sampled: blocks.blocks, population: population,
            future: Int(clamping: (Double(max(futureRows, 0)) / perBlock).rounded(.up)),
            largest: blocks.maxima, rowsPerUnit: blocks.rowsPerExceedingBlock(rows), values: rows.count)
    }

    /// The number of units not read, those to come included.
    var unseen: Double { Double(population - sampled) + Double(future) }
}

extension Int {
    /// The integer nearest to a number that is zero or more, or the largest integer where it does not fit.
    init(clamping value: Double) {
        self = Int(exactly: value.rounded()) ?? .max
    }
}
