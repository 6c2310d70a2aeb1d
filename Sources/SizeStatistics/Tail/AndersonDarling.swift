internal import RealModule

/// How badly a fitted tail agrees with the excesses: the Anderson-Darling statistic.
enum AndersonDarling {
    /// A^2 = k x integral of (Fn - F)^2 / (F (1 - F)) dF, exact for a step function Fn.
    static func statistic(_ excesses: Excesses, shape: Double, scale: Double) -> Double {
        let smallest = 1e-12
        var lower = smallest
        var share = 0.0
        var sum = 0.0
        for (size, weight) in zip(excesses.sizes, excesses.weights).reversed() {
            let survival = GeneralizedPareto.survival(size, shape: shape, scale: scale)
            let upper = min(max(1 - survival, smallest), 1 - smallest)
            sum += primitive(upper, share) - primitive(lower, share)
            share += weight / excesses.count
            lower = upper
        }
        sum += primitive(1 - smallest, share) - primitive(lower, share)
        return excesses.count * sum
    }

    /// A primitive of (share - t)^2 / (t (1 - t)).
    private static func primitive(_ t: Double, _ share: Double) -> Double {
        let rest = 1 - share
        return -t + share * share * .log(t) - rest * rest * .log(onePlus: -t)
    }
}
