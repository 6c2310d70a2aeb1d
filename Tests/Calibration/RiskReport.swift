/// The mean squared difference between a probability and what happened: 0 is perfect, 0.25 knows nothing.
enum Brier {
    static func score(
        _ cases: Weighted<SamplingCase>, _ probability: (SamplingCase.Prediction) -> Double
    ) -> Double {
        cases.mean { one in
            one.predictions.reduce(0) { sum, prediction in
                let difference = probability(prediction) - (prediction.isExceeded ? 1 : 0)
                return sum + difference * difference
            } / Double(one.predictions.count)
        }
    }
}

/// Risks, expected numbers and the distribution-free bound.
struct RiskReport {
    let cases: Weighted<SamplingCase>

    var markdown: String { calibration + brier + expected + bound }

    private var predictions: [(prediction: SamplingCase.Prediction, weight: Double)] {
        zip(cases.cases, cases.weights).flatMap { one, weight in one.predictions.map { ($0, weight) } }
    }

    private var calibration: String {
        let edges = [0, 0.01, 0.03, 0.07, 0.15, 0.3, 0.5, 0.7, 0.9, 1.01]
        let all = predictions
        let rows = zip(edges, edges.dropFirst()).map { low, high in
            let inside = all.filter { $0.prediction.risk >= low && $0.prediction.risk < high }
            let weight = inside.reduce(0) { $0 + $1.weight }
            let predicted = inside.reduce(0) { $0 + $1.weight * $1.prediction.risk } / weight
            let reported = inside.reduce(0) { $0 + $1.weight * $1.prediction.reported } / weight
            let observed = inside.reduce(0) { $0 + ($1.prediction.isExceeded ? $1.weight : 0) } / weight
            return [
                "\(low.fixed(2)) to \(min(high, 1).fixed(2))", "\(inside.count)", predicted.fixed(3),
                reported.fixed(3), observed.fixed(3),
            ]
        }
        return "## Calibration of the risk, at 1 to 16 times the sample maximum\n\n"
            + "The reported risk is never under 0.02. Neither ever rises with the limit, nor with more rows read while the largest size stays.\n\n"
            + Markdown.table(["model's risk", "predictions", "mean", "reported, mean", "observed"], rows)
    }

    private var brier: String {
        let base = cases.mean { one in
            Double(one.predictions.count { $0.isExceeded }) / Double(one.predictions.count)
        }
        let rows = [
            ("lobscope, the model's risk", Brier.score(cases) { $0.risk }),
            ("lobscope, the reported risk", Brier.score(cases) { $0.reported }),
            ("generalised Pareto, plug-in", Brier.score(cases) { $0.naive }),
            ("always the base rate", Brier.score(cases) { _ in base }),
            ("distribution-free: 1 - fraction read", Brier.score(cases) { $0.free }),
        ]
        return "## Brier score of the risk\n\n"
            + Markdown.table(["method", "Brier score"], rows.map { [$0.0, $0.1.fixed(4)] })
    }

    private var expected: String {
        let rows = SamplingBenchmark.factors.enumerated().filter { [1, 1.5, 2, 4].contains($0.element) }
            .map { index, factor in
                [
                    factor.fixed(1), cases.mean { $0.predictions[index].expected }.fixed(1),
                    cases.mean { $0.predictions[index].actual }.fixed(1),
                ]
            }
        return "## Expected rows above a limit, not read\n\n"
            + Markdown.table(["limit / sample maximum", "expected, mean", "actual, mean"], rows)
    }

    private var bound: String {
        let kept = cases.cases.compactMap(\.isBoundKept)
        let share = Double(kept.count { $0 }) / Double(max(kept.count, 1))
        return """
            ## Distribution-free bound

            The 95 % bound on the number of unread rows above the sample maximum held in \(share.fixed(3)) of \
            \(kept.count) row samples. It is exact in theory for any sizes.


            """
    }
}
