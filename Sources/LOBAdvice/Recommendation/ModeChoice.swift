/// The mode and size of one table, and why: the first rule that applies.
struct ModeChoice {
    let mode: LOBMode
    let bulkMaxSize: Kibibytes
    let reason: String

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
                reason: "truncation is accepted\(Self.by(facts.decision)); \(agreed.count) KB were agreed")
            return
        }
        guard let limit = facts.limit, let usable = facts.setting, let wanted = facts.withHeadroom else {
            self = .unlimited(
                facts, "the largest value is not known, so no limit is safe; see how its columns were read")
            return
        }
        guard limit <= Kibibytes.limitedModeCeiling else {
            self = .unlimited(
                facts, "\(limit.count) KB are needed, more than the 102400 KB that limited mode can hold")
            return
        }
        if facts.isTruncationOK {
            self = .init(
                mode: .limited, bulkMaxSize: usable,
                reason:
                    "truncation is accepted\(Self.by(facts.decision)); \(usable.count) KB hold what was measured"
            )
            return
        }
        guard facts.target.supportsFullLOBMode else {
            self = .init(
                mode: .limited, bulkMaxSize: usable,
                reason:
                    "the target \(facts.target.rawValue) has no full LOB mode; \(usable.count) KB hold what was measured, "
                    + "and FailTasksOnLobTruncation stops the task instead of cutting")
            return
        }
        switch policy.strategy {
        case .balanced where facts.isCertain && wanted <= policy.limitedUpTo:
            // What a person allows is no rung, but was asked for.
            let size = min(usable, max(policy.limitedUpTo, wanted))
            self = .init(
                mode: .limited, bulkMaxSize: size,
                reason: Self.fits(limit, facts)
                    + ", so \(size.count) KB leave room; FailTasksOnLobTruncation stops the task instead of cutting"
            )
        case .limitedWhenSafe where facts.riskAtSetting.map { $0 <= policy.risk } ?? false:
            self = .init(
                mode: .limited, bulkMaxSize: usable,
                reason: "the risk at \(usable.count) KB is within the accepted \(policy.risk.percentText)")
        case .strict: self = .unlimited(facts, "truncation is not OK and the strategy is strict")
        case .limitedWhenSafe:
            self = .unlimited(
                facts,
                facts.riskAtSetting == nil
                    ? "the risk at \(usable.count) KB is not known"
                    : "the risk at \(usable.count) KB is above the accepted \(policy.risk.percentText)")
        case .balanced:
            self = .unlimited(
                facts,
                facts.isCertain
                    ? "truncation is not OK and \(wanted.count) KB are needed with headroom, more than the "
                        + "\(policy.limitedUpTo.count) of --limited-up-to"
                    : "truncation is not OK and the limit is an estimate from a sample; --method full would make it certain"
            )
        }
    }

    init(mode: LOBMode, bulkMaxSize: Kibibytes, reason: String) {
        self.mode = mode
        self.bulkMaxSize = bulkMaxSize
        self.reason = reason
    }

    private static func fits(_ limit: Kibibytes, _ facts: Facts) -> String {
        let present = facts.isDated ? "every value present is known to fit" : "every value that was read fits"
        return facts.expectsGrowth
            ? "\(present), and those to come are expected to fit, \(limit.count) KB"
            : "\(present) \(limit.count) KB"
    }

    /// ` by NAME until DAY (TICKET)`, as far as it is known.
    private static func by(_ decision: TruncationDecision?) -> String {
        decision.map(\.text) ?? ""
    }

    private static func unlimited(_ facts: Facts, _ reason: String) -> ModeChoice {
        ModeChoice(mode: .unlimited, bulkMaxSize: facts.inlineSize, reason: reason)
    }
}
