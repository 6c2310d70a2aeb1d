import SizeStatistics

/// The risk at any size, however it is known.
enum RiskCurve: Sendable, Equatable {
    /// Every row is known; nil where no value exists.
    case known(largest: ByteCount?)
    /// Estimated from a sample of rows or blocks.
    //TAIL
    /// Not known.
    case unknown

    /// P(at least one value above `size`).
    func probability(above size: ByteCount) -> Double? {
        switch self {
        case .known(let largest): largest.map { $0 > size ? 1 : 0 } ?? 0
        //TAIL2
        case .unknown: nil
        }
    }
}
