import RealModule
import SizeStatistics

/// One forecast and what came of it.
struct GrowthCase {
    let set: String
    let isExceeded: Bool
    /// Limit at 5 % over the largest size known, from all rows, and from all and the most recent.
    let history: Double
    let both: Double
    /// The largest size of the new rows over the largest known.
    let arrived: Double
    /// The probability of a new largest, if new rows were like old ones.
    let exchangeable: Double
}

/// Knows the first rows of a table, and forecasts those that follow in the table's order.
struct GrowthBenchmark {
    /// New rows for each known one.
    static let rates = [0.01, 0.05, 0.25]

    let sets: [SizeSet]
    let repetitions: Int
    let seed: UInt64

    /// Runs for each rate; fewer than 15 new rows are left out.
    func run() -> [[GrowthCase]] {
        Self.rates.map { rate in
            sets.enumerated().flatMap { index, set in
                (0..<repetitions).compactMap { repetition in
                    var random = SplitMix64(seed, 9, UInt64(index), UInt64(repetition))
                    return forecast(Population(partOf: set, &random).sizes, rate, set.name)
                }
            }
        }
    }

    private func forecast(_ sizes: [Int64], _ rate: Double, _ set: String) -> GrowthCase? {
        let known = Int(Double(sizes.count) / (1 + rate))
        let new = sizes.count - known
        guard new >= 15, let largest = sizes[..<known].max(), largest > 0 else { return nil }
        let recent = GrowthEstimate.windows(of: known, future: new).map { units(sizes[..<known].suffix($0)) }
        let history = GrowthEstimate(history: units(sizes[..<known]))
        let both = GrowthEstimate(history: units(sizes[..<known]), recent: recent)
        let arrived = sizes[known...].max() ?? 0
        return GrowthCase(
            set: set, isExceeded: arrived > largest,
            history: Double(history.limit(alpha: 0.05, future: new).bytes) / Double(largest),
            both: Double(both.limit(alpha: 0.05, future: new).bytes) / Double(largest),
            arrived: Double(arrived) / Double(largest), exchangeable: Double(new) / Double(sizes.count))
    }

    private func units(_ sizes: ArraySlice<Int64>) -> SampledUnits {
        SampledUnits(rows: Sample.distribution(sizes), population: sizes.count)
    }
}
