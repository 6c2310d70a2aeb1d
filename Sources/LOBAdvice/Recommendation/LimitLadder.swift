import DMS

/// The sizes that the limit of a rule may have, in KiB: few, so that a value that grows a little changes no rule.
///
/// 63 is the knee of full loads: a LOB of less than 64 KB travels with its row (DMS user guide, LOB support); 102,400 is
/// the largest limit that DMS recommends in limited mode.
public enum LimitLadder {
    /// The rungs, smallest first.
    public static let rungs =
        [32, 63, 128, 256, 512, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536].map { Kibibytes($0) }
        + [Kibibytes.limitedModeCeiling]

    /// The smallest rung that holds a size, but not over a cap; the largest of all for what no rung holds.
    ///
    /// - Parameter cap: the most that the target takes; nil for no limit of its own.
    public static func rung(for size: Kibibytes, cap: Kibibytes? = nil) -> Kibibytes {
        let rung = rungs.first { $0 >= size } ?? Kibibytes.limitedModeCeiling
        return cap.map { min(rung, $0) } ?? rung
    }
}
