/// Several independent parts of a column: partitions, or the rows of a partial scan beside a sample of the rest.
public struct StratifiedTail: Sendable {
    /// One predictive for each part; a part that was fully read adds no risk, and its largest size is a floor of the
    /// limit.
    public let strata: [TailPredictive]

    /// Creates a predictive of the parts together.
    public init(_ strata: [TailPredictive]) {
        self.strata = strata
    }

    /// The largest size seen in any part.
    public var largest: ByteCount? { strata.compactMap(\.units.largest.largest).max() }

    /// The model's probability that at least one unit of any part is larger than a size.
    public func risk(above size: ByteCount) -> Double {
        risk(above: Double(size.bytes))
    }

    /// The expected number of unread rows larger than a size; nil where a part does not know.
    public func expectedAbove(_ size: ByteCount) -> Double? {
        var sum = 0.0
        for stratum in strata {
            guard let expected = stratum.expectedAbove(size) else { return nil }
            sum += expected
        }
        return sum
    }

    /// The smallest size above which the risk is at most `alpha`; 1 TiB where no smaller size will do.
    ///
    /// Conservative: every sampled part pays for its own hedge. Parts known to be alike are better pooled.
    public func limit(alpha: Double) -> ByteCount {
        let start = Double(largest?.bytes ?? 0)
        let limit = LimitSearch.smallest(
            from: start, to: max(start, TailModel.ceiling), steps: 40, alpha: alpha
        ) {
            risk(above: $0)
        }
        return ByteCount(roundingUp: limit)
    }

    private func risk(above size: Double) -> Double {
        Risk.combined(strata.map { min($0.risk(above: size) / $0.riskShare, 1) })
    }
}
