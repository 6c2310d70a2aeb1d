import SizeStatistics

/// The risk at any size, however it is known.
enum RiskCurve: Sendable {
    /// Every row is known; nil where no value exists.
    case known(largest: ByteCount?)
    /// Estimated from a sample of rows or blocks.
    case tail(TailPredictive)
    /// Not known.
    case unknown

    /// P(at least one value above `size`).
    func probability(above size: ByteCount) -> Double? {
        switch self {
        case .known(let largest): largest.map { $0 > size ? 1 : 0 } ?? 0
        case .tail(let tail): tail.reportedRisk(above: size)
        case .unknown: nil
        }
    }
}

extension RiskCurve: Equatable {
    /// Equal where the same was read: a tail is a function of its units.
    static func == (left: RiskCurve, right: RiskCurve) -> Bool {
        switch (left, right) {
        case (.known(let left), .known(let right)): left == right
        case (.tail(let left), .tail(let right)): left.units == right.units
        case (.unknown, .unknown): true
        default: false
        }
    }
}
