public import SizeStatistics

/// What the measurement of one column says about all of its rows, those still to arrive included.
public struct ColumnEstimate: Sendable, Equatable {
    public let coverage: Coverage
    /// The largest size observed; a sample's is "at least".
    ///
    /// nil where nothing was measured or all is NULL.
    public let largest: ByteCount?
    /// The smallest size that keeps the risk within the policy's; nil where refused or skipped, and
    /// where no value exists.
    public let limit: ByteCount?
    /// What is sure without any assumption, and what is assumed, in sentences.
    public let statement: String
    /// The risk at any size.
    let risk: RiskCurve

    /// Creates an estimate.
    init(coverage: Coverage, largest: ByteCount?, limit: ByteCount?, statement: String, risk: RiskCurve) {
        self.coverage = coverage
        self.largest = largest
        self.limit = limit
        self.statement = statement
        self.risk = risk
    }

    /// The probability, 0 to 1, that at least one present or expected value is larger than `size`; nil
    /// where it is not known.
    ///
    /// Never under 0.02 unless every row is known.
    public func risk(above size: ByteCount) -> Double? {
        risk.probability(above: size)
    }
}
