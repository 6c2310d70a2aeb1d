/// Whether the largest size is a hard cap: a limit at which something upstream cuts or rejects.
enum CapDetection {
    /// The posterior probability that the largest size is a cap.
    ///
    /// Under a cap every unit that reaches the largest size equals it; without, each of the t that do equals it
    /// with a probability uniform on 0 to 1: likelihood ratio t + 1. Prior odds 1 for a round or declared size,
    /// else 1/9; for a constant column 9 and 1. So a round cap must be seen 19 times to be believed at 95 %.
    /// Softer odds were wrong on real data.
    static func probability(_ units: SampledUnits) -> Double {
        let counts = units.largest.entries.prefix(11).map { Double($0.count) }
        guard let largest = units.largest.largest, let ties = counts.first else { return 0 }
        let isLikely = isRound(largest.bytes) || largest == units.declaredLength
        if ties >= Double(units.sampled) { return posterior(odds: (isLikely ? 9 : 1) * (ties + 1)) }
        let next = counts.dropFirst()
        guard ties >= 3, !next.isEmpty, ties * Double(next.count) >= 3 * next.reduce(0, +) else { return 0 }
        return posterior(odds: (isLikely ? 1 : 1.0 / 9) * (ties + 1))
    }

    private static func posterior(odds: Double) -> Double { odds / (1 + odds) }

    /// Whether a size, or the next one, is a x 2^i with a <= 12 and 2^i >= 64; or it is a x 10^i with a <= 25 and
    /// 10^i >= 100.
    static func isRound(_ bytes: Int64) -> Bool {
        guard bytes >= 64, bytes < .max else { return false }
        for candidate in [bytes, bytes + 1] {
            let power: Int64 = 1 << Int64(candidate.trailingZeroBitCount)
            if candidate / power <= 12, power >= 64 { return true }
        }
        var lead = bytes
        while lead % 10 == 0 { lead /= 10 }
        return lead <= 25 && bytes / lead >= 100
    }
}
