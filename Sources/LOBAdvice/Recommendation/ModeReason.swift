/// Why a table has its mode and size, with the numbers that decided.
public enum ModeReason: Sendable, Equatable {
    /// No column is a LOB to DMS.
    case noLOB
    /// Values may be cut, and a size was agreed.
    case agreed(Kibibytes, TruncationDecision?)
    /// No limit is safe.
    case largestNotKnown
    /// More is needed than limited mode can hold.
    case overCeiling(needed: Kibibytes)
    /// Values may be cut, and the size holds those that were measured.
    case truncationOK(Kibibytes, TruncationDecision?)
    /// The target can only limit.
    case noFullMode(TargetEngine, Kibibytes)
    /// What is needed is certain and fits the limit with room to spare.
    case certain(needed: Kibibytes, limit: Kibibytes, isDated: Bool, expectsGrowth: Bool)
    /// The risk at a size is within the accepted one.
    case withinRisk(Kibibytes, accepted: Double)
    /// Values must not be cut, and the strategy takes no chance.
    case strict
    /// The risk at a size is not known.
    case riskNotKnown(Kibibytes)
    /// The risk at a size is above the accepted one.
    case overRisk(Kibibytes, accepted: Double)
    /// More is needed with headroom than may be limited.
    case overLimitedUpTo(needed: Kibibytes, most: Kibibytes)
    /// The limit is an estimate.
    case estimate
    /// With it the risk of all limited tables together would be above the accepted one.
    case overJointRisk(accepted: Double)
    /// For another reason, and then with the limit that the tables of a task share.
    ///
    /// `isOnlyLimit`: whether the target has no limit but that of the task.
    indirect case shared(ModeReason, limit: Kibibytes, isOnlyLimit: Bool)
}
