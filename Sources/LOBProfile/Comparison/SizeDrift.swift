public import SizeStatistics

/// How the sizes of a column moved between two profiles.
public struct SizeDrift: Sendable, Equatable {
    /// Distances and quantiles.
    public let sizes: DistributionComparison
    public let verdict: Verdict

    /// Whether the values changed, or only the sample of them.
    public enum Verdict: String, Sendable, CaseIterable {
        /// No difference.
        case same
        /// Different: counted, or more than two samples of the same values would be.
        case changed
        /// Different by no more than two samples of the same values are.
        case sampleOnly = "sample-only"
        /// Some sizes of either side are expected, not read, so that there is no test.
        case notTested = "not-tested"
    }

    /// Compares two measurements; nil where one has no value.
    init?(_ old: ColumnMeasurement?, _ new: ColumnMeasurement?) {
        guard let old, let new, old.distribution.count > 0, new.distribution.count > 0 else { return nil }
        let isExpected = old.strata != nil || new.strata != nil
        let sizes = DistributionComparison(before: old.side, after: new.side)
        self.init(sizes: sizes, verdict: isExpected && sizes.distance > 0 ? .notTested : .same)
    }

    private init(sizes: DistributionComparison, verdict: Verdict) {
        self.sizes = sizes
        self.verdict = verdict
    }

    /// Whether a test decides.
    var isTested: Bool { verdict != .notTested && !sizes.isDirect }

    /// The same drift with its verdict at a level.
    func judged(level: Double) -> SizeDrift {
        guard verdict != .notTested else { return self }
        if sizes.isDifferent(level: level) { return SizeDrift(sizes: sizes, verdict: .changed) }
        let isSame = sizes.distance == 0 && sizes.quantiles.allSatisfy { $0.before == $0.after }
        return SizeDrift(sizes: sizes, verdict: isSame ? .same : .sampleOnly)
    }
}

extension ColumnMeasurement {
    /// The measurement as one side of a comparison.
    var side: MeasuredSide {
        if let blocks { return MeasuredSide(distribution, design: .blocks(blocks)) }
        return MeasuredSide(representative, design: method == .sample ? .rows : .full)
    }
}
