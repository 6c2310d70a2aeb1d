/// Whether a sample's limit can be used.
public enum Verdict: Sendable, Equatable {
    /// No unit can be larger: all were read, or the schema bounds the size.
    case exact
    /// The limit is at most 8 times the largest size seen.
    case ok
    /// Usable, but more than 8 times the largest size seen, or the tail is so heavy (shape over 0.6) that
    /// the risk is optimistic: read more rows.
    case wide
    /// No limit should be taken from this sample.
    case refused(Refusal)
}

/// Why a sample says nothing useful.
public enum Refusal: Sendable, Equatable {
    /// Fewer than 20 independent units were read, or none that is not empty (0).
    case fewUnits(Int)
    /// The limit would be above the 102,400 KiB of limited LOB mode.
    case aboveCeiling(ByteCount)
    /// The limit would be so many times, more than 64, the largest size seen.
    case farAboveLargest(Double)
}

extension TailPredictive {
    /// The largest limit that DMS takes in limited LOB mode: 102,400 KiB.
    static let largestLimit = ByteCount(102_400 * 1024)

    /// Whether the limit for a risk can be used.
    ///
    /// The factors 8 and 64 are choices, not results.
    public func verdict(alpha: Double) -> Verdict {
        if isCertain(at: units.largest.largest ?? ByteCount(0)) { return .exact }
        let limit = limit(alpha: alpha)
        if isCertain(at: limit), limit <= Self.largestLimit { return .exact }
        // Empty values and blocks of NULLs tell nothing of the sizes that others have.
        let telling = largest > 0 ? units.sampled : 0
        guard telling >= 20 else { return .refused(.fewUnits(telling)) }
        guard limit <= Self.largestLimit else { return .refused(.aboveCeiling(limit)) }
        let factor = Double(limit.bytes) / max(largest, 1)
        guard factor <= 64 else { return .refused(.farAboveLargest(factor)) }
        return factor > 8 || meanShape > 0.6 ? .wide : .ok
    }
}
