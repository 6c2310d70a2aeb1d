internal import RealModule

/// One stratum, ready to be asked: the rows not read, and the ratios of those read at random.
struct RatioStratum: Sendable {
    /// Stored sizes of the rows not read.
    let unmeasured: [SizeHistogram.Bucket]
    /// Ratios of true to stored size, ascending.
    let ratios: [Double]
    /// The number of rows not read.
    let rows: Int

    init(_ stratum: Stratum) {
        unmeasured = stratum.unmeasured
        ratios = stratum.random.map(\.ratio).sorted()
        rows = unmeasured.reduce(0) { $0.saturatingSum($1.count) }
    }

    var largestStored: Int64 { unmeasured.last?.upper.bytes ?? 0 }

    /// The expected number of rows not read that are larger than `size`; infinite where no ratio is known.
    func expected(above size: Double, expansion: Int?) -> Double {
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
