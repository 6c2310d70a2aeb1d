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

    /// Creates a forecast from a rate; a negative rate or one that is not a number counts as 0.
    public init(rowsPerSecond: Double) {
        self.rowsPerSecond = rowsPerSecond > 0 ? rowsPerSecond : 0
    }

    /// Creates a forecast from two counts in any order; nil where they are of the same moment.
    public init?(_ first: RowCountAtTime, _ second: RowCountAtTime) {
        let (seconds, overflow) = second.secondsSinceEpoch
            .subtractingReportingOverflow(first.secondsSinceEpoch)
        guard seconds != 0, !overflow else { return nil }
        self.init(rowsPerSecond: (Double(second.rows) - Double(first.rows)) / Double(seconds))
    }

    /// The expected number of new rows.
    public func rows(inSeconds seconds: Double) -> Int {
        Int(clamping: (rowsPerSecond * max(seconds, 0)).rounded(.up))
    }

    /// A cautious number of new rows: expected + 3 square roots of it.
    public func upperRows(inSeconds seconds: Double) -> Int {
        let expected = rowsPerSecond * max(seconds, 0)
        return Int(clamping: (expected + 3 * expected.squareRoot()).rounded(.up))
    }
}
