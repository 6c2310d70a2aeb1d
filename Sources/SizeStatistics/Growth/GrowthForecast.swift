/// How many rows of a table exist at a moment.
public struct RowCountAtTime: Hashable, Sendable, Codable {
    /// The number of rows.
    public let rows: Int
    /// Seconds since 1970-01-01 00:00:00 UTC.
    public let secondsSinceEpoch: Int64

    /// Creates a count.
    public init(rows: Int, secondsSinceEpoch: Int64) {
        self.rows = rows
        self.secondsSinceEpoch = secondsSinceEpoch
    }
}

/// How fast a table grows.
public struct GrowthForecast: Hashable, Sendable, Codable {
    /// Rows a second; zero where the table does not grow.
    public let rowsPerSecond: Double
    /// How many rows the rate was counted from; nil where that is not known, and the rate is taken as it is.
    public let arrived: Int?

    /// Fewer arrivals than this say no date: the rate could be nothing.
    public static let fewestArrivals = 10

    /// Creates a forecast from a rate; a negative rate or one that is not a number counts as 0.
    public init(rowsPerSecond: Double, arrived: Int? = nil) {
        self.rowsPerSecond = rowsPerSecond > 0 ? rowsPerSecond : 0
        self.arrived = arrived.map { max($0, 0) }
    }

    /// Creates a forecast from two counts in any order; nil where they are of the same moment.
    public init?(_ first: RowCountAtTime, _ second: RowCountAtTime) {
        let (seconds, overflow) = second.secondsSinceEpoch
            .subtractingReportingOverflow(first.secondsSinceEpoch)
        guard seconds != 0, !overflow else { return nil }
        let rows = seconds > 0 ? second.rows - first.rows : first.rows - second.rows
        self.init(rowsPerSecond: Double(rows) / Double(seconds.magnitude), arrived: rows)
    }

    /// Whether enough rows arrived for dates to be said, or none did.
    public var tellsDates: Bool { rowsPerSecond == 0 || arrived.map { $0 >= Self.fewestArrivals } ?? true }

    /// The rate three standard deviations of a Poisson count of ``arrived`` below and above: the lower may be 0.
    public var range: ClosedRange<Double> {
        guard let arrived, arrived > 0 else { return rowsPerSecond...rowsPerSecond }
        let deviation = 3 / Double(arrived).squareRoot()
        return max(0, rowsPerSecond * (1 - deviation))...rowsPerSecond * (1 + deviation)
    }

    /// The expected number of new rows.
    public func rows(inSeconds seconds: Double) -> Int {
        Int(clamping: (rowsPerSecond * max(seconds, 0)).rounded(.up))
    }

    /// A cautious number of new rows: those expected at the upper end of the rate + 3 square roots of them.
    public func upperRows(inSeconds seconds: Double) -> Int {
        let expected = range.upperBound * max(seconds, 0)
        return Int(clamping: (expected + 3 * expected.squareRoot()).rounded(.up))
    }
}
