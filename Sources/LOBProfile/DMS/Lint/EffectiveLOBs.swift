/// What a deployed task does to the LOBs of one table.
struct EffectiveLOBs: Hashable {
    /// What happens.
    enum Treatment: Hashable {
        case leftOut
        case limited(Kibibytes)
        case unlimited(bulkMaxSize: Kibibytes)
    }

    let treatment: Treatment
    /// Whether a table-settings rule says so, rather than the task.
    let isOwnRule: Bool

    /// Settings of the table's rule, or of the task where the rule leaves it to the task.
    init(task: DeployedTask, rules: [RelationName: LOBSettings], table: RelationName) {
        let settings = task.settings
        guard settings?.supportsLOBs ?? true else {
            (treatment, isOwnRule) = (.leftOut, false)
            return
        }
        switch rules[table] {
        case .limited(let size): (treatment, isOwnRule) = (.limited(size), true)
        case .unlimited(let size): (treatment, isOwnRule) = (.unlimited(bulkMaxSize: size), true)
        case .inherited, nil:
            let isFull = settings?.isFull ?? false
            let limit = settings?.lobMaxSize ?? .dmsDefault
            (treatment, isOwnRule) = (isFull ? .unlimited(bulkMaxSize: Kibibytes(0)) : .limited(limit), false)
        }
    }

    var isUnlimited: Bool {
        if case .unlimited = treatment { true } else { false }
    }

    var limit: Kibibytes? {
        if case .limited(let size) = treatment { size } else { nil }
    }

    /// Where the size stands, for messages.
    var origin: String { isOwnRule ? "its table-settings rule" : "the task's LobMaxSize" }
}

extension MappingDocument {
    /// The LOB settings by table; of several the last.
    var lobSettingsByTable: [RelationName: LOBSettings] {
        let known = rules.filter { $0.ruleType == .tableSettings }.compactMap { rule in
            rule.locator.flatMap { table in rule.lobSettings.map { (table, $0) } }
        }
        return Dictionary(known) { _, last in last }
    }
}
