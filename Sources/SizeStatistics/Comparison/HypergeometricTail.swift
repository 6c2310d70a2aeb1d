internal import RealModule

/// The hypergeometric distribution: draws without replacement.
enum HypergeometricTail {
    /// The probability of at least `hits` marked units in a draw.
    ///
    /// - Parameters:
    ///   - hits: marked units drawn.
    ///   - drawn: units drawn.
    ///   - marked: marked units.
    ///   - population: all units.
    static func atLeast(_ hits: Int, drawn: Int, marked: Int, population: Int) -> Double {
        let least = max(0, drawn + marked - population)
        let most = min(drawn, marked)
        if hits <= least { return 1 }
        if hits > most { return 0 }
        let mean = Double(drawn) * Double(marked) / Double(population)
        let urn = Urn(drawn: Double(drawn), marked: Double(marked), population: Double(population))
        if Double(hits) > mean { return min(1, urn.sum(from: hits, to: most)) }
        return max(0, 1 - urn.sum(from: hits - 1, to: least))
    }

    private struct Urn {
        let drawn: Double
        let marked: Double
        let population: Double

        /// Sums probabilities away from the mean until the rest does not count.
        func sum(from start: Int, to end: Int) -> Double {
            let step = start <= end ? 1 : -1
            var term = Double.exp(logProbability(Double(start)))
            var sum = term
            var hits = start
            while hits != end, term > sum * 1e-16 {
                term *= step > 0 ? growth(Double(hits)) : 1 / growth(Double(hits - 1))
                sum += term
                hits += step
            }
            return sum
        }

        /// The quotient P(hits + 1) / P(hits).
        private func growth(_ hits: Double) -> Double {
            (marked - hits) * (drawn - hits) / ((hits + 1) * (population - marked - drawn + hits + 1))
        }

        private func logProbability(_ hits: Double) -> Double {
            logChoose(marked, hits) + logChoose(population - marked, drawn - hits)
                - logChoose(population, drawn)
        }

        private func logChoose(_ n: Double, _ k: Double) -> Double {
            .logGamma(n + 1) - .logGamma(k + 1) - .logGamma(n - k + 1)
        }
    }
}
