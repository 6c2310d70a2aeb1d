import RealModule

/// The textbook: a generalised Pareto tail above the sample's 90 % quantile by maximum likelihood, its parameters
/// taken as known.
struct ParetoFit {
    let threshold: Double
    /// The share of rows above the threshold.
    let rate: Double
    let shape: Double
    let scale: Double

    /// Fits; nil with fewer than 10 rows above the threshold.
    ///
    /// - Parameter rows: ascending.
    init?(rows: [Int64]) {
        let threshold = Baseline.percentile(rows, 0.9)
        let excesses = rows.filter { Double($0) > threshold }.map { Double($0) - threshold }
        guard excesses.count >= 10, let largest = excesses.last else { return nil }
        let thinned = excesses.count <= 4000 ? excesses : Self.thin(excesses)
        guard let (shape, scale) = Self.fit(thinned, largest) else { return nil }
        self.threshold = threshold
        self.rate = Double(excesses.count) / Double(rows.count)
        self.shape = shape
        self.scale = scale
    }

    /// Every so many of the excesses, the largest kept.
    private static func thin(_ excesses: [Double]) -> [Double] {
        let step = Double(excesses.count - 1) / 3999
        return (0..<4000).map { excesses[Int((Double($0) * step).rounded())] }
    }

    /// The profile likelihood of theta = shape / scale (Grimshaw 1993), by a grid and a golden section.
    private static func fit(_ excesses: [Double], _ largest: Double) -> (Double, Double)? {
        let mean = excesses.reduce(0, +) / Double(excesses.count)
        let positive = (-40...20).map { Double.exp(Double($0) * 0.35) / mean }
        let negative = (1...40).map { -(1 - .exp(-Double($0) * 0.35)) / largest }
        let grid = (negative.reversed() + positive).sorted()
        let values = grid.map { profile($0, excesses) }
        guard let best = values.indices.max(by: { values[$0] < values[$1] }) else { return nil }
        var (low, high) = (grid[max(best - 1, 0)], grid[min(best + 1, grid.count - 1)])
        for _ in 0..<40 {
            let (left, right) = (low + 0.382 * (high - low), low + 0.618 * (high - low))
            if profile(left, excesses) < profile(right, excesses) { low = left } else { high = right }
        }
        let theta = (low + high) / 2
        let shape = Self.shape(theta, excesses)
        let scale = shape / theta
        return shape.isFinite && scale.isFinite && scale > 0 ? (shape, scale) : nil
    }

    private static func shape(_ theta: Double, _ excesses: [Double]) -> Double {
        excesses.reduce(0) { $0 + .log(onePlus: theta * $1) } / Double(excesses.count)
    }

    private static func profile(_ theta: Double, _ excesses: [Double]) -> Double {
        let shape = shape(theta, excesses)
        let scale = shape / theta
        // Below -1 the likelihood has no maximum.
        guard scale > 0, shape > -1 else { return -.infinity }
        return -Double(excesses.count) * (.log(scale) + 1 + shape)
    }

    /// The quantile of the largest of the unseen rows.
    func limit(unseen: Double, alpha: Double) -> Double {
        let tail = -Double.log(onePlus: -alpha) / (unseen * rate)
        guard tail < 1 else { return threshold }
        return threshold + scale * .expMinusOne(-shape * .log(tail)) / shape
    }

    /// The probability that an unseen row is larger than `size`.
    func risk(above size: Double, unseen: Double) -> Double {
        let base = 1 + shape * (size - threshold) / scale
        let survival = size <= threshold ? 1 : base > 0 ? Double.exp(-.log(base) / shape) : 0
        return -.expMinusOne(-unseen * rate * survival)
    }
}
