/// A column and what is known of its sizes.
public struct ColumnProfile: Sendable, Codable, Equatable {
    public let column: Column
    /// What was read; nil where the column was not measured (see ``Profile/unmeasured``).
    public let measurement: ColumnMeasurement?

    /// Whether no size of it is known, be it that a bound of all is.
    public var isWithoutSizes: Bool { measurement.map { $0.bound != nil } ?? true }

    /// Creates a column's profile.
    public init(column: Column, measurement: ColumnMeasurement?) {
        self.column = column
        self.measurement = measurement
    }
}
