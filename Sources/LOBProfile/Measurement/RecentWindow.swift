public import SizeStatistics

/// The sizes of the most recent rows of a table, by the order of its blocks: what a forecast looks at by itself.
public struct RecentWindow: Sendable, Codable, Equatable {
    /// The number of rows, those without a value among them.
    public let rows: Int
    /// The number of rows with a value.
    public let values: Int
    /// Their largest distinct sizes.
    public let largestSizes: LargestSizes

    /// As many of the largest sizes are kept.
    private static let kept = 24

    /// Keeps what a forecast needs of sizes.
    public init(_ sizes: SizeDistribution) {
        var largest = sizes.largestSizes
        largest.keep(Self.kept)
        rows = sizes.rows
        values = sizes.count
        largestSizes = largest
    }

    /// The rows of the window, all of them read: as many values as the table has for so many rows.
    ///
    /// Rows to come are counted in the same way, so that a window with few values or none says no more than that few came.
    ///
    /// - Parameter valuesPerRow: of the whole table.
    package func units(valuesPerRow: Double) -> SampledUnits {
        let sampled = max(values, Int((Double(rows) * valuesPerRow).rounded(.up)))
        return SampledUnits(unit: .rows, sampled: sampled, population: sampled, largest: largestSizes)
    }
}
