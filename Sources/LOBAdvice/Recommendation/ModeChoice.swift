/// The mode and size of one table, and why: the first rule that applies.
struct ModeChoice {
    let mode: LOBMode
    let bulkMaxSize: Kibibytes
    let reason: ModeReason

    /// What the rules look at.
    struct Facts {
        /// Who decided about cutting values; nil where no policy file says.
        var decision: TruncationDecision?
        /// The size on which people agreed for a table whose values may be cut.
        var agreed: Kibibytes?
        /// The KiB that the largest value asks for; nil where it is not known.
        let limit: Kibibytes?
        /// The limit with headroom, not on the ladder.
        let withHeadroom: Kibibytes?
        /// ``withHeadroom`` on the ladder: the limit of a limited rule.
        let setting: Kibibytes?
        /// Whether every LOB column is exact or bounded.
        let isCertain: Bool
        /// Whether the moments in which the rows were read are recorded.
        let isDated: Bool
        /// Whether the limit is also for rows that are still to come.
        let expectsGrowth: Bool
        let isTruncationOK: Bool
        /// P(a row above the setting); nil where not known.
        let riskAtSetting: Double?
        /// `bulk-max-size` if the table becomes unlimited.
        let inlineSize: Kibibytes
        /// Where the task writes to.
        let target: TargetEngine
    }

    /// Chooses.
    init(_ facts: Facts, policy: Policy) {
        if let agreed = facts.agreed {
            self = .init(
                mode: .limited, bulkMaxSize: agreed,
                reason: .agreed(agreed, facts.decision))
            return
        }
        guard let limit = facts.limit, let usable = facts.setting, let wanted = facts.withHeadroom else {
            self = .unlimited(facts, .largestNotKnown)
            return
        }
        guard limit <= Kibibytes.limitedModeCeiling else {
            self = .unlimited(facts, .overCeiling(needed: limit))
            return
        }
        if facts.isTruncationOK {
            self = .init(
                mode: .limited, bulkMaxSize: usable,
                reason: .truncationOK(usable, facts.decision))
            return
        }
        guard facts.target.supportsFullLOBMode else {
            self = .init(
                mode: .limited, bulkMaxSize: usable,
                reason: .noFullMode(facts.target, usable))
            return
        }
        switch policy.strategy {
        case .balanced where facts.isCertain && wanted <= policy.limitedUpTo:
            // What a person allows is no rung, but was asked for.
            let size = min(usable, max(policy.limitedUpTo, wanted))
            self = .init(
                mode: .limited, bulkMaxSize: size,
                reason: .certain(
                    needed: limit, limit: size, isDated: facts.isDated, expectsGrowth: facts.expectsGrowth))
        case .limitedWhenSafe where facts.riskAtSetting.map { $0 <= policy.risk } ?? false:
            self = .init(
                mode: .limited, bulkMaxSize: usable,
                reason: .withinRisk(usable, accepted: policy.risk))
        case .strict: self = .unlimited(facts, .strict)
        case .limitedWhenSafe:
            self = .unlimited(
                facts,
                facts.riskAtSetting == nil ? .riskNotKnown(usable) : .overRisk(usable, accepted: policy.risk))
        case .balanced:
            self = .unlimited(
                facts,
                facts.isCertain ? .overLimitedUpTo(needed: wanted, most: policy.limitedUpTo) : .estimate)
        }
    }

    init(mode: LOBMode, bulkMaxSize: Kibibytes, reason: ModeReason) {
        self.mode = mode
        self.bulkMaxSize = bulkMaxSize
        self.reason = reason
    }

    private static func unlimited(_ facts: Facts, _ reason: ModeReason) -> ModeChoice {
        ModeChoice(mode: .unlimited, bulkMaxSize: facts.inlineSize, reason: reason)
    }
}
