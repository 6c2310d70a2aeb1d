/// What a deployed task does to the LOBs of one table.
public struct EffectiveLOBs: Hashable, Sendable {
    /// What happens.
    public enum Treatment: Hashable, Sendable {
        /// LOB columns are not migrated.
        case leftOut
        /// Values are cut above so many KiB.
        case limited(Kibibytes)
        /// Full LOB mode; up to so many KiB may travel with the row in a full load.
        case unlimited(bulkMaxSize: Kibibytes)
        /// The task decides, and what the file says of its mode or limit cannot be read.
        case unknown
    }

    /// What decides it.
    public enum Origin: Hashable, Sendable {
        /// The table-settings rule of the table, with its id where it has one.
        case ownRule(id: Int?)
        case taskSettings
        /// The settings do not say, or are not known at all.
        case awsDefault
    }

    public let treatment: Treatment
    public let decidedBy: Origin

    /// Settings of the table's rule, or of the task where the rule leaves it to the task.
    ///
    /// - Parameter rule: the table-settings rule of the table.
    package init(settings: DeployedSettings?, rule: MappingRule?, target: TargetEngine) {
        guard settings?.isModeKnown ?? true else {
            (treatment, decidedBy) = (.unknown, .taskSettings)
            return
        }
        guard settings?.supportsLOBs ?? true else {
            (treatment, decidedBy) = (.leftOut, .taskSettings)
            return
        }
        // Other targets do not look at table settings.
        let own = target.supportsTableLOBSettings ? rule : nil
        if let own, own.lobSettings == nil {
            // What DMS makes of settings that are wrong is not known.
            (treatment, decidedBy) = (.unknown, .ownRule(id: own.id))
            return
        }
        switch own?.lobSettings {
        case .limited(let size): (treatment, decidedBy) = (.limited(size), .ownRule(id: rule?.id))
        case .unlimited(let size):
            (treatment, decidedBy) = (.unlimited(bulkMaxSize: size), .ownRule(id: rule?.id))
        case .inherited, nil: (treatment, decidedBy) = Self.ofTask(settings)
        }
    }

    private static func ofTask(_ settings: DeployedSettings?) -> (Treatment, Origin) {
        if let settings, settings.isFull {
            return (.unlimited(bulkMaxSize: settings.inlineLOBMaxSize), .taskSettings)
        }
        switch settings?.lobMaxSize ?? .byDefault(.dmsDefault) {
        case .written(let limit):
            let isTaken = limit.count > 0 && limit <= .limitedModeCeiling
            return (isTaken ? .limited(limit) : .unknown, .taskSettings)
        case .byDefault(let limit): return (.limited(limit), .awsDefault)
        case .unreadable: return (.unknown, .taskSettings)
        }
    }

    package var isOfOwnRule: Bool {
        if case .ownRule = decidedBy { true } else { false }
    }

    package var limit: Kibibytes? {
        if case .limited(let size) = treatment { size } else { nil }
    }

    /// The mode in the words of a table-settings rule; `none` where nothing is limited or looked up, or where it is not known.
    package var mode: LOBMode {
        switch treatment {
        case .limited: .limited
        case .unlimited: .unlimited
        case .leftOut, .unknown: .none
        }
    }

    /// Where the size stands, for messages.
    package var origin: String {
        switch decidedBy {
        case .ownRule: "its table-settings rule"
        case .taskSettings: "the task's LobMaxSize"
        case .awsDefault: "AWS's default of LobMaxSize"
        }
    }
}

extension MappingDocument {
    /// The table-settings rules with LOB settings, readable or not, by table; of several the last.
    package var lobRulesByTable: [RelationName: MappingRule] {
        let known = rules.filter {
            $0.ruleType == .tableSettings && $0.json.present("lob-settings") != nil
        }.compactMap { rule in
            rule.locator.map { ($0, rule) }
        }
        return Dictionary(known) { _, last in last }
    }
}
