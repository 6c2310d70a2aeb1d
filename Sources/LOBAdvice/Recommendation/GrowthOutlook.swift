/// How long a limit is enough while rows arrive.
public struct GrowthOutlook: Sendable, Equatable {
    public let limit: Kibibytes
    /// The rows that are expected until the cut-over.
    public let expected: ExpectedRows
    /// How many more rows the limit can take within the accepted risk; nil for any number.
    public let rowsHeld: Int?
    /// Until when that is at the rate of the table; nil where no rate is known.
    public let lifetime: LimitLifetime?
}
