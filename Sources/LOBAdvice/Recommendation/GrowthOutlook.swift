/// How long a limit is enough while rows arrive.
public struct GrowthOutlook: Sendable, Equatable {
    public let limit: Kibibytes
    /// The rows that are expected until the cut-over.
    public let expected: ExpectedRows
    /// How many more rows the limit can take within the accepted risk; nil for any number.
    public let rowsHeld: Int?
    /// Until when that is at the rate of the table; nil where no rate is known.
    public let lifetime: LimitLifetime?

    /// The one whose limit is enough for the shortest time, or for the fewest rows where no time is known; nil of none.
    public static func soonest(of outlooks: [GrowthOutlook]) -> GrowthOutlook? {
        outlooks.min { left, right in
            let (first, second) = (left.lifetime?.expected ?? .max, right.lifetime?.expected ?? .max)
            return first != second ? first < second : left.rowsHeld ?? .max < right.rowsHeld ?? .max
        }
    }
}
