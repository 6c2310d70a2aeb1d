internal import RealModule

/// Rules for probabilities of truncation.
public enum Risk {
    /// A model's risk is never printed below this: lower predictions were exceeded on real data.
    public static let smallestReported = 0.02

    /// A model's risk as it may be printed, ``smallestReported`` to 1.
    public static func reported(_ risk: Double) -> Double {
        min(max(risk, smallestReported), 1)
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
