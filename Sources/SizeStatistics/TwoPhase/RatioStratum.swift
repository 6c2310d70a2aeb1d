internal import RealModule

/// One stratum, ready to be asked: the rows not read, and the ratios of those read at random.
struct RatioStratum: Sendable {
    /// Stored sizes of the rows not read.
    let unmeasured: [SizeHistogram.Bucket]
    /// Ratios of true to stored size, ascending.
    let ratios: [Double]
    /// The number of rows not read.
    let rows: Int
    /// Whether the values are compressed; nil where that is not known.
    let isCompressed: Bool?
    /// The largest possible ratio; nil where there is none.
    let expansion: Int?

    /// - Parameter expansion: the largest possible ratio of a compressed value; a plain one is no larger than what is stored of
    ///   it, where there is one.
    init(_ stratum: Stratum, expansion: Int?) {
        isCompressed = stratum.isCompressed
        self.expansion = expansion.map { stratum.isCompressed == false ? 1 : $0 }
        unmeasured = stratum.unmeasured
        ratios = stratum.random.map(\.ratio).sorted()
        rows = unmeasured.reduce(0) { $0.saturatingSum($1.count) }
    }

    /// The largest size that a row that was not read can have; nil without a bound of the ratio.
    var largestPossible: Int64? {
        expansion.map { (unmeasured.last?.upper.bytes ?? 0).saturatingProduct(Int64($0)) }
    }

    /// The expected number of rows not read that are larger than `size`; infinite where no ratio is known.
    func expected(above size: Double) -> Double {
        var sum = 0.0
        for bucket in unmeasured {
            let stored = Double(max(bucket.upper.bytes, 1))
            if let expansion, size >= stored * Double(expansion) { continue }
            guard !ratios.isEmpty else { return .infinity }
            sum += Double(bucket.count) * weight(above: size / stored)
        }
        return sum / Double(max(ratios.count, 1))
    }

    /// How many of the ratios, and one more, exceed `ratio`; beyond the largest a Pareto tail.
    private func weight(above ratio: Double) -> Double {
        let largest = ratios[ratios.count - 1]
        if ratio >= largest { return .pow(ratio / largest, -1 / TwoPhaseEstimate.ratioShape) }
        var low = 0
        var high = ratios.count
        while low < high {
            let middle = low + (high - low) / 2
            if ratios[middle] <= ratio { low = middle + 1 } else { high = middle }
        }
        return Double(ratios.count - low + 1)
    }
}
