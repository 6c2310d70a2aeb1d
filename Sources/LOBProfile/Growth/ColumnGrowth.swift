public import SizeStatistics

/// What rows to come may do to the limit of one column.
public struct ColumnGrowth: Sendable, Equatable {
    /// What was read, all of it and the most recent, as a forecast takes it.
    package let estimate: GrowthEstimate
    /// The rows that are expected.
    public let expected: ExpectedRows
    /// Units of ``estimate``, values or blocks, for each row.
    let unitsPerRow: Double

    package init(estimate: GrowthEstimate, expected: ExpectedRows, unitsPerRow: Double) {
        self.estimate = estimate
        self.expected = expected
        self.unitsPerRow = unitsPerRow
    }

    /// The units that are expected.
    package var future: Int { Int(min((Double(expected.rows) * unitsPerRow).rounded(.up), 1e15)) }

    /// How many more rows a limit can take within a risk; nil for any number.
    ///
    /// Not more than can be spoken of: see ``refusal``.
    public func rowsHeld(by size: ByteCount, risk: Double) -> Int? {
        let known = estimate.history.units.values
        let most = known < Self.fewValues ? known : nil
        let held = [estimate.rowsHeld(by: size, alpha: risk), most].compactMap(\.self).min()
        return held.map { Int(min(Double($0) / max(unitsPerRow, 1e-9), 1e15)) }
    }

    /// From fewer values nothing is said of more rows than they are.
    private static let fewValues = 20

    /// Until when a limit keeps within a risk at the rate of the table; nil where only a number of rows was given, or too few
    /// arrived for a date.
    ///
    /// - Parameter now: when the rows were counted, in seconds since 1970 (UTC).
    public func lifetime(of size: ByteCount, risk: Double, now: Int64) -> LimitLifetime? {
        expected.forecast.flatMap { $0.tellsDates ? $0 : nil }.map {
            LimitLifetime(rows: rowsHeld(by: size, risk: risk), forecast: $0, now: now)
        }
    }

    /// Why nothing can be said of rows to come.
    public enum Refusal: Sendable, Equatable {
        case noValue
        /// There are so many only.
        case fewValues(Int)
    }

    /// Why nothing can be said of the rows to come; nil where something can.
    package var refusal: Refusal? {
        let units = estimate.history.units
        guard let largest = units.largest.largest, largest > ByteCount(0) else { return .noValue }
        return units.values < Self.fewValues && future > units.values ? .fewValues(units.values) : nil
    }
}
