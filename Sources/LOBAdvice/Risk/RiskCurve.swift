/// What a risk is computed for.
public enum RiskUse: Sendable {
    /// To be printed: nil where it is not known.
    case statement
    /// To choose a rule, and to compare old profiles with new ones: rows whose moments were not recorded are taken for all.
    case rule
}

/// The risk at any size, however it is known.
enum RiskCurve: Sendable, Equatable {
    /// Every row is known, and no more are expected; nil where no value exists.
    case known(largest: ByteCount?)
    /// Every row is known among others that may be there no more: none is larger, and whether any is as large is not known.
    case atMost(largest: ByteCount?)
    /// No row is known: none is larger, and whether any is nearly as large is not known.
    case bounded(by: ByteCount)
    /// Every row was read, in moments that were not recorded: a row that moved meanwhile may be missing.
    case undated(largest: ByteCount?)
    /// Every row is known, and more are expected.
    case growing(ColumnGrowth)
    /// Estimated from a sample of rows or blocks; rows to come are part of what was not read.
    case tail(AnchoredTail)
    /// From the stored size of every row and the true size of some; with rows to come where more are expected.
    case twoPhase(TwoPhaseEstimate, of: StoredSizeStrata, ColumnGrowth?)
    /// Not known.
    case unknown

    /// P(at least one value above `size`), as it may be printed.
    func probability(above size: ByteCount) -> Double? {
        switch self {
        case .known(let largest): largest.map { $0 > size ? 1 : 0 } ?? 0
        case .atMost(let largest): largest.map { $0 > size ? nil : 0 } ?? 0
        case .bounded(let most): most > size ? nil : 0
        case .undated(let largest): largest.flatMap { $0 > size ? 1 : nil }
        case .growing(let growth): growth.estimate.reportedRisk(above: size, future: growth.future)
        case .tail(let tail): tail.reportedRisk(above: size)
        case .twoPhase(let estimate, _, let growth):
            Risk.combined(
                [estimate.reportedRisk(above: size)]
                    + (growth.map { [$0.estimate.risk(above: size, future: $0.future)] } ?? []))
        case .unknown: nil
        }
    }

    /// The same as limits are made from it: what the models say, however little.
    func model(above size: ByteCount) -> Double? {
        switch self {
        case .known(let largest), .atMost(let largest), .undated(let largest):
            largest.map { $0 > size ? 1 : 0 } ?? 0
        case .bounded(let most): most > size ? 1 : 0
        case .growing(let growth): growth.estimate.risk(above: size, future: growth.future)
        case .tail(let tail): tail.risk(above: size)
        case .twoPhase(let estimate, _, let growth):
            Risk.combined(
                [estimate.isProven(at: size) ? 0 : estimate.risk(above: size)]
                    + (growth.map { [$0.estimate.risk(above: size, future: $0.future)] } ?? []))
        case .unknown: nil
        }
    }

    /// P(one more value above `size` than those that were read), as it may be printed.
    func another(above size: ByteCount) -> Double? {
        switch self {
        case .known, .atMost: 0
        case .bounded(let most): most > size ? nil : 0
        case .undated: nil
        case .growing(let growth): growth.estimate.riskOfAnother(above: size, future: growth.future)
        case .tail(let tail): tail.riskOfAnother(above: size)
        case .twoPhase(let estimate, _, let growth):
            Risk.combined(
                [estimate.riskOfAnother(above: size)]
                    + (growth.map { [$0.estimate.riskOfAnother(above: size, future: $0.future)] } ?? []))
        case .unknown: nil
        }
    }

    /// Equal where the same was read: a tail is a function of its units.
    static func == (left: RiskCurve, right: RiskCurve) -> Bool {
        switch (left, right) {
        case (.known(let left), .known(let right)), (.undated(let left), .undated(let right)),
            (.atMost(let left), .atMost(let right)):
            left == right
        case (.bounded(let left), .bounded(let right)): left == right
        case (.growing(let left), .growing(let right)): left == right
        case (.tail(let left), .tail(let right)): left == right
        case (.twoPhase(_, let left, let leftGrowth), .twoPhase(_, let right, let rightGrowth)):
            left == right && leftGrowth == rightGrowth
        case (.unknown, .unknown): true
        default: false
        }
    }
}
