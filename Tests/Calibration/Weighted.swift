import RealModule

/// Cases in which each data set weighs the same, however many cases it gave.
struct Weighted<Case> {
    let cases: [Case]
    let weights: [Double]

    init(_ cases: [Case], by set: (Case) -> String) {
        var counts: [String: Double] = [:]
        for one in cases { counts[set(one), default: 0] += 1 }
        self.cases = cases
        weights = cases.map { 1 / (counts[set($0)] ?? 1) / Double(max(counts.count, 1)) }
    }

    private init(cases: [Case], weights: [Double]) {
        self.cases = cases
        self.weights = weights
    }

    /// The standard error of a statistic over the choice of data sets: 200 bootstrap draws of whole sets.
    func standardError(
        by set: (Case) -> String, seed: UInt64, _ statistic: (Weighted<Case>) -> Double
    ) -> Double {
        let groups = Dictionary(grouping: cases, by: set).sorted { $0.key < $1.key }.map(\.value)
        guard groups.count > 1 else { return .nan }
        var random = SplitMix64(seed, 2)
        let values = (0..<200).map { _ in
            let drawn = groups.indices.map { _ in groups[random.below(groups.count)] }
            let weights = drawn.flatMap { group in
                group.map { _ in 1 / Double(group.count) / Double(groups.count) }
            }
            return statistic(Weighted(cases: drawn.flatMap { $0 }, weights: weights))
        }
        let mean = values.reduce(0, +) / 200
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 199).squareRoot()
    }

    /// The weighted mean.
    func mean(_ value: (Case) -> Double) -> Double {
        zip(cases, weights).reduce(0) { $0 + value($1.0) * $1.1 }
    }

    /// The weighted share of cases.
    func share(_ holds: (Case) -> Bool) -> Double {
        mean { holds($0) ? 1 : 0 }
    }

    /// The weighted quantile.
    func quantile(_ q: Double, _ value: (Case) -> Double) -> Double {
        let sorted = zip(cases.map(value), weights).sorted { $0.0 < $1.0 }
        var seen = 0.0
        let wanted = q * weights.reduce(0, +) * (1 - 1e-12)
        for (value, weight) in sorted {
            seen += weight
            if seen >= wanted { return value }
        }
        return sorted.last?.0 ?? .nan
    }
}

extension SamplingCase {
    /// The limit over the largest size of the population.
    func provision(_ method: Baseline, alpha: Double) -> Double {
        max(limits[alpha]?[method] ?? 0, 1) / truth
    }

    /// Whether nothing in the population is larger than the limit.
    func isCovered(_ method: Baseline, alpha: Double) -> Bool {
        provision(method, alpha: alpha) >= 1 - 1e-6
    }

    /// The loss that the true quantile minimises, in octaves.
    func pinball(_ method: Baseline, alpha: Double) -> Double {
        let distance = Double.log2(provision(method, alpha: alpha))
        return distance < 0 ? -(1 - alpha) * distance : alpha * distance
    }
}
