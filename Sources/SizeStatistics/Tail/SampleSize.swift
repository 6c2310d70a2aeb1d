/// How much must be read for a limit of a given quality; no pilot sample is needed.
public enum SampleSize {
    /// The fraction of the rows to read for a limit of at most `ratio` times the largest size seen.
    ///
    /// 1 / (1 + ratio^2 x alpha / (1 - alpha)), from the anchored Pareto tail. Over about 0.3 a full scan is the
    /// better use of the time.
    ///
    /// - Parameters:
    ///   - ratio: limit over largest size seen, over 0.
    ///   - alpha: the risk, over 0 and under 1.
    public static func fraction(forRatio ratio: Double, alpha: Double) -> Double {
        1 / (1 + ratio * ratio * alpha / (1 - alpha))
    }

    /// The number of rows to read, of `population`.
    public static func rowsNeeded(forRatio ratio: Double, alpha: Double, population: Int) -> Int {
        min(
            Int(clamping: (fraction(forRatio: ratio, alpha: alpha) * Double(population)).rounded(.up)),
            population)
    }
}
