internal import RealModule

/// The likelihood of one shape over a grid of scales.
struct ScaleGrid {
    let shape: Double
    /// Logarithms of the scales.
    let nodes: [Double]
    /// Log likelihood of each node times the width of its cell, under the prior 1 / scale.
    let logWeights: [Double]
    /// The logarithm of their sum; -infinity where no scale is possible.
    let logTotal: Double

    init(shape: Double, of excesses: Excesses) {
        let nodes =
            shape < TailModel.irregularShape
            ? Self.irregularNodes(shape, excesses) : Self.regularNodes(shape, excesses)
        let logWeights = nodes.indices.map { index in
            Self.logLikelihood(shape, nodes[index], excesses)
                + .log(TailModel.width(of: index, in: nodes))
        }
        let largest = logWeights.max() ?? -.infinity
        self.shape = shape
        self.nodes = nodes
        self.logWeights = logWeights
        self.logTotal =
            largest == -.infinity
            ? largest : largest + .log(logWeights.reduce(0) { $0 + .exp($1 - largest) })
    }

    /// The smallest scale under which the largest excess is possible.
    private static func smallestScale(_ shape: Double, _ excesses: Excesses) -> Double {
        shape < 0 ? -shape * excesses.largest * (1 + 1e-9) : 0
    }

    /// Nodes within O(1/k) of the smallest scale, geometric.
    private static func irregularNodes(_ shape: Double, _ excesses: Excesses) -> [Double] {
        let start = Double.log(smallestScale(shape, excesses))
        let ratio = TailModel.lastIrregularNode / TailModel.firstIrregularNode
        return (0..<TailModel.nodes).map { node in
            let power = Double.pow(ratio, Double(node) / Double(TailModel.nodes - 1))
            return start + TailModel.firstIrregularNode * power / excesses.count
        }
    }

    /// Nodes around the conditional mode, in units of its standard deviation from the observed information.
    private static func regularNodes(_ shape: Double, _ excesses: Excesses) -> [Double] {
        let mode = logMode(shape, excesses)
        let scale = Double.exp(mode)
        var curvature = 0.0
        for (size, weight) in zip(excesses.sizes, excesses.weights) {
            let spread = scale + shape * size
            curvature += weight * size / (spread * spread)
        }
        let information = max((1 + shape) * scale * curvature, 1e-9)
        let deviation = min(1 / information.squareRoot(), 1)
        let span = TailModel.lastNode - TailModel.firstNode
        return (0..<TailModel.nodes).map { node in
            mode + deviation * (TailModel.firstNode + span * Double(node) / Double(TailModel.nodes - 1))
        }
    }

    /// The logarithm of the most likely scale, as 24 bisections find it.
    private static func logMode(_ shape: Double, _ excesses: Excesses) -> Double {
        let smallest = smallestScale(shape, excesses)
        var low = Double.log(max(smallest * (1 + 1e-4), excesses.mean * 1e-3))
        var high = Double.log(excesses.mean * 30 + 3 * smallest)
        let mode = exactLogMode(shape, excesses, low, high)
        for _ in 0..<24 {
            let middle = (low + high) / 2
            if middle < mode { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// Where the score is zero between two logarithms of a scale, or the nearer end: Newton's method on its
    /// logarithm, which is nearly a line, with bisections where it would leave.
    private static func exactLogMode(
        _ shape: Double, _ excesses: Excesses, _ low: Double, _ high: Double
    ) -> Double {
        var (low, high) = (low, high)
        var place = min(max(Double.log(excesses.mean), low), high)
        for _ in 0..<40 {
            let scale = Double.exp(place)
            var (score, slope) = (0.0, 0.0)
            for index in excesses.sizes.indices {
                let inverse = 1 / (scale + shape * excesses.sizes[index])
                let term = excesses.weights[index] * excesses.sizes[index] * inverse
                score += term
                slope += term * scale * inverse
            }
            let height = Double.log((1 + shape) * score / excesses.count)
            if height > 0 { low = place } else { high = place }
            let step = height * score / slope
            let next = place + step
            if abs(step) < 1e-11 || high - low < 1e-11 { return next }
            place = next > low && next < high ? next : (low + high) / 2
        }
        return place
    }

    private static func logLikelihood(_ shape: Double, _ logScale: Double, _ excesses: Excesses) -> Double {
        let scale = Double.exp(logScale)
        guard 1 + shape * excesses.largest / scale > 0 else { return -.infinity }
        let body = -excesses.count * logScale
        guard abs(shape) >= 1e-9 else { return body - excesses.total / scale }
        var sum = 0.0
        for index in excesses.sizes.indices {
            sum += excesses.weights[index] * .log(onePlus: shape * excesses.sizes[index] / scale)
        }
        return body - (1 + 1 / shape) * sum
    }
}
