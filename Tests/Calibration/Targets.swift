/// What the estimates must keep, and whether they do.
struct Targets {
    /// One promise about sampling.
    private struct Claim {
        let text: String
        let isAtLeast: Bool
        let bound: Double
        let digits: Int
        let statistic: (Weighted<SamplingCase>) -> Double

        func isKept(by value: Double) -> Bool { isAtLeast ? value >= bound : value <= bound }
    }

    let sampling: Weighted<SamplingCase>
    let twoPhase: [TwoPhaseCase]
    let seed: UInt64

    private var given: Weighted<SamplingCase> {
        Weighted(sampling.cases.filter { $0.verdict.word != "refused" }, by: \.set)
    }

    /// As the figures were counted that the targets came from: refused samples too, block samples at the full risk.
    private var asCountedBefore: Weighted<SamplingCase> {
        Weighted(sampling.cases.map(\.unscaled), by: \.set)
    }

    private var claims: [Claim] {
        [
            Claim(text: "coverage at 5 %", isAtLeast: true, bound: 0.94, digits: 3) {
                $0.share { $0.isCovered(.lobscope, alpha: 0.05) }
            },
            Claim(text: "coverage at 1 %", isAtLeast: true, bound: 0.985, digits: 3) {
                $0.share { $0.isCovered(.lobscope, alpha: 0.01) }
            },
            Claim(text: "median provision at 5 %", isAtLeast: false, bound: 8.2, digits: 2) {
                $0.quantile(0.5) { $0.provision(.lobscope, alpha: 0.05) }
            },
            Claim(text: "90th percentile of provision at 5 %", isAtLeast: false, bound: 23, digits: 1) {
                $0.quantile(0.9) { $0.provision(.lobscope, alpha: 0.05) }
            },
        ]
    }

    private var brier: Claim {
        Claim(text: "Brier score of the risk", isAtLeast: false, bound: 0.15, digits: 4) {
            Brier.score($0) { $0.risk }
        }
    }

    private var pairs: (read: Double, provision: Double) {
        let weighted = Weighted(twoPhase, by: \.set)
        let read = Double(twoPhase.count(where: \.isLargestRead)) / Double(max(twoPhase.count, 1))
        return (read, weighted.quantile(0.5) { $0.provision })
    }

    /// Whether the limits that lobscope gives, the risks of all samples and the two-phase limits keep the targets.
    var isKept: Bool {
        claims.allSatisfy { $0.isKept(by: $0.statistic(given)) }
            && brier.isKept(by: brier.statistic(sampling))
            && twoPhase.allSatisfy(\.isLargestRead) && pairs.provision <= 1.02
    }

    var markdown: String {
        let rows = (claims + [brier]).map { claim in
            [
                "sampling, " + claim.text,
                (claim.isAtLeast ? "at least " : "at most ") + "\(claim.bound)",
                cell(claim, given), cell(claim, sampling), cell(claim, asCountedBefore),
            ]
        }
        return "## Targets\n\n"
            + "A sample that lobscope refuses gives no limit: \(sampling.cases.count - given.cases.count) of "
            + "\(sampling.cases.count). The targets are for the limits that it gives. The next column "
            + "is of all samples as if none were refused, with the limit that is not printed: what misses a target "
            + "only there is a limit that lobscope does not give, most of them from 0.1 and 1 % of the rows. Block "
            + "samples aim at 0.6 of the risk asked for, which makes their limits larger; the last column is of all "
            + "samples without that, the way in which the method was first judged: refused samples counted, blocks at the full risk. "
            + "After ± the standard error over sets (bootstrap).\n\n"
            + Markdown.table(
                ["", "target", "limits given", "all samples", "all samples, blocks at the full risk"], rows)
            + Markdown.table(
                ["", "target", "measured"],
                [
                    [
                        "two-phase, largest value read", "100 %",
                        pairs.read.percent + (pairs.read >= 1 ? "" : " **missed**"),
                    ],
                    [
                        "two-phase, median provision at 5 %", "at most 1.02",
                        pairs.provision.fixed(3) + (pairs.provision <= 1.02 ? "" : " **missed**"),
                    ],
                ])
    }

    /// Each target of sampling, with what was measured of the limits given and of all samples.
    var ofSampling: [(name: String, target: String, given: String, all: String)] {
        (claims + [brier]).map { claim in
            let figures = [given, sampling].map { cases in
                let value = claim.statistic(cases)
                return value.fixed(claim.digits) + (claim.isKept(by: value) ? "" : " **missed**")
            }
            return (
                claim.text, (claim.isAtLeast ? "at least " : "at most ") + "\(claim.bound)", figures[0],
                figures[1]
            )
        }
    }

    private func cell(_ claim: Claim, _ cases: Weighted<SamplingCase>) -> String {
        let value = claim.statistic(cases)
        let error = cases.standardError(by: \.set, seed: seed, claim.statistic)
        return value.fixed(claim.digits) + " ± " + error.fixed(claim.digits)
            + (claim.isKept(by: value) ? "" : " **missed**")
    }
}
