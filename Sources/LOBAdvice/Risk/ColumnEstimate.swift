/// What the measurement of one column says about all of its rows, those still to arrive included.
public struct ColumnEstimate: Sendable, Equatable {
    public let coverage: Coverage
    /// The largest size observed; a sample's is "at least".
    ///
    /// nil where nothing was measured or all is NULL.
    public let largest: ByteCount?
    /// What is certain of the largest size: exact, at least or at most; ``Figure/zero`` where no value exists.
    public let largestSize: Figure
    /// The number to show for it: the largest size observed, or where none was what bounds all sizes.
    public var shownLargest: ByteCount? {
        largest ?? (largestSize.provenance == .atMost ? largestSize.value.map { ByteCount($0) } : nil)
    }
    /// The smallest size that keeps the risk within the policy's; nil where refused or skipped, and
    /// where no value exists.
    public let limit: ByteCount?
    /// What is sure without any assumption, and what is assumed.
    public let reasons: [EstimateReason]
    /// What rows to come may do; nil where none are expected or nothing can be said of them.
    public let growth: ColumnGrowth?
    /// Why no limit is given; nil where one is, and where nothing was measured.
    let refusal: LimitRefusal?
    /// The risk at any size.
    let risk: RiskCurve
    let cuts: CutCounts
    /// The size that a log told of, where ``limit`` is for it.
    private(set) var logged: ByteCount?

    /// Creates an estimate.
    init(
        coverage: Coverage, largest: ByteCount?, limit: ByteCount?, reasons: [EstimateReason],
        risk: RiskCurve,
        cuts: CutCounts = .unknown, growth: ColumnGrowth? = nil, largestSize: Figure? = nil,
        refusal: LimitRefusal? = nil
    ) {
        self.refusal = refusal
        self.coverage = coverage
        self.largest = largest
        self.limit = limit
        self.reasons = reasons
        self.risk = risk
        self.cuts = cuts
        self.growth = growth
        self.largestSize = largestSize ?? Self.largestSize(largest, coverage)
    }

    /// Of a part, and of moments that are not recorded, the largest is a lower bound.
    private static func largestSize(_ largest: ByteCount?, _ coverage: Coverage) -> Figure {
        switch coverage {
        case .exact, .forecast: .exact(largest?.bytes ?? 0)
        case .skipped: .notKnown
        case .bounded, .undated, .sampled, .refused: .atLeast(largest?.bytes ?? 0)
        }
    }

    /// The probability, 0 to 1, that at least one present or expected value is larger than `size`; nil
    /// where it is not known.
    ///
    /// Never under 0.02 unless every row is known.
    public func risk(above size: ByteCount, _ use: RiskUse = .statement) -> Double? {
        let shown = risk.probability(above: size)
        switch risk {
        case .undated, .atMost, .bounded: return use == .rule ? risk.model(above: size) : shown
        case .known, .growing, .tail, .twoPhase, .unknown: return shown
        }
    }

    /// The probability, 0 to 1, that a value that was not read, or that is still expected, is larger than `size`:
    /// one more than those that are known; nil where it is not known.
    public func riskOfAnother(above size: ByteCount) -> Double? {
        risk.another(above: size)
    }

    /// Whether what is there is known, and only rows to come keep it from having a limit.
    public var isRefusedForRowsToCome: Bool { refusal == .rowsToCome }

    /// Whether every row was counted, and none that is not there any more: what two profiles are compared by.
    var isCounted: Bool { coverage.isCounted && largestSize.provenance != .atMost }

    /// How much of an accepted risk is left for rows to come: after two phases the rows present that were not read take
    /// some of it.
    func riskLeft(of alpha: Double, at size: ByteCount) -> Double {
        guard case .twoPhase(let present, _, _) = risk else { return alpha }
        let taken = present.isProven(at: size) ? 0 : present.risk(above: size)
        return taken < alpha ? 1 - (1 - alpha) / (1 - taken) : 0
    }

    /// How many of the present values are above sizes: counted, or estimated with an interval that holds with 95 %;
    /// nil where nothing was measured.
    public func cut(at sizes: [ByteCount]) -> CutCurve? {
        cuts.curve(at: sizes)
    }

    /// The same measurement with more to say.
    func saying(_ forecast: EstimateReason.Forecast) -> ColumnEstimate {
        ColumnEstimate(
            coverage: coverage, largest: largest, limit: limit, reasons: reasons + [.forecast(forecast)],
            risk: risk, cuts: cuts, growth: growth, largestSize: largestSize)
    }

    /// The same measurement with a limit that also holds a value of which a log told; unchanged where no limit is known, or
    /// it holds that value already.
    func holding(_ logged: LoggedSize) -> ColumnEstimate {
        guard coverage != .refused, coverage != .skipped, logged.size > limit ?? ByteCount(0) else {
            return self
        }
        var holding = ColumnEstimate(
            coverage: coverage, largest: largest, limit: logged.size,
            reasons: reasons + [.logged(logged)], risk: risk, cuts: cuts, growth: growth,
            largestSize: largestSize)
        holding.logged = logged.size
        return holding
    }

    /// The same measurement with another limit and risk, and more to say.
    func with(
        limit: ByteCount?, risk: RiskCurve, _ forecast: EstimateReason.Forecast, _ growth: ColumnGrowth
    ) -> ColumnEstimate {
        let isDecidedByRowsToCome = growth.expected.rows > 0 && (coverage == .exact || coverage == .bounded)
        return ColumnEstimate(
            coverage: isDecidedByRowsToCome ? .forecast : coverage, largest: largest, limit: limit,
            reasons: reasons + [.forecast(forecast)], risk: risk, cuts: cuts, growth: growth,
            largestSize: largestSize)
    }

    /// Whether the same is known: what is cut follows from what was read, as the risk does.
    public static func == (left: ColumnEstimate, right: ColumnEstimate) -> Bool {
        left.coverage == right.coverage && left.largest == right.largest
            && left.largestSize == right.largestSize && left.limit == right.limit
            && left.reasons == right.reasons && left.growth == right.growth && left.risk == right.risk
    }
}
