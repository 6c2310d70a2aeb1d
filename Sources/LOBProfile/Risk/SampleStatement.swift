import SizeStatistics

/// What a sample says of a column, in sentences for a reader without statistics: what was read, what is sure,
/// what is assumed, what to do for more certainty.
struct SampleStatement {
    let measurement: ColumnMeasurement
    let units: SampledUnits
    let tail: TailPredictive
    let limit: ByteCount
    let risk: Double
    /// Rows of the table, an estimate.
    let population: Int
    /// Rows to come, where some are expected.
    let growth: ColumnGrowth?
    /// Surer ways to measure the column.
    let surer: [TablePlan.SurerRoute]

    /// For a sample that a limit can be taken from.
    var usable: String {
        """
        \(read) \(sure) Assuming that \(others) are like those that were read: with probability \
        \((1 - risk).percentText) no value is larger than \(limit.bytes) bytes. For certainty, read every row: \
        \(SurerText.advice(surer)).
        """
    }

    private var others: String {
        guard let growth, growth.expected.rows > 0 else { return "the rows not read" }
        return "the rows not read, and \(growth.expected.rows) that are expected to arrive,"
    }

    /// For a sample that says too little.
    func refused(_ refusal: Refusal) -> String {
        "\(read) \(sure) \(Self.reason(refusal)) \(remedy)"
    }

    private var unit: String { units.unit == .blocks ? "blocks" : "rows with a value" }

    private var read: String {
        let share = (Double(units.sampled) / Double(max(1, units.population))).percentText
        let largest = measurement.distribution.largest.map {
            "The largest value has at least \($0.bytes) bytes."
        }
        let count = "\(units.sampled) of \(units.population) \(unit) (\(share)) were read."
        return "\(count) \(largest ?? "None of them has a value.")"
    }

    /// The distribution-free sentence (statistics 3.7).
    private var sure: String {
        let bound = DistributionFreeBound(units)
        let probability = bound.probabilityLargestIsSampled.percentText
        return """
            Without any assumption on sizes: the largest value is among them with probability \(probability); up to \
            \(bound.possiblyAbove) \(units.unit == .blocks ? "blocks" : "rows") with larger values cannot be \
            excluded (95 %).
            """
    }

    private static func reason(_ refusal: Refusal) -> String {
        switch refusal {
        case .fewUnits(let count): "\(count) independent units are too few to say anything about the others."
        case .aboveCeiling: "A limit would have to be above the 102400 KB that limited mode can hold."
        case .farAboveLargest(let factor):
            "A limit would have to be \(Int(factor.rounded())) times the largest value seen: that is guessing."
        }
    }

    private var remedy: String {
        let share = SampleSize.fraction(forRatio: 8, alpha: risk)
        let rows = SampleSize.rowsNeeded(forRatio: 8, alpha: risk, population: population)
        return """
            To be certain, read every row: \(SurerText.advice(surer)). A sample of \(share.percentText), about \
            \(rows) rows, would be needed for a limit within 8 times the largest value seen. Unlimited LOB mode \
            needs no limit.
            """
    }
}
