/// How the sizes of a column moved between two profiles.
public struct SizeDrift: Sendable, Equatable {
    /// Distances and quantiles.
    public let sizes: DistributionComparison
    public let verdict: Verdict
    /// Whether sizes changed of which those of every row were counted on both sides, while the others are sampled and
    /// show no difference.
    public let isOnlyTail: Bool
    /// Whether such sizes changed.
    private let isTailChanged: Bool
    /// For two measurements in two phases: what decides instead of the sizes, most of which are expected, not read.
    private let stored: StoredSizeComparison?

    /// Whether the values changed, or only the sample of them.
    public enum Verdict: String, Sendable, CaseIterable {
        /// No difference.
        case same
        /// Different: counted, or more than two samples of the same values would be.
        case changed
        /// Different by no more than two samples of the same values are.
        case sampleOnly = "sample-only"
        /// Some sizes of one side are expected, not read, or could not be read, so that there is no test.
        case notTested = "not-tested"
    }

    /// Compares two measurements; nil where one has no value.
    init?(_ old: ColumnMeasurement?, _ new: ColumnMeasurement?) {
        guard let old, let new, old.distribution.count > 0, new.distribution.count > 0 else { return nil }
        let sizes = DistributionComparison(before: old.side, after: new.side)
        let stored = old.strata.flatMap { before in
            new.strata.map { StoredSizeComparison(before: before, after: $0) }
        }
        let isTestable = stored != nil || (old.isTestable && new.isTestable)
        self.init(
            sizes: sizes, verdict: !isTestable && sizes.distance > 0 ? .notTested : .same, stored: stored,
            isTailChanged: CountedTail.isDifferent(old, new), isOnlyTail: false)
    }

    private init(
        sizes: DistributionComparison, verdict: Verdict, stored: StoredSizeComparison?, isTailChanged: Bool,
        isOnlyTail: Bool
    ) {
        self.sizes = sizes
        self.verdict = verdict
        self.stored = stored
        self.isTailChanged = isTailChanged
        self.isOnlyTail = isOnlyTail
    }

    /// Whether a test decides.
    var isTested: Bool { verdict != .notTested && (stored != nil || !sizes.isDirect) }

    /// The same drift with its verdict at a level.
    func judged(level: Double) -> SizeDrift {
        guard verdict != .notTested || isTailChanged else { return self }
        let isBodyDifferent =
            verdict != .notTested
            && (stored?.isDifferent(level: level) ?? sizes.isDifferent(level: level))
        let isSame = sizes.distance == 0 && sizes.quantiles.allSatisfy { $0.before == $0.after }
        return SizeDrift(
            sizes: sizes,
            verdict: isBodyDifferent || isTailChanged ? .changed : isSame ? .same : .sampleOnly,
            stored: stored, isTailChanged: isTailChanged, isOnlyTail: isTailChanged && !isBodyDifferent)
    }
}

extension ColumnMeasurement {
    /// The measurement as one side of a comparison.
    var side: MeasuredSide {
        if let blocks { return MeasuredSide(distribution, design: .blocks(blocks)) }
        return MeasuredSide(representative, design: method == .sample ? .rows : .full)
    }

    /// Whether its sizes are those of all rows, or of rows that are known to be drawn at random.
    fileprivate var isTestable: Bool {
        strata == nil && unreadBlocks + unreadRows == 0 && (tail == nil || blocks != nil)
    }

    /// Whether other rows could have been drawn, and would have given other figures.
    var dependsOnDraw: Bool {
        unreadBlocks + unreadRows == 0 && (method == .sample || strata != nil || tail != nil)
    }
}
