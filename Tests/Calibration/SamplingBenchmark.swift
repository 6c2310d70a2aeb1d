import SizeStatistics

/// One sample and what came of it.
struct SamplingCase {
    let set: String
    let design: Sample.Design
    /// The share of the rows or blocks that was read.
    let fraction: Double
    /// The largest size of the population and of the sample.
    let truth: Double
    let sampled: Double
    /// Whether lobscope gives a limit.
    let isGiven: Bool
    /// Limits by risk and method.
    let limits: [Double: [Baseline: Double]]
    /// At each of ``SamplingBenchmark/factors``.
    let predictions: [Prediction]
    /// Whether the distribution-free bound on unseen units above the sample maximum held; rows only.
    let isBoundKept: Bool?

    /// What was said of a limit of so many times the sample maximum, and what was true.
    struct Prediction {
        let factor: Double
        let risk: Double
        let reported: Double
        let naive: Double
        /// 1 - n/N: what holds without any assumption.
        let free: Double
        let isExceeded: Bool
        let expected: Double
        let actual: Double
    }
}

/// Samples parts of real data sets, by rows and by blocks.
struct SamplingBenchmark {
    static let fractions = [0.001, 0.01, 0.05, 0.2]
    static let alphas = [0.05, 0.01, 0.2, 0.001]
    static let factors = [1, 1.25, 1.5, 2, 3, 4, 6, 8, 12, 16]

    let sets: [SizeSet]
    let repetitions: Int
    let seed: UInt64

    /// Runs; samples of fewer than 50 rows or 20 blocks are left out.
    func run() -> [SamplingCase] {
        var cases: [SamplingCase] = []
        for (index, set) in sets.enumerated() {
            for repetition in 0..<repetitions {
                var random = SplitMix64(seed, UInt64(index), UInt64(repetition))
                let population = Population(partOf: set, &random)
                for fraction in Self.fractions {
                    for sample in samples(of: population, fraction, &random) {
                        evaluate(sample, set.name, fraction, population).map { cases.append($0) }
                    }
                }
            }
        }
        return cases
    }

    private func samples(of population: Population, _ fraction: Double, _ random: inout SplitMix64)
        -> [Sample]
    {
        let rows = Int((fraction * Double(population.sizes.count)).rounded())
        let blocks = Int((fraction * Double(population.pages.count)).rounded())
        return (rows >= 50 ? [Sample(rows: rows, of: population, &random)] : [])
            + (blocks >= 20 ? [Sample(blocks: blocks, of: population, &random)] : [])
    }

    private func evaluate(
        _ sample: Sample, _ set: String, _ fraction: Double, _ population: Population
    ) -> SamplingCase? {
        guard let largest = sample.distribution.largest, largest.bytes > 0 else { return nil }
        let rows = sample.rows.sorted()
        let units = sample.tail.units
        let input = Baseline.Input(
            rows: rows, unseenRows: Double(population.sizes.count - rows.count), pareto: ParetoFit(rows: rows)
        )
        var limits: [Double: [Baseline: Double]] = [:]
        for alpha in Self.alphas {
            limits[alpha] = Dictionary(
                uniqueKeysWithValues: Baseline.allCases.map { ($0, $0.limit(input, alpha: alpha)) })
            limits[alpha]?[.lobscope] = Double(sample.tail.limit(alpha: alpha).bytes)
        }
        let above = population.sizes.count { $0 > largest.bytes }
        return SamplingCase(
            set: set, design: sample.design, fraction: fraction, truth: Double(population.largest),
            sampled: Double(largest.bytes), isGiven: !sample.tail.isTooSmall, limits: limits,
            predictions: Self.factors.map { prediction($0, sample, input, population) },
            isBoundKept: sample.design == .rows ? above <= DistributionFreeBound(units).possiblyAbove : nil)
    }

    private func prediction(
        _ factor: Double, _ sample: Sample, _ input: Baseline.Input, _ population: Population
    ) -> SamplingCase.Prediction {
        let largest = Double(input.rows.last ?? 0)
        let size = ByteCount(Int64(largest * factor))
        let units = sample.tail.units
        let free = Double(units.population - units.sampled) / Double(max(units.population, 1))
        let actual = population.sizes.count { $0 > size.bytes }
        return SamplingCase.Prediction(
            factor: factor, risk: sample.tail.risk(above: size),
            reported: sample.tail.reportedRisk(above: size),
            naive: input.pareto?.risk(above: Double(size.bytes), unseen: input.unseenRows) ?? free,
            free: free,
            isExceeded: actual > 0, expected: sample.tail.expectedAbove(size) ?? 0, actual: Double(actual))
    }
}
