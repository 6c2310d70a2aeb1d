internal import RealModule

/// The exact (Clopper-Pearson 1934) interval for a proportion.
enum BinomialInterval {
    /// The interval for `hits` of `trials`, which need not be whole after division by a design effect.
    static func exact(hits: Double, trials: Double, confidence: Double) -> ClosedRange<Double> {
        guard trials > 0 else { return 0...1 }
        let tail = (1 - confidence) / 2
        let low = hits <= 0 ? 0 : betaQuantile(tail, hits, trials - hits + 1)
        let high = hits >= trials ? 1 : betaQuantile(1 - tail, hits + 1, trials - hits)
        return min(low, high)...max(low, high)
    }

    /// The beta distribution's quantile, by bisection.
    private static func betaQuantile(_ probability: Double, _ a: Double, _ b: Double) -> Double {
        var (low, high) = (0.0, 1.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if betaShare(middle, a, b) < probability { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// The regularised incomplete beta function.
    static func betaShare(_ x: Double, _ a: Double, _ b: Double) -> Double {
        if x <= 0 { return 0 }
        if x >= 1 { return 1 }
        let logFactor =
            Double.logGamma(a + b) - .logGamma(a) - .logGamma(b) + a * .log(x) + b * .log(onePlus: -x)
        if x < (a + 1) / (a + b + 2) { return .exp(logFactor) * continuedFraction(x, a, b) / a }
        return 1 - .exp(logFactor) * continuedFraction(1 - x, b, a) / b
    }

    /// By the method of Lentz; it takes about the square root of the larger parameter.
    private static func continuedFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let tiny = 1e-300
        func kept(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
        var c = 1.0
        var d = 1 / kept(1 - (a + b) * x / (a + 1))
        var result = d
        for step in 1...100_000 {
            let m = Double(step)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / kept(1 + even * d)
            c = kept(1 + even / c)
            result *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / kept(1 + odd * d)
            c = kept(1 + odd / c)
            result *= d * c
            if abs(d * c - 1) < 1e-14 { break }
        }
        return result
    }
}
