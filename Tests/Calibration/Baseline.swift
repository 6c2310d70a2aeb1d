import RealModule

/// Limits that people use or textbooks give, to compare with.
enum Baseline: String, CaseIterable {
    case lobscope
    case sampleMaximum = "sample maximum"
    case oneAndAHalf = "1.5 x sample maximum"
    case twice = "2 x sample maximum"
    case percentile = "99.9th percentile"
    case naivePareto = "generalised Pareto, plug-in"
    case lognormal = "lognormal, plug-in"

    /// What a baseline may know of a sample.
    struct Input {
        /// Ascending.
        let rows: [Int64]
        let unseenRows: Double
        let pareto: ParetoFit?
    }

    /// The limit in bytes for a risk; lobscope's own is not computed here.
    func limit(_ input: Input, alpha: Double) -> Double {
        let largest = Double(input.rows.last ?? 0)
        switch self {
        case .lobscope, .sampleMaximum: return largest
        case .oneAndAHalf: return 1.5 * largest
        case .twice: return 2 * largest
        case .percentile: return Self.percentile(input.rows, 0.999)
        case .naivePareto:
            return max(largest, input.pareto?.limit(unseen: input.unseenRows, alpha: alpha) ?? 0)
        case .lognormal: return max(largest, Self.lognormal(input, alpha))
        }
    }

    static func percentile(_ rows: [Int64], _ q: Double) -> Double {
        let place = q * Double(rows.count - 1)
        let low = Int(place)
        let high = min(low + 1, rows.count - 1)
        return Double(rows[low]) + (place - Double(low)) * Double(rows[high] - rows[low])
    }

    /// The quantile of the largest of the unseen rows, were all sizes lognormal with the sample's moments.
    private static func lognormal(_ input: Input, _ alpha: Double) -> Double {
        let logs = input.rows.map { Double.log(max(Double($0), 1)) }
        let mean = logs.reduce(0, +) / Double(logs.count)
        let variance = logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(logs.count)
        let tail = -Double.expMinusOne(.log(onePlus: -alpha) / input.unseenRows)
        return .exp(min(mean + variance.squareRoot() * upperNormalQuantile(tail), 40))
    }

    /// The size that a standard normal variable exceeds with a probability.
    private static func upperNormalQuantile(_ probability: Double) -> Double {
        var (low, high) = (-10.0, 40.0)
        for _ in 0..<80 {
            let middle = (low + high) / 2
            if Double.erfc(middle / 2.0.squareRoot()) / 2 > probability {
                low = middle
            } else {
                high = middle
            }
        }
        return (low + high) / 2
    }
}
