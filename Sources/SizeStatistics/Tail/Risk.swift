internal import RealModule

/// Rules for probabilities of truncation.
public enum Risk {
    /// A model's risk is never printed below this: lower predictions were exceeded on real data.
    public static let smallestReported = 0.02

    /// A model's risk as it may be printed, ``smallestReported`` to 1.
    public static func reported(_ risk: Double) -> Double {
        min(max(risk, smallestReported), 1)
    }

    /// How often the largest value of a sampled table is of a class that no sample hints at, whatever the limit: in real data
    /// about 0.6 % of samples were cut at a risk of 0.1 % (`reports/accuracy.md`, sampled tables together).
    static let unseenClass = 0.01

    /// The probability, 0 to 1, that a value of any of several tables is cut.
    ///
    /// Of one table it is its own. Of several each that rests on a sample (and is over 0) also counts for an unseen class of
    /// values: small risks, which are what many tables share, were exceeded most.
    ///
    /// - Parameters:
    ///   - sampled: of tables of which not every row was read.
    ///   - forecast: of tables of which every row was read, for rows to come.
    public static func joint(_ sampled: [Double], forecast: [Double] = []) -> Double {
        let estimated = sampled.filter { $0 > 0 }
        let own =
            estimated.count > 1 ? combined(estimated.flatMap { [$0, unseenClass] }) : estimated.first ?? 0
        return combined([own] + forecast)
    }

    /// The probability that at least one of several independent things happens: strata of a table, columns,
    /// tables.
    ///
    /// 1 - product of (1 - risk).
    public static func combined(_ risks: some Sequence<Double>) -> Double {
        // Not the negative of it: -0 is no risk that anybody should read.
        0 - .expMinusOne(risks.reduce(0) { $0 + .log(onePlus: -min(max($1, 0), 1)) })
    }
}
