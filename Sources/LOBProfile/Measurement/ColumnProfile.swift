/// A column and what is known of its sizes.
public struct ColumnProfile: Sendable, Codable, Equatable {
    public let column: Column
    /// What was read; nil where the column was not measured (see ``Profile/unmeasured``).
    public let measurement: ColumnMeasurement?

    /// Whether no size of it is certain, be it that a bound of all is.
    public var isWithoutSizes: Bool { measurement.map { $0.bound != nil } ?? true }

    /// The measurement where any size was read; nil also where only a bound is known.
    public var sizes: ColumnMeasurement? {
        measurement.flatMap { $0.bound != nil && $0.distribution.rows == 0 ? nil : $0 }
    }

    /// Creates a column's profile.
    public init(column: Column, measurement: ColumnMeasurement?) {
        self.column = column
        self.measurement = measurement
    }
}
