internal import RealModule

/// The constants of the tail model.
///
/// A hedged predictive for the largest of the units not read: generalised Pareto tails over twelve thresholds
/// (Coles 2001; Davison and Smith 1990) with a prior for the shape taken from real size data, weighted
/// by their fit; a Pareto tail anchored at the sample maximum; an unseen larger class of rows. Every constant
/// is part of what was calibrated: `reports/accuracy.md`.
enum TailModel {
    /// The shapes (xi) of the grid.
    static let shapes: [Double] = [
        -1, -0.8, -0.65, -0.5, -0.4, -0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1,
        1.15,
        1.3, 1.5,
    ]
    /// Log prior of each shape: normal with mean 0.35 and deviation 0.25, times the width of its cell.
    static let logPrior = shapes.indices.map { index in
        logNormal(shapes[index], deviation: 0.25) + Double.log(width(of: index, in: shapes))
    }
    /// A weaker prior, only to choose the fit whose goodness is tested.
    static let weakLogPrior = shapes.map { logNormal($0, deviation: 0.4) }

    /// How many units each threshold should have above it.
    static let exceedances: [Double] = [10, 16, 25, 40, 63, 100, 160, 250, 400, 630, 1000, 1600]
    /// The most points that a fit uses, and how many of them are the largest sizes as they are.
    static let points = 64
    static let exactPoints = 24

    /// Nodes over the logarithm of the scale, from `firstNode` to `lastNode` deviations around the mode.
    static let nodes = 9
    static let firstNode = -3.0
    static let lastNode = 4.0
    /// Below this shape the likelihood is not regular: its mass is within O(1/k) of the smallest scale.
    static let irregularShape = -0.45
    static let firstIrregularNode = 0.05
    static let lastIrregularNode = 40.0
    /// Posterior points with less weight are dropped.
    static let smallestPoint = 1e-5
    /// Thresholds with less weight are dropped.
    static let smallestThreshold = 1e-4

    /// Misfit (Anderson-Darling) that costs nothing, and what divides the excess.
    static let freeMisfit = 0.6
    static let misfitScale = 0.3

    /// The anchored Pareto: shape, and weight in units above a threshold.
    static let anchorShape = 0.5
    static let anchorWeight = 5.0

    /// The hedge: rate c of unseen larger classes (prior c / rho) and their shape tau.
    static let hedgeRate = 0.015
    static let hedgeShape = 2.0

    /// The largest size looked at: 1 TiB.
    static let ceiling = 1_099_511_627_776.0
    /// Block samples aim at this share of the risk asked for.
    static let blockRiskShare = 0.6

    private static func logNormal(_ shape: Double, deviation: Double) -> Double {
        let distance = (shape - 0.35) / deviation
        return -0.5 * distance * distance
    }

    /// Half the distance between the neighbours; at the ends the distance to the only one.
    static func width(of index: Int, in grid: [Double]) -> Double {
        if index == 0 { return grid[1] - grid[0] }
        if index == grid.count - 1 { return grid[index] - grid[index - 1] }
        return (grid[index + 1] - grid[index - 1]) / 2
    }
}
