/// What the estimates must keep, and whether they do.
struct Targets {
    /// One promise about sampling.
    private struct Claim {
        let text: String
        let isAtLeast: Bool
        let bound: Double
        let digits: Int
        var design: Sample.Design?
        let statistic: (Weighted<SamplingCase>) -> Double

        func isKept(by value: Double) -> Bool { isAtLeast ? value >= bound : value <= bound }
        func value(of cases: Weighted<SamplingCase>) -> Double {
            statistic(
                design.map { design in Weighted(cases.cases.filter { $0.design == design }, by: \.set) }
                    ?? cases)
        }
    }

    let sampling: Weighted<SamplingCase>
    let twoPhase: [TwoPhaseCase]
    let growth: [[GrowthCase]]
    let seed: UInt64

    private var claims: [Claim] {
        [
            Claim(text: "coverage at 5 %", isAtLeast: true, bound: 0.95, digits: 3) {
                $0.share { $0.isCovered(.lobscope, alpha: 0.05) }
            },
            Claim(text: "coverage at 1 %", isAtLeast: true, bound: 0.985, digits: 3) {
                $0.share { $0.isCovered(.lobscope, alpha: 0.01) }
            },
            Claim(
                text: "90th percentile of provision at 5 %, rows", isAtLeast: false, bound: 19, digits: 1,
                design: .rows
            ) {
                $0.quantile(0.9) { $0.provision(.lobscope, alpha: 0.05) }
            },
            Claim(
                text: "90th percentile of provision at 5 %, blocks", isAtLeast: false, bound: 25, digits: 1,
                design: .blocks
            ) {
                $0.quantile(0.9) { $0.provision(.lobscope, alpha: 0.05) }
            },
            Claim(text: "90th percentile of provision at 1 %", isAtLeast: false, bound: 45, digits: 1) {
                $0.quantile(0.9) { $0.provision(.lobscope, alpha: 0.01) }
            },
        ]
    }

    private var pairs: (read: Double, provision: Double) {
        let weighted = Weighted(twoPhase, by: \.set)
        let read = Double(twoPhase.count(where: \.isLargestRead)) / Double(max(twoPhase.count, 1))
        return (read, weighted.quantile(0.5) { $0.provision })
    }

    /// What is measured once, and whether it is as it must be.
    private var others: [(name: String, target: String, value: String, isKept: Bool)] {
        let grown = zip(GrowthBenchmark.rates, growth).filter { $0.0 > 0.01 }.map { rate, cases in
            let coverage = Weighted(cases, by: \.set).share { $0.arrived <= $0.both }
            return (
                "\((rate * 100).fixed(0)) % more rows, coverage at 5 %", "at least 0.95", coverage.fixed(3),
                coverage >= 0.95
            )
        }
        let joint = JointRisk(cases: sampling.cases, seed: seed).outcomes.map { outcome in
            (
                "\(JointRisk.tables) tables at \((outcome.alpha * 100).fixed(1)) % each, observed",
                "at most the joint risk, \(outcome.predicted.fixed(3))", outcome.observed.fixed(3),
                outcome.observed <= outcome.predicted
            )
        }
        return grown + joint + [
            ("two-phase, largest value read", "100 %", pairs.read.percent, pairs.read >= 1),
            (
                "two-phase, median provision at 5 %", "at most 1.02", pairs.provision.fixed(3),
                pairs.provision <= 1.02
            ),
        ]
    }

    /// Whether all are kept.
    var isKept: Bool {
        claims.allSatisfy { $0.isKept(by: $0.value(of: sampling)) } && others.allSatisfy(\.isKept)
    }

    var markdown: String {
        let rows = claims.map { claim in
            [
                "sampling, " + claim.text, (claim.isAtLeast ? "at least " : "at most ") + "\(claim.bound)",
                cell(claim),
            ]
        }
        return "## Targets\n\n"
            + "After ± the standard error over sets (bootstrap). Block samples aim at 0.6 of the risk asked for. Of 5 % of the "
            + "rows a limit at 5 % is 19 times the largest size seen, whatever the sizes: no 90th percentile is far below that.\n\n"
            + Markdown.table(
                ["", "target", "measured"],
                rows + others.map { [$0.name, $0.target, $0.value + ($0.isKept ? "" : " **missed**")] })
            + Self.before
    }

    /// Each target of sampling, with what was measured.
    var ofSampling: [(name: String, target: String, measured: String)] {
        claims.map { claim in
            let value = claim.value(of: sampling)
            return (
                claim.text, (claim.isAtLeast ? "at least " : "at most ") + "\(claim.bound)",
                value.fixed(claim.digits) + (claim.isKept(by: value) ? "" : " **missed**")
            )
        }
    }

    /// What the model before this one gave on the same samples (8 repetitions, seed 101).
    private static let before = """
        ### The model before

        Before, limits came from generalised Pareto tails above twelve thresholds, weighted by their fit, with priors, a hedge for \
        unseen classes and a test for caps, beside the anchored tail that is left. On the samples of `script/calibrate 8 101` it \
        covered 0.974 at 5 % and 0.994 at 1 %, with a median provision of 8.04 and 34.5, a 90th percentile of 25.9 and 135.5, and \
        a Brier score of 0.1450; 220 of the 1,274 samples were refused, and without them it was 0.972, 0.993, 7.39 and 20.6.


        """

    private func cell(_ claim: Claim) -> String {
        let value = claim.value(of: sampling)
        let error = sampling.standardError(by: \.set, seed: seed) { claim.value(of: $0) }
        return value.fixed(claim.digits) + " ± " + error.fixed(claim.digits)
            + (claim.isKept(by: value) ? "" : " **missed**")
    }
}
