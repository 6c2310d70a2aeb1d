/// What rows still to arrive may do to a limit.
///
/// New rows are not exchangeable with the past: a new maximum came 1.2 to 5 times as often as it would be if they
/// were. So the estimate is the largest of several: from all rows, and from the most recent half, quarter, and as many as are to
/// come. Only the probability of at least one larger row is worth printing; larger rows come in runs.
public struct GrowthEstimate: Sendable, Equatable {
    /// From all rows.
    public let history: AnchoredTail
    /// From the most recent rows alone, where it is known which those are.
    public let recent: [AnchoredTail]

    /// Creates an estimate.
    ///
    /// - Parameters:
    ///   - history: all rows, or a sample of them.
    ///   - recent: the most recent rows, by ``windows(of:future:)``, all of them read.
    public init(history: SampledUnits, recent: [SampledUnits] = []) {
        self.history = AnchoredTail(history)
        self.recent = recent.map { AnchoredTail($0) }
    }

    /// How many of the most recent rows to look at by themselves for a forecast of so many: a half, a quarter, and as many as
    /// are to come, the most first and never all.
    public static func windows(of rows: Int, future: Int) -> [Int] {
        Set([rows / 2, rows / 4, future]).filter { $0 > 0 && $0 < rows }.sorted(by: >)
    }

    /// The probability that a row, present or among `future` rows to come, is larger than a size.
    public func risk(above size: ByteCount, future: Int) -> Double {
        parts(future).map { $0.risk(above: size) }.max() ?? 1
    }

    /// The risk to print: never under 0.02 unless no row is missing.
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
        risk(above: limit, future: future) <= alpha
    }

    private func parts(_ future: Int) -> [AnchoredTail] {
        [history.expecting(future: future)] + recent.map { $0.expecting(future: future) }
    }
}
