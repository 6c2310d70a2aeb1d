import DMS

/// What deployed files say of a value that was cut: which limit it was, and what the rule must become.
struct DeployedLimitAdvice {
    /// To follow what the log says; empty where no files were given.
    let message: String
    /// What to change; nil where nothing is to be said of the files.
    let remedy: String?

    /// - Parameter isGiven: whether files were given.
    init(_ outcome: TruncationOutcome, isGiven: Bool) {
        guard isGiven else {
            (message, remedy) = ("", nil)
            return
        }
        guard let deployed = outcome.deployed else {
            message = "; no task of the given files migrates the table"
            remedy = "give the files of the task that wrote the log"
            return
        }
        let needed = outcome.needed
        let task = deployed.task.map { "task \($0)" } ?? "the task"
        let origin = deployed.lobs.rule.map { "rule \($0) of \(task)" } ?? "\(deployed.lobs.origin) (\(task))"
        switch deployed.standing(cutAt: outcome.truncation.limit, needed: needed) {
        case .cut(let limit):
            message = ", which is \(origin): \(limit.count) KB"
            remedy = "\(origin) must become \(Self.target(for: needed, deployed.lobs))"
        case .changed(let limit, let holds):
            message = "; the given files have \(limit.count) KB (\(origin)), which were not in force then"
            remedy =
                holds
                ? "its \(limit.count) KB hold that value: load what was cut again"
                : "\(origin) must become \(Self.target(for: needed, deployed.lobs))"
        case .unlimited:
            message = "; the given files make it unlimited (\(origin)), which was not in force then"
            remedy = "load what was cut again"
        case .leftOut:
            message = "; the given files migrate no LOBs (\(origin))"
            remedy = "give the files of the task that wrote the log"
        case .unknown:
            message = "; which limit the given files have is not known (\(origin))"
            remedy = nil
        }
    }

    /// The next rung that holds the value, or unlimited where none does.
    private static func target(for needed: Kibibytes, _ lobs: EffectiveLOBs) -> String {
        guard needed <= Kibibytes.limitedModeCeiling else {
            return "unlimited: no limit holds \(needed.count) KB"
        }
        let size = LimitLadder.rung(for: needed).count
        return lobs.isOfOwnRule
            ? "limited with a bulk-max-size of \(size) or more, or unlimited"
            : "\(size) or more, or the table needs a rule of its own, with that limit or unlimited"
    }
}

extension EffectiveLOBs {
    /// The id of the table-settings rule that decides; nil for anything else.
    var rule: Int? {
        if case .ownRule(let id) = decidedBy { id } else { nil }
    }
}
