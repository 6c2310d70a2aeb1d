internal import RealModule

extension TailPredictive {
    /// The model's probability that at least one unit, read, unread or still to come, is larger than a size.
    ///
    /// Never rises with the size. Where more rows are read and the largest sizes stay, it falls while the thresholds stay
    /// the same; with one more of them, which a larger sample allows, it can rise, to 2.2 times at most over
    /// random inputs of many kinds. 1 below the largest size seen; 0 where every unit was read, or at a bound of the schema. Print
    /// ``reportedRisk(above:)`` instead.
    public func risk(above size: ByteCount) -> Double {
        risk(above: Double(size.bytes))
    }

    /// The risk to print: never under 0.02 unless it is 0 by an exact scan or a bound, since lower figures proved
    /// optimistic on data that nobody tuned to; for blocks scaled as their limits are.
    public func reportedRisk(above size: ByteCount) -> Double {
        let risk = risk(above: size) / riskShare
        return risk == 0 && isCertain(at: size) ? 0 : Risk.reported(risk)
    }

    /// The probability, as it may be printed, that a unit not read, or still to come, is larger than a size: one
    /// more than those that were read.
    ///
    /// Below the largest size seen no model of the tail is needed: with k of n units above, the rate has the
    /// posterior Gamma(k + 1, n), and none of m more units is above with probability (1 + m / n)^-(k + 1).
    public func riskOfAnother(above size: ByteCount) -> Double {
        guard Double(size.bytes) < largest else { return reportedRisk(above: size) }
        guard units.unseen > 0 else { return 0 }
        guard units.sampled > 0 else { return 1 }
        let above = Double(units.largest.countAbove(size) ?? units.largest.count)
        return Risk.reported(-.expMinusOne(-(above + 1) * .log(onePlus: ratio)))
    }

    /// The model's risk in the way in which limits are made from it: for blocks 1 / 0.6 of it; 0 to 1.
    public func calibratedRisk(above size: ByteCount) -> Double {
        min(1, risk(above: size) / riskShare)
    }

    /// Whether no unit can be larger than a size.
    public func isCertain(at size: ByteCount) -> Bool {
        guard Double(size.bytes) >= largest else { return false }
        return units.unseen <= 0 || units.bound.map { size >= $0 } ?? false
    }

    /// The smallest size above which the risk is at most `alpha` (0 to 1, not included); for block samples at
    /// most 0.6 `alpha`, which is what covers as promised.
    ///
    /// The bound of the schema, or 1 TiB, where no smaller size will do.
    public func limit(alpha: Double) -> ByteCount {
        ByteCount(roundingUp: limitBytes(alpha: alpha * riskShare))
    }

    /// The expected number of rows not read that are larger than a size: right within a factor 2 in the mean, so
    /// print one digit.
    ///
    /// nil below the smallest size whose count is exact.
    public func expectedAbove(_ size: ByteCount) -> Double? {
        guard size >= units.largest.floor else { return nil }
        return expected(above: Double(size.bytes)) * units.rowsPerUnit
    }

    var riskShare: Double { units.unit == .blocks ? TailModel.blockRiskShare : 1 }

    private var ratio: Double { units.unseen / Double(units.sampled) }

    package func risk(above size: Double) -> Double {
        guard size >= largest else { return 1 }
        guard units.unseen > 0, !isBounded(size) else { return 0 }
        guard units.sampled > 0 else { return 1 }
        let unseenClass = hedge * (largest > 0 ? (largest / size).squareRoot() : 1)
        return (1 - capProbability) * (1 - probabilityOfNone(above: size) * (1 - unseenClass))
    }

    private func isBounded(_ size: Double) -> Bool {
        units.bound.map { size >= Double($0.bytes) } ?? false
    }

    /// The probability that a larger class of rows exists and was not sampled: 1 - (n / (n + m))^c.
    private var hedge: Double {
        -.expMinusOne(-TailModel.hedgeRate * .log(onePlus: ratio))
    }

    /// The probability that none is larger, from the fits and the anchor.
    private func probabilityOfNone(above size: Double) -> Double {
        var sum = anchorWeight / (1 + ratio * anchorSurvival(size))
        var total = anchorWeight
        for (fit, weight) in zip(fits, weights) where weight >= TailModel.smallestThreshold {
            sum += weight * fit.probabilityOfNone(above: size, ratio: ratio)
            total += weight
        }
        return sum / total
    }

    /// The anchor's survival function, (M / size)^(1 / 0.5).
    private func anchorSurvival(_ size: Double) -> Double {
        let quotient = max(largest, 1) / max(size, 1)
        return quotient * quotient
    }

    package func expected(above size: Double) -> Double {
        guard units.unseen > 0, !isBounded(size) else { return 0 }
        guard units.sampled > 0 else { return units.unseen }
        guard size >= largest else {
            let above = units.largest.entries.prefix { Double($0.size.bytes) > size }
            return ratio * above.reduce(0) { $0 + Double($1.count) }
        }
        var sum = anchorWeight * ratio * anchorSurvival(size)
        for (fit, weight) in zip(fits, weights) where weight >= TailModel.smallestThreshold {
            sum += weight * fit.expected(above: size, ratio: ratio)
        }
        let unseenClass = TailModel.hedgeRate * ratio * (max(largest, 1) / max(size, 1)).squareRoot()
        return (1 - capProbability) * (sum + unseenClass)
    }

    package func limitBytes(alpha: Double) -> Double {
        let bound = units.bound.map { Double($0.bytes) } ?? TailModel.ceiling
        let top = max(min(TailModel.ceiling, bound), largest)
        return LimitSearch.smallest(from: largest, to: top, steps: 32, alpha: alpha) { risk(above: $0) }
    }
}
