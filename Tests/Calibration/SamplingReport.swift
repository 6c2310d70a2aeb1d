import SizeStatistics

/// Limits from samples.
struct SamplingReport {
    let cases: Weighted<SamplingCase>

    var markdown: String {
        SamplingBenchmark.alphas.prefix(3).map(methods).joined() + designs + failures
    }

    private func methods(alpha: Double) -> String {
        let rows = Baseline.allCases.map { method in
            let misses = cases.cases.filter { !$0.isCovered(method, alpha: alpha) }
                .map { $0.provision(method, alpha: alpha) }.sorted()
            return [
                method.rawValue, cases.share { $0.isCovered(method, alpha: alpha) }.fixed(3),
                cases.quantile(0.5) { $0.provision(method, alpha: alpha) }.fixed(2),
                cases.quantile(0.9) { $0.provision(method, alpha: alpha) }.fixed(1),
                misses.isEmpty ? "-" : misses[misses.count / 2].fixed(2),
                cases.mean { $0.pinball(method, alpha: alpha) }.fixed(3),
            ]
        }
        return "## Limits from samples at a risk of \((alpha * 100).fixed(0)) %\n\n"
            + Markdown.table(
                [
                    "method", "coverage", "provision, median", "90 %", "median of the misses",
                    "pinball loss (octaves)",
                ],
                rows)
    }

    private var designs: String {
        var rows: [[String]] = []
        for design in Sample.Design.allCases {
            for fraction in SamplingBenchmark.fractions {
                let part = cases.cases.filter { $0.design == design && $0.fraction == fraction }
                guard part.count >= 5 else { continue }
                rows.append(
                    [design.rawValue, (fraction * 100).fixed(1) + " %", "\(part.count)"] + columns(part))
            }
        }
        return "## By design and fraction read, at a risk of 5 %\n\n"
            + Markdown.table(
                [
                    "design", "read", "samples", "coverage", "provision, median", "90 %",
                ], rows)
    }

    private func columns(_ part: [SamplingCase]) -> [String] {
        let weighted = Weighted(part, by: \.set)
        return [
            weighted.share { $0.isCovered(.lobscope, alpha: 0.05) }.fixed(3),
            weighted.quantile(0.5) { $0.provision(.lobscope, alpha: 0.05) }.fixed(2),
            weighted.quantile(0.9) { $0.provision(.lobscope, alpha: 0.05) }.fixed(1),
        ]
    }

    /// Every set with a miss, worst first.
    private var failures: String {
        let rows = Dictionary(grouping: cases.cases, by: \.set).compactMap {
            set, part -> (Double, [String])? in
            let misses = part.filter { !$0.isCovered(.lobscope, alpha: 0.05) }
            guard let worst = misses.map({ $0.provision(.lobscope, alpha: 0.05) }).min() else { return nil }
            let coverage = 1 - Double(misses.count) / Double(part.count)
            return (coverage, [set, "\(part.count)", coverage.fixed(2), worst.fixed(2)])
        }.sorted { ($0.0, $0.1[0]) < ($1.0, $1.1[0]) }
        return "## Failures at a risk of 5 %: every set with a miss, worst first\n\n"
            + Markdown.table(
                ["set", "samples", "coverage", "smallest provision"], rows.map(\.1))
    }
}
