internal import RealModule

/// The generalised Pareto distribution of excesses over a threshold.
enum GeneralizedPareto {
    /// The probability that an excess is larger than `excess`.
    ///
    /// (1 + shape x excess / scale)^(-1/shape), its limit exp(-excess / scale) at shape 0; 0 beyond the end
    /// of a bounded tail.
    static func survival(_ excess: Double, shape: Double, scale: Double) -> Double {
        guard abs(shape) >= 1e-9 else { return .exp(-excess / scale) }
        let base = 1 + shape * excess / scale
        return base > 0 ? .exp(-.log(base) / shape) : 0
    }
}
