import LOBAdvice
import SizeStatistics

/// What a two-phase measurement says of a column, in sentences for a reader without statistics: what was read, what
/// is sure, what is assumed, what to do for more certainty.
extension EstimateReason.TwoPhase {
    var text: String {
        guard let limit else { return refused }
        if estimate.knowsLargest { return "\(read) \(certain)" }
        return "\(read) \(estimate.isProven(at: limit) ? proven(limit) : assumed(limit))"
    }

    private var certain: String {
        estimate.unmeasuredRows == 0
            ? "That is every row: the largest is certain, of the rows present."
            : "None is larger, that is certain of the rows present: every other value is stored as its text, without "
                + "compression or with so little that it cannot be."
    }

    /// For a measurement that bounds nothing.
    private var refused: String {
        """
        \(read) Of some sizes no random row could be read, so nothing bounds the rows that were not, and no limit is \
        given. For certainty, read every row: \(SurerText.advice(surer.routes)). \(EstimateReason.unlimited)
        """
    }

    private func proven(_ limit: ByteCount) -> String {
        """
        No value of the rows present can be larger than \(limit.bytes) bytes: that is certain, because \(method) \
        makes no value more than \(estimate.expansion ?? 1) times smaller. Nothing is assumed about the documents. \
        The largest size itself would take reading every row: \(SurerText.advice(surer.routes)).
        """
    }

    private func assumed(_ limit: ByteCount) -> String {
        """
        With probability \((1 - risk).percentText) no value is larger than \(limit.bytes) bytes, assuming no class \
        of documents, rarer than \(estimate.rarestClassSeen.percentText) of the rows, \(rareClass)\(ceiling) For certainty, \
        read every row: \(SurerText.advice(surer.routes)).
        """
    }

    /// What may be stored far smaller than it is.
    private var rareClass: String {
        estimate.leavesPlainOnly
            ? "whose text is far longer than what is stored without compression (numbers with large exponents, control "
                + "characters, arrays of NULLs): such a document may be among those not read."
            : "that compresses far better than all seen ones: such a document is stored small and may be among those not "
                + "read."
    }

    /// What is sure though the limit is not.
    private var ceiling: String {
        guard let bound = estimate.strictBound, let expansion = estimate.expansion else { return "" }
        return """
             Whatever the documents are, none is larger than \(bound.bytes) bytes, because \(method) makes no value \
            more than \(expansion) times smaller.
            """
    }

    private var method: String {
        estimate.expansion == TwoPhaseEstimate.pglzExpansion
            ? "PostgreSQL's compression pglz, the only one seen in the column,"
            : "PostgreSQL's compression (pglz or lz4)"
    }

    /// The compressed ones, where all of them were read.
    private var compressed: String {
        guard estimate.leavesPlainOnly, let count = estimate.compressedRows, count > 0 else { return "" }
        return "all \(count) that are compressed, "
    }

    private var random: Int {
        estimate.compressedRows == nil ? estimate.randomRows : estimate.randomRowsAmongUnread
    }

    private var read: String {
        let measured = rows - estimate.unmeasuredRows
        let largest = estimate.largest.map { " The largest of them has \($0.bytes) bytes." } ?? ""
        guard estimate.unmeasuredRows > 0 else {
            return "The true size of every row was read: \(rows) with a value, \(nulls) NULL.\(largest)"
        }
        return """
            The stored size of every row was read (\(rows) with a value, \(nulls) NULL), and the true size of \
            \(measured): \(compressed)those with the largest stored sizes and \(random) random ones.\(largest)
            """
    }
}
