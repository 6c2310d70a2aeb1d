import LOBAdvice

/// Why a table has its mode and size, in words.
enum ModeWords {
    /// One or two sentences, without a full stop.
    static func sentence(_ reason: ModeReason) -> String {
        switch reason {
        case .noLOB: "no column that DMS treats as a LOB"
        case .agreed(let size, let decision):
            "truncation is accepted\(by(decision)); \(size.count) KB were agreed"
        case .largestNotKnown:
            "the largest value is not known, so no limit is safe; see how its columns were read"
        case .overCeiling(let needed):
            "\(needed.count) KB are needed, more than the \(Kibibytes.limitedModeCeiling.count) KB that limited mode can hold"
        case .truncationOK(let size, let decision):
            "truncation is accepted\(by(decision)); \(size.count) KB hold what was measured"
        case .noFullMode(let target, let size):
            "the target \(target.rawValue) has no full LOB mode; \(size.count) KB hold what was measured, and \(stops)"
        case .certain(let needed, let limit, let isDated, let expectsGrowth):
            "\(fits(needed, isDated, expectsGrowth)), so \(limit.count) KB leave room; \(stops)"
        case .withinRisk(let size, let accepted):
            "the risk at \(size.count) KB is within the accepted \(accepted.percentText)"
        case .shared(let reason, let limit, let isOnlyLimit):
            "\(sentence(reason)); \(isOnlyLimit ? "the target has one limit for the task" : shared), \(limit.count) KB"
        case .strict: "truncation is not OK and the strategy is strict"
        case .riskNotKnown(let size): "the risk at \(size.count) KB is not known"
        case .overRisk(let size, let accepted):
            "the risk at \(size.count) KB is above the accepted \(accepted.percentText)"
        case .overLimitedUpTo(let needed, let most):
            "truncation is not OK and \(needed.count) KB are needed with headroom, more than the \(most.count) of --limited-up-to"
        case .overJointRisk(let accepted):
            "with it the risk of all limited tables together would be above the accepted \(accepted.percentText)"
        case .estimate:
            "truncation is not OK and the limit is an estimate from a sample; --method full would make it certain"
        }
    }

    private static let stops = "FailTasksOnLobTruncation stops the task instead of cutting"
    private static let shared = "tables whose values must not be cut share the LobMaxSize of the task"

    private static func fits(_ needed: Kibibytes, _ isDated: Bool, _ expectsGrowth: Bool) -> String {
        let present = isDated ? "every value present is known to fit" : "every value that was read fits"
        return expectsGrowth
            ? "\(present), and those to come are expected to fit, \(needed.count) KB"
            : "\(present) \(needed.count) KB"
    }

    /// ` by NAME until DAY (TICKET)`, as far as it is known.
    private static func by(_ decision: TruncationDecision?) -> String { decision.map(\.text) ?? "" }
}
