import SizeStatistics

/// Many sampled tables together: how often any of them has a larger value than its limit.
struct JointRisk {
    /// The tables of one migration.
    static let tables = 50
    private static let migrations = 2000

    /// What was said of all tables together, and what came of it.
    struct Outcome {
        /// The accepted risk of each table.
        let alpha: Double
        let predicted: Double
        let observed: Double
    }

    let cases: [SamplingCase]
    let seed: UInt64

    /// For limits at each risk: migrations of tables that are drawn at random, each from a set drawn at random.
    var outcomes: [Outcome] {
        let sets = Dictionary(grouping: cases.filter(\.isGiven), by: \.set).sorted { $0.key < $1.key }.map(
            \.value)
        return SamplingBenchmark.alphas.sorted(by: >).map { alpha in
            var random = SplitMix64(seed, 31)
            let cut = (0..<Self.migrations).count { _ in
                (0..<Self.tables).contains { _ in
                    let set = sets[random.below(sets.count)]
                    return !set[random.below(set.count)].isCovered(.lobscope, alpha: alpha)
                }
            }
            return Outcome(
                alpha: alpha, predicted: Risk.joint(Array(repeating: alpha, count: Self.tables)),
                observed: Double(cut) / Double(Self.migrations))
        }
    }

    var markdown: String {
        "## \(Self.tables) sampled tables together\n\n"
            + "Each has a limit at the same risk; the joint risk counts each and an unseen class of 1 % beside it, and *observed* the share of "
            + "\(Self.migrations) migrations in which a value of any table is larger than its limit.\n\n"
            + Markdown.table(
                ["risk of each", "joint risk", "observed"],
                outcomes.map {
                    [($0.alpha * 100).fixed(1) + " %", $0.predicted.fixed(3), $0.observed.fixed(3)]
                })
    }
}
