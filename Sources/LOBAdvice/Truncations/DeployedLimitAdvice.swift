import DMS

/// What deployed files say of a value that was cut: which limit it was, and what the rule must become.
struct DeployedLimitAdvice {
    /// What has the limit that cut, to follow that; empty where it is not known.
    private(set) var cause = ""
    /// To follow what the log says; empty where nothing more is to be said.
    private(set) var message = ""
    /// What to change; nil where nothing is to be said of the files.
    private(set) var remedy: String?
    /// Whether the files as they are cut such a value no more.
    private(set) var isMended = false

    private static let giveFiles = "give the files of the task that wrote the log"

    /// - Parameter isGiven: whether files were given.
    init(_ outcome: TruncationOutcome, isGiven: Bool) {
        guard isGiven else { return }
        guard let deployed = outcome.deployed else {
            message = "; no task of the given files migrates the table"
            remedy = Self.giveFiles
            return
        }
        let origin = Self.origin(deployed)
        switch deployed.standing(
            cutAt: outcome.truncation.limit, needed: outcome.needed, isLeast: outcome.needsAtLeast)
        {
        case .cut(let limit):
            cause = " (\(origin): \(limit.count) KB)"
            remedy = Self.change(deployed, toHold: outcome.needed)
        case .changed(let limit, let holds):
            message = "; the given files have \(limit.count) KB (\(origin)), which was not in force then"
            isMended = holds
            remedy =
                holds
                ? "\(limit.count) KB hold that value: load again what was cut"
                : Self.change(deployed, toHold: outcome.needed)
        case .unlimited:
            message = "; the given files make it unlimited (\(origin)), which was not in force then"
            isMended = true
            remedy = "load again what was cut"
        case .leftOut:
            message = "; the given files migrate no LOBs"
            remedy = Self.giveFiles
        case .unknown: message = "; which limit the given files have is not known (\(origin))"
        }
    }

    /// Where the limit stands, with the task where it has a name.
    private static func origin(_ deployed: TasksInForce.Deployed) -> String {
        let place =
            switch deployed.lobs.decidedBy {
            case .ownRule(let id?): "rule \(id)"
            case .ownRule(nil), .taskSettings, .awsDefault: deployed.lobs.origin
            }
        return place + (deployed.task.map { " of task \($0)" } ?? "")
    }

    /// The next rung that holds the value, or unlimited where none does.
    private static func change(_ deployed: TasksInForce.Deployed, toHold needed: Kibibytes) -> String {
        let size = LimitLadder.rung(for: needed).count
        let holds = needed <= Kibibytes.limitedModeCeiling
        guard deployed.lobs.isOfOwnRule else {
            let task = deployed.task.map { " of task \($0)" } ?? ""
            return holds
                ? "give the table a rule of its own\(task), limited with a bulk-max-size of \(size) or more or unlimited, or set "
                    + "LobMaxSize to \(size) or more"
                : "give the table a rule of its own\(task), unlimited: no limit holds \(needed.count) KB"
        }
        let rule = origin(deployed)
        return holds
            ? "\(rule) must become limited with a bulk-max-size of \(size) or more, or unlimited"
            : "\(rule) must become unlimited: no limit holds \(needed.count) KB"
    }
}
