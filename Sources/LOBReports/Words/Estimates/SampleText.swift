import LOBAdvice
import SizeStatistics

/// What a sample says of a column, in sentences for a reader without statistics: what was read, what is sure,
/// what is assumed, what to do for more certainty.
extension EstimateReason.Sample {
    var text: String {
        guard let limit else { return tooSmall }
        return """
            \(read) \(sure) Assuming that \(others) are like those that were read: with probability \
            \((1 - risk).percentText) no value is larger than about \(limit.bytes) bytes\(otherRisks). That is an estimate, often \
            several times the truth; for certainty, read every row: \(SurerText.advice(surer.routes)).
            """
    }

    /// What more and less certainty costs (statistics 3.7).
    private var otherRisks: String {
        let others = [0.2, 0.05, 0.01].filter { $0 != risk }.map { other in
            "\(tail.limit(alpha: other).bytes) bytes with \((1 - other).percentText)"
        }
        return " (\(others.joined(separator: ", ")))"
    }

    private var others: String {
        guard let expected else { return "the rows not read" }
        return "the rows not read, and \(expected) that are expected to arrive,"
    }

    /// For a sample that says too little.
    private var tooSmall: String {
        let count = tail.units.values
        return """
            \(read) \(sure) No limit is given: \(count) \(count == 1 ? "value says" : "values say") too little about the others, \
            \(AnchoredTail.fewestValues) are needed. To be certain, read every row: \(SurerText.advice(surer.routes)). \(EstimateReason.unlimited)
            """
    }

    private var unit: String { units.unit == .blocks ? "blocks" : "rows with a value" }

    private var read: String {
        let share = (Double(units.sampled) / Double(max(1, units.population))).percentText
        let count = "\(units.sampled) of \(units.population) \(unit) (\(share)) were read, drawn at random."
        guard let largest = largest else {
            return "\(count) None of them has a value."
        }
        return
            "\(count) The largest value in them has \(largest.bytes) bytes; one that was not read may be larger."
    }

    /// The distribution-free sentence (statistics 3.7).
    private var sure: String {
        let bound = DistributionFreeBound(units)
        let probability = bound.probabilityLargestIsSampled.percentText
        let what = units.unit == .blocks ? "blocks" : "rows"
        return """
            Without any assumption on sizes: the largest value of all is among those read with probability \
            \(probability), and up to \(bound.possiblyAbove) \(what) with larger values cannot be excluded (95 % sure).
            """
    }
}
