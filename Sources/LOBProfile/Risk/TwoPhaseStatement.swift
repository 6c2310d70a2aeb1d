import SizeStatistics

/// What a two-phase measurement says of a column, in sentences for a reader without statistics.
struct TwoPhaseStatement {
    let estimate: TwoPhaseEstimate
    /// Rows with a value.
    let rows: Int
    let nulls: Int
    let risk: Double
    /// Surer ways to measure the column.
    let surer: [TablePlan.SurerRoute]

    /// For a measurement that a limit can be taken from.
    func usable(_ limit: ByteCount) -> String {
        if estimate.unmeasuredRows == 0 { return "\(read) That is every row: the largest is certain." }
        let proven = "No value can be larger than \(limit.bytes) bytes: that follows from the stored sizes."
        let assumed = """
            With probability \((1 - risk).percentText) no value is larger than \(limit.bytes) bytes, assuming no class \
            of documents, rarer than \(estimate.rarestClassSeen.percentText) of the rows, that compresses far better \
            than all seen ones. For certainty, read every row: \(SurerText.advice(surer)).
            """
        return "\(read) \(estimate.isProven(at: limit) ? proven : assumed)"
    }

    /// For a measurement that bounds nothing.
    var refused: String {
        """
        \(read) Of some sizes no random row could be read, so nothing bounds the rows that were not. For \
        certainty, read every row: \(SurerText.advice(surer)).
        """
    }

    private var read: String {
        let measured = rows - estimate.unmeasuredRows
        let largest = estimate.largest.map { " The largest of them has \($0.bytes) bytes." } ?? ""
        return """
            The stored size of every row was read (\(rows) with a value, \(nulls) NULL), and the true size of \
            \(measured): those with the largest stored sizes and \(estimate.randomRows) random ones.\(largest)
            """
    }
}
