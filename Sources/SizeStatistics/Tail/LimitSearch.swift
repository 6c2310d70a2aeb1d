internal import RealModule

/// Looks for the smallest size whose risk is small enough, where no larger size has a larger risk.
enum LimitSearch {
    /// The smallest size, in bytes, by bisections of its logarithm.
    ///
    /// - Parameters:
    ///   - low: the first candidate.
    ///   - high: what is returned where nothing smaller will do, good enough or not.
    ///   - steps: the number of bisections.
    ///   - alpha: the largest risk that is small enough.
    ///   - risk: of a size, 0 to 1; never rises.
    static func smallest(
        from low: Double, to high: Double, steps: Int, alpha: Double, risk: (Double) -> Double
    ) -> Double {
        let (first, last) = (risk(low), risk(high))
        if first <= alpha { return low }
        guard last <= alpha else { return high }
        var bracket = Bracket(
            low: .log(max(low, 1)), high: .log(high), first: height(first, alpha), last: height(last, alpha))
        var (below, enough) = (bracket.low, bracket.high)
        bracket.shrink(to: (enough - below) / Double(1 << steps)) { height(risk(.exp($0)), alpha) }
        for _ in 0..<steps {
            let middle = (below + enough) / 2
            let suffices =
                middle >= bracket.high || middle > bracket.low && risk(.exp(middle)) <= alpha
            if suffices { enough = middle } else { below = middle }
        }
        return min(.exp(enough), high)
    }

    /// How far a risk is above the one asked for, on a scale on which it is nearly a line; at most zero where
    /// it is small enough.
    private static func height(_ risk: Double, _ alpha: Double) -> Double {
        let height = Double.log(max(risk / max(alpha, .leastNormalMagnitude), 1e-6))
        return risk > alpha ? max(height, 1e-9) : min(height, 0)
    }

    /// Between these is the place at which a falling function becomes zero or less.
    private struct Bracket {
        private(set) var low: Double
        private(set) var high: Double
        private var first: Double
        private var last: Double

        init(low: Double, high: Double, first: Double, last: Double) {
            (self.low, self.high, self.first, self.last) = (low, high, first, last)
        }

        /// Shrinks it to about a width by false position (Illinois), so that bisections within it need few evaluations.
        mutating func shrink(to width: Double, _ height: (Double) -> Double) {
            var side = 0
            for _ in 0..<20 where high - low > 2 * width {
                let place = high - last * (high - low) / (last - first)
                let middle = min(max(place, low + width), high - width)
                let value = height(middle)
                if value > 0 {
                    (low, first) = (middle, value)
                    if side > 0 { last /= 2 }
                    side = 1
                } else {
                    (high, last) = (middle, value)
                    if side < 0 { first /= 2 }
                    side = -1
                }
            }
        }
    }
}
