import DMS

extension DeployedLimit {
    /// Holds a cut value against the files that were given.
    ///
    /// - Parameter isGiven: whether files were given.
    init(_ outcome: TruncationOutcome, isGiven: Bool) {
        guard isGiven else {
            self = .notGiven
            return
        }
        guard let deployed = outcome.deployed else {
            self = .noTask
            return
        }
        let (place, needed) = (Place(deployed), outcome.needed)
        let change = Change(
            needed: needed,
            rung: needed <= Kibibytes.limitedModeCeiling ? LimitLadder.rung(for: needed) : nil)
        self =
            switch deployed.standing(
                cutAt: outcome.truncation.limit, needed: needed, isLeast: outcome.needsAtLeast)
            {
            case .cut(let limit): .cut(limit, place, change)
            case .changed(let limit, let holds): .changed(limit, place, holds ? nil : change)
            case .unlimited: .unlimited(place)
            case .leftOut: .leftOut
            case .unknown: .unknown(place)
            }
    }
}

extension DeployedLimit.Place {
    fileprivate init(_ deployed: TasksInForce.Deployed) {
        name =
            switch deployed.lobs.decidedBy {
            case .ownRule(let id?): "rule \(id)"
            case .ownRule(nil), .taskSettings, .awsDefault: deployed.lobs.origin
            }
        task = deployed.task
        isOwnRule = deployed.lobs.isOfOwnRule
    }
}
