internal import RealModule

/// The posterior of the tail above one threshold, as weighted points (shape, scale).
struct ThresholdFit: Sendable {
    /// The threshold in bytes.
    let threshold: Double
    /// The number of units above it (k).
    let count: Double
    /// The Anderson-Darling statistic (A^2).
    let misfit: Double
    /// Posterior weights, summing to 1, and the points they belong to.
    private(set) var weights: [Double] = []
    private(set) var shapes: [Double] = []
    private(set) var scales: [Double] = []

    init(_ excesses: Excesses) {
        threshold = excesses.threshold
        count = excesses.count
        let grids = TailModel.shapes.map { ScaleGrid(shape: $0, of: excesses) }
        misfit = Self.misfit(of: grids, to: excesses)
        normalize(grids)
    }

    /// The logarithm of the weight of this threshold: many units, a good fit.
    var logWeight: Double {
        .log(count) - max(0, misfit - TailModel.freeMisfit) / TailModel.misfitScale
    }

    /// The posterior mean of the shape.
    var meanShape: Double { zip(weights, shapes).reduce(0) { $0 + $1.0 * $1.1 } }

    /// The misfit at the mode of a weakly penalised likelihood.
    private static func misfit(of grids: [ScaleGrid], to excesses: Excesses) -> Double {
        var best = 0
        for index in grids.indices where score(grids, index) > score(grids, best) { best = index }
        let grid = grids[best]
        let logScale = zip(grid.nodes, grid.logWeights)
            .reduce(0) { $0 + $1.0 * .exp($1.1 - grid.logTotal) }
        return AndersonDarling.statistic(excesses, shape: grid.shape, scale: .exp(logScale))
    }

    private static func score(_ grids: [ScaleGrid], _ index: Int) -> Double {
        grids[index].logTotal + TailModel.weakLogPrior[index]
    }

    private mutating func normalize(_ grids: [ScaleGrid]) {
        let logs = grids.indices.flatMap { index in
            grids[index].logWeights.map { $0 + TailModel.logPrior[index] }
        }
        let largest = logs.max() ?? 0
        let raw = logs.map { Double.exp($0 - largest) }
        let total = raw.reduce(0, +)
        for (index, weight) in raw.enumerated() where weight / total > TailModel.smallestPoint {
            let (shape, node) = index.quotientAndRemainder(dividingBy: TailModel.nodes)
            weights.append(weight / total)
            shapes.append(grids[shape].shape)
            scales.append(.exp(grids[shape].nodes[node]))
        }
        let kept = weights.reduce(0, +)
        weights = weights.map { $0 / kept }
    }

    /// The probability that none of the unseen units is larger than `size`.
    ///
    /// The rate of exceeding the threshold, of posterior Gamma(k + 1, n), is integrated out.
    ///
    /// - Parameters:
    ///   - size: in bytes, at least the threshold.
    ///   - ratio: unseen units for each unit read.
    func probabilityOfNone(above size: Double, ratio: Double) -> Double {
        var sum = 0.0
        for index in weights.indices {
            let survival = GeneralizedPareto.survival(
                size - threshold, shape: shapes[index], scale: scales[index])
            sum += weights[index] * .exp(-(count + 1) * .log(onePlus: ratio * survival))
        }
        return sum
    }

    /// The expected number of unseen units larger than `size`.
    func expected(above size: Double, ratio: Double) -> Double {
        var sum = 0.0
        for index in weights.indices {
            sum +=
                weights[index]
                * GeneralizedPareto.survival(size - threshold, shape: shapes[index], scale: scales[index])
        }
        return (count + 1) * ratio * sum
    }
}
