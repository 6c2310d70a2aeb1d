internal import RealModule

/// What a sample says about the largest size of the units that were not read: risk and expected number above any
/// size, and the limit for a risk.
///
/// A Pareto tail of shape 1/2 through the largest size seen, M, with a Gamma posterior for the rate of larger units: with n
/// units read and m not, P(one is larger than L) = r q^2 / (1 + r q^2) for r = m / n and q = M / L. That is the fraction not
/// read at M itself, which holds without any assumption, and nothing but M and the numbers of units counts: no cap can be believed.
/// Models with more parameters covered no better on real data: `reports/accuracy.md`. Nothing here can see a monster
/// that was not sampled; see ``DistributionFreeBound``.
public struct AnchoredTail: Sendable, Equatable {
    /// The input.
    public let units: SampledUnits

    /// How many values must have been read for a limit to be given.
    public static let fewestValues = 50
    /// Limits of block samples are made for this share of the risk asked for: values of a block are alike.
    static let blockRiskShare = 0.6

    /// Takes what was drawn.
    public init(_ units: SampledUnits) {
        self.units = units
    }

    /// The same sample with another number of units still to arrive.
    public func expecting(future: Int) -> AnchoredTail {
        AnchoredTail(units.expecting(future: future))
    }

    /// Whether too little was read for a limit: fewer than ``fewestValues`` values, and not all that there are.
    public var isTooSmall: Bool { units.unseen > 0 && units.values < Self.fewestValues }

    /// The probability that at least one unit, read, unread or still to come, is larger than a size.
    ///
    /// Never rises with the size. 1 below the largest size seen; 0 where every unit was read.
    public func risk(above size: ByteCount) -> Double {
        guard size >= largest else { return 1 }
        guard !isCertain(at: size) else { return 0 }
        guard units.sampled > 0 else { return 1 }
        let odds = ratio * survival(size)
        return min(1, odds / (1 + odds) / riskShare)
    }

    /// The risk to print: never under 0.02 unless it is 0 because every unit was read: lower figures proved optimistic.
    public func reportedRisk(above size: ByteCount) -> Double {
        isCertain(at: size) ? 0 : Risk.reported(risk(above: size))
    }

    /// The probability, as it may be printed, that a unit not read, or still to come, is larger than a size: one
    /// more than those that were read.
    ///
    /// Below the largest size seen no model of the tail is needed: with k of n units above, the rate has the
    /// posterior Gamma(k + 1, n), and none of m more units is above with probability (1 + m / n)^-(k + 1).
    public func riskOfAnother(above size: ByteCount) -> Double {
        guard size < largest else { return reportedRisk(above: size) }
        guard units.unseen > 0 else { return 0 }
        guard units.sampled > 0 else { return 1 }
        let above = Double(units.largest.countAbove(size) ?? units.largest.count)
        return Risk.reported(-.expMinusOne(-(above + 1) * .log(onePlus: ratio)))
    }

    /// Whether no unit can be larger than a size.
    public func isCertain(at size: ByteCount) -> Bool {
        size >= largest && (units.unseen <= 0 || size >= .largestValue)
    }

    /// The smallest size above which the risk is at most `alpha`, over 0 and under 1: M sqrt(r (1 - alpha) / alpha), and at least
    /// the largest size seen.
    public func limit(alpha: Double) -> ByteCount {
        guard units.unseen > 0 else { return largest }
        guard units.sampled > 0 else { return .largestValue }
        let share = alpha * riskShare
        let factor = max(1, (ratio * (1 - share) / share).squareRoot())
        let limit = max(largest, min(ByteCount(roundingUp: factor * anchor), .largestValue))
        // Where the product is a whole number, its last bit may be on the wrong side.
        return risk(above: limit) <= alpha ? limit : ByteCount(limit.bytes + 1)
    }

    /// The expected number of rows not read that are larger than a size: right within a factor of a few in the mean, so
    /// print one digit.
    ///
    /// nil below the smallest size whose count is exact.
    public func expectedAbove(_ size: ByteCount) -> Double? {
        guard size >= units.largest.floor else { return nil }
        guard units.unseen > 0, size < .largestValue else { return 0 }
        guard units.sampled > 0 else { return units.unseen * units.rowsPerUnit }
        let above = size < largest ? Double(units.largest.countAbove(size) ?? 0) : survival(size)
        return ratio * above * units.rowsPerUnit
    }

    private var largest: ByteCount { units.largest.largest ?? ByteCount(0) }
    /// The largest size seen in bytes, at least 1.
    private var anchor: Double { Double(max(largest.bytes, 1)) }
    private var ratio: Double { units.unseen / Double(units.sampled) }
    private var riskShare: Double { units.unit == .blocks ? Self.blockRiskShare : 1 }

    private func survival(_ size: ByteCount) -> Double {
        let quotient = anchor / Double(max(size.bytes, 1))
        return quotient * quotient
    }
}
