/// What rows still to arrive may do to a limit.
///
/// New rows are not exchangeable with the past: a new maximum came 1.2 to 5 times as often as it would be if they
/// were. So the estimate is the larger of two: from all rows, and from the most recent alone. Only the
/// probability of at least one larger row is worth printing; larger rows come in runs.
public struct GrowthEstimate: Sendable {
    /// From all rows.
    public let history: TailPredictive
    /// From the most recent rows, where it is known which those are.
    public let recent: TailPredictive?

    /// Creates an estimate.
    ///
    /// - Parameters:
    ///   - history: all rows, or a sample of them.
    ///   - recent: the most recent ``recentRows(forFuture:)`` rows, all of them read.
    public init(history: SampledUnits, recent: SampledUnits? = nil) {
        self.history = TailPredictive(history)
        self.recent = recent.map { TailPredictive($0) }
    }

    /// How many of the most recent rows to look at for a forecast of so many rows: 4 times as many, at least 500.
    public static func recentRows(forFuture rows: Int) -> Int {
        max(500, rows.saturatingProduct(4))
    }

    /// The model's probability that a row, present or among `future` rows to come, is larger than a size.
    public func risk(above size: ByteCount, future: Int) -> Double {
        parts(future).map { $0.risk(above: size) }.max() ?? 1
    }

    /// The risk to print: never under 0.02 unless no row is missing or a bound proves it.
    public func reportedRisk(above size: ByteCount, future: Int) -> Double {
        parts(future).map { $0.reportedRisk(above: size) }.max() ?? 1
    }

    /// The smallest size above which the risk is at most `alpha` after `future` more rows.
    public func limit(alpha: Double, future: Int) -> ByteCount {
        parts(future).map { $0.limit(alpha: alpha) }.max() ?? ByteCount(0)
    }

    /// The probability, as it may be printed, of a unit above a size beyond those that are known to be.
    public func riskOfAnother(above size: ByteCount, future: Int) -> Double {
        parts(future).map { $0.riskOfAnother(above: size) }.max() ?? 1
    }

    /// The largest number of rows to come with which a limit keeps its risk; nil where no number breaks it.
    public func rowsHeld(by limit: ByteCount, alpha: Double) -> Int? {
        guard holds(limit, alpha, 0) else { return 0 }
        var high = 1
        while holds(limit, alpha, high) {
            guard high < 1 << 50 else { return nil }
            high *= 2
        }
        var low = high / 2
        while low + 1 < high {
            let middle = low + (high - low) / 2
            if holds(limit, alpha, middle) { low = middle } else { high = middle }
        }
        return low
    }

    private func holds(_ limit: ByteCount, _ alpha: Double, _ future: Int) -> Bool {
        parts(future).allSatisfy { $0.risk(above: limit) <= alpha * $0.riskShare }
    }

    private func parts(_ future: Int) -> [TailPredictive] {
        [history, recent].compactMap { $0?.expecting(future: future) }
    }
}

extension GrowthEstimate: Equatable {
    /// Equal where the same was read: a tail is a function of its units.
    public static func == (left: GrowthEstimate, right: GrowthEstimate) -> Bool {
        left.history.units == right.history.units && left.recent?.units == right.recent?.units
    }
}
