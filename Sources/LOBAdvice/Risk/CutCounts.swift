/// How many of the present values are above a size, however it is known.
enum CutCounts: Sendable {
    /// Every value was measured.
    case counted(SizeDistribution)
    /// Every value was measured, and others that were deleted or replaced meanwhile.
    case atMost(SizeDistribution)
    /// The sizes above some size of every value; below it those of random blocks, of so many rows.
    case tail(ExactTail, MeasuredSide, population: Int)
    /// Some were measured: what was read, how, and of how many rows.
    case sampled(MeasuredSide, population: Int, AnchoredTail)
    /// The stored size of every value and the true size of some.
    case twoPhase(TwoPhaseEstimate, measured: SizeDistribution)
    /// Nothing was measured, or not all that had to be.
    case unknown

    func curve(at sizes: [ByteCount]) -> CutCurve? {
        switch self {
        case .counted(let distribution): CutCurve(counted: distribution, limits: sizes)
        case .atMost(let distribution): CutCurve(atMost: distribution, limits: sizes)
        case .tail(let tail, let side, let population):
            CutCurve(
                tail: tail.sizes, above: tail.floor, sampled: side, population: population, limits: sizes)
        case .sampled(let side, let population, let tail):
            CutCurve(sampled: side, population: population, tail: tail, limits: sizes)
        case .twoPhase(let estimate, let measured):
            CutCurve(twoPhase: estimate, measured: measured, limits: sizes)
        case .unknown: nil
        }
    }
}
