public import SizeStatistics

/// The sizes of the most recent rows of a table, by the order of its blocks: what a forecast looks at by itself.
public struct RecentWindow: Sendable, Codable, Equatable {
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
        values = sizes.count
        largestSizes = largest
    }

    /// The rows of the window, all of them read.
    package var units: SampledUnits {
        SampledUnits(unit: .rows, sampled: values, population: values, largest: largestSizes)
    }
}
