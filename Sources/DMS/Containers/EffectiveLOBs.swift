/// What a deployed task does to the LOBs of one table.
package struct EffectiveLOBs: Hashable {
    /// What happens.
    package enum Treatment: Hashable {
        case leftOut
        case limited(Kibibytes)
        case unlimited(bulkMaxSize: Kibibytes)
        /// The task decides, and what the file says of its mode or limit cannot be read.
        case unknown
    }

    /// What decides it.
    package enum Origin: Hashable {
        case ownRule, taskSettings
        /// The settings do not say, or are not known at all.
        case awsDefault
    }

    package let treatment: Treatment
    package let decidedBy: Origin

    /// Settings of the table's rule, or of the task where the rule leaves it to the task.
    package init(task: DeployedTask, rules: [RelationName: LOBSettings], table: RelationName) {
        let settings = task.settings
        guard settings?.isModeKnown ?? true else {
            (treatment, decidedBy) = (.unknown, .taskSettings)
            return
        }
        guard settings?.supportsLOBs ?? true else {
            (treatment, decidedBy) = (.leftOut, .taskSettings)
            return
        }
        switch rules[table] {
        case .limited(let size): (treatment, decidedBy) = (.limited(size), .ownRule)
        case .unlimited(let size): (treatment, decidedBy) = (.unlimited(bulkMaxSize: size), .ownRule)
        case .inherited, nil: (treatment, decidedBy) = Self.ofTask(settings)
        }
    }

    private static func ofTask(_ settings: DeployedSettings?) -> (Treatment, Origin) {
        if settings?.isFull ?? false { return (.unlimited(bulkMaxSize: Kibibytes(0)), .taskSettings) }
        switch settings?.lobMaxSize ?? .byDefault(.dmsDefault) {
        case .written(let limit): return (.limited(limit), .taskSettings)
        case .byDefault(let limit): return (.limited(limit), .awsDefault)
        case .unreadable: return (.unknown, .taskSettings)
        }
    }

    package var isUnlimited: Bool {
        if case .unlimited = treatment { true } else { false }
    }

    package var limit: Kibibytes? {
        if case .limited(let size) = treatment { size } else { nil }
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
    /// The LOB settings by table; of several the last.
    package var lobSettingsByTable: [RelationName: LOBSettings] {
        let known = rules.filter { $0.ruleType == .tableSettings }.compactMap { rule in
            rule.locator.flatMap { table in rule.lobSettings.map { (table, $0) } }
        }
        return Dictionary(known) { _, last in last }
    }
}
