import SizeStatistics

/// How many of the present values are above a size, however it is known.
enum CutCounts: Sendable {
    /// Every value was measured.
    case counted(SizeDistribution)
    /// Some were measured: what was read, how, and of how many rows.
    case sampled(MeasuredSide, population: Int, TailPredictive)
    /// The stored size of every value and the true size of some.
    case twoPhase(TwoPhaseEstimate, measured: SizeDistribution)
    /// Nothing was measured, or not all that had to be.
    case unknown

    func curve(at sizes: [ByteCount]) -> CutCurve? {
        switch self {
        case .counted(let distribution): CutCurve(counted: distribution, limits: sizes)
        case .sampled(let side, let population, let tail):
            CutCurve(sampled: side, population: population, tail: tail, limits: sizes)
        case .twoPhase(let estimate, let measured):
            CutCurve(twoPhase: estimate, measured: measured, limits: sizes)
        case .unknown: nil
        }
    }
}
