internal import RealModule

/// Looks for the smallest size that is good enough, where every larger one is too.
enum LimitSearch {
    /// The smallest size, in bytes, by bisections of its logarithm.
    ///
    /// - Parameters:
    ///   - low: the first candidate.
    ///   - high: what is returned where nothing smaller will do, good enough or not.
    ///   - steps: the number of bisections.
    ///   - suffices: whether a size is good enough.
    static func smallest(from low: Double, to high: Double, steps: Int, suffices: (Double) -> Bool) -> Double
    {
        if suffices(low) { return low }
        guard suffices(high) else { return high }
        var below = Double.log(max(low, 1))
        var enough = Double.log(high)
        for _ in 0..<steps {
            let middle = (below + enough) / 2
            if suffices(.exp(middle)) { enough = middle } else { below = middle }
        }
        return min(.exp(enough), high)
    }
}
