/// The units above one threshold, as at most 64 weighted points.
struct Excesses {
    /// The threshold in bytes.
    let threshold: Double
    /// The number of units above it.
    let count: Double
    /// Distinct excesses over the threshold, largest first.
    let sizes: [Double]
    /// The number of units of each.
    let weights: [Double]
    /// The sum of all excesses.
    let total: Double

    /// Condenses the largest sizes of a sample.
    ///
    /// - Parameters:
    ///   - values: distinct sizes above the threshold, largest first.
    ///   - counts: how often each was seen.
    ///   - threshold: a size below all of them.
    init(values: ArraySlice<Double>, counts: ArraySlice<Double>, threshold: Double) {
        let (points, weights) = Self.condense(Array(values), Array(counts))
        let sizes = points.map { $0 - threshold }
        self.threshold = threshold
        self.count = counts.reduce(0, +)
        self.sizes = sizes
        self.weights = weights
        self.total = zip(sizes, weights).reduce(0) { $0 + $1.0 * $1.1 }
    }

    var largest: Double { sizes[0] }
    var mean: Double { total / count }

    /// The 24 largest as they are; the others in 40 groups of about the same count, each at its mean.
    private static func condense(_ values: [Double], _ counts: [Double]) -> ([Double], [Double]) {
        guard values.count > TailModel.points else { return (values, counts) }
        let exact = TailModel.exactPoints
        let groups = TailModel.points - exact
        let total = counts[exact...].reduce(0, +)
        var sums = [Double](repeating: 0, count: groups)
        var weights = sums
        var seen = 0.0
        for index in exact..<values.count {
            seen += counts[index]
            let group = min(Int((seen - 0.5 * counts[index]) * Double(groups) / total), groups - 1)
            sums[group] += counts[index] * values[index]
            weights[group] += counts[index]
        }
        let filled = weights.indices.filter { weights[$0] > 0 }
        return (
            values[..<exact] + filled.map { sums[$0] / weights[$0] },
            counts[..<exact] + filled.map { weights[$0] }
        )
    }
}
