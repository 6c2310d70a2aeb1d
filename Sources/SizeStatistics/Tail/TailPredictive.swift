internal import RealModule

/// What a sample says about the largest size of the units that were not read: risk and expected number above any
/// size, and the limit for a risk.
///
/// No random numbers and no optimiser: the same input gives the same output. Accuracy on real data is
/// measured in `reports/accuracy.md`. Nothing here can see a monster that was not sampled; see
/// ``DistributionFreeBound``.
public struct TailPredictive: Sendable {
    /// One threshold of the tail model.
    public struct Threshold: Sendable, Equatable {
        /// The threshold in bytes.
        public let size: Double
        /// The number of units above it.
        public let exceedances: Int
        /// The Anderson-Darling statistic; above 0.6 the weight falls.
        public let misfit: Double
        /// The posterior mean of the shape (xi): under 0 bounded, 0 exponential, over 0 heavy.
        public let meanShape: Double
        /// The share of this threshold in the average; those of all thresholds and the anchor sum to 1.
        public let weight: Double
    }

    /// The input.
    public let units: SampledUnits
    /// The probability that the largest size seen is a hard cap.
    public let capProbability: Double
    /// The weight of the Pareto tail that is anchored at the largest size seen.
    public let anchorWeight: Double
    let fits: [ThresholdFit]
    let weights: [Double]
    /// The largest size seen, in bytes.
    let largest: Double

    /// Fits the tail.
    public init(_ units: SampledUnits) {
        let fits = Self.fits(units)
        let logs = fits.map(\.logWeight) + [Double.log(TailModel.anchorWeight)]
        let most = logs.max() ?? 0
        let raw = logs.map { Double.exp($0 - most) }
        let total = raw.reduce(0, +)
        self.units = units
        self.fits = fits
        weights = raw.dropLast().map { $0 / total }
        anchorWeight = (raw.last ?? 1) / total
        largest = Double(units.largest.largest?.bytes ?? 0)
        capProbability = CapDetection.probability(units)
    }

    private init(_ fitted: TailPredictive, units: SampledUnits) {
        self.units = units
        fits = fitted.fits
        weights = fitted.weights
        anchorWeight = fitted.anchorWeight
        largest = fitted.largest
        capProbability = fitted.capProbability
    }

    /// The same sample with another number of units still to arrive: the tail does not depend on it.
    public func expecting(future: Int) -> TailPredictive {
        let other = SampledUnits(
            unit: units.unit, sampled: units.sampled, population: units.population, future: future,
            largest: units.largest, bound: units.bound, declaredLength: units.declaredLength,
            rowsPerUnit: units.rowsPerUnit)
        return TailPredictive(self, units: other)
    }

    /// The thresholds: at least 3 distinct sizes above each, and one below.
    private static func fits(_ units: SampledUnits) -> [ThresholdFit] {
        let entries = units.largest.entries
        let values = entries.map { Double($0.size.bytes) }
        let counts = entries.map { Double($0.count) }
        let most = min(max(25, 4 * Double(units.sampled).squareRoot()), 0.5 * Double(units.sampled))
        var fits: [ThresholdFit] = []
        var above = 0.0
        var end = 0
        var fittedEnd = 0
        for wanted in TailModel.exceedances where wanted <= most {
            while end < values.count, above < wanted {
                above += counts[end]
                end += 1
            }
            guard above >= wanted, end < values.count else { break }
            guard end >= 3, end != fittedEnd else { continue }
            fittedEnd = end
            let threshold = max((values[end - 1] + values[end]) / 2, 0.5)
            fits.append(
                ThresholdFit(Excesses(values: values[..<end], counts: counts[..<end], threshold: threshold)))
        }
        return fits
    }

    /// The thresholds and what each says.
    public var thresholds: [Threshold] {
        zip(fits, weights).map { fit, weight in
            Threshold(
                size: fit.threshold, exceedances: Int(clamping: fit.count), misfit: fit.misfit,
                meanShape: fit.meanShape, weight: weight)
        }
    }

    /// The weighted mean shape (xi) of the tail; 0.5, the anchor's, without a usable threshold.
    ///
    /// Over 0.6 the tail is so heavy that the risk is optimistic.
    public var meanShape: Double {
        let total = weights.reduce(0, +)
        guard total > 0 else { return TailModel.anchorShape }
        return zip(fits, weights).reduce(0) { $0 + $1.0.meanShape * $1.1 } / total
    }
}
