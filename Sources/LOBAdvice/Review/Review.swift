public import DMS

/// What DMS does with the measured tables under given tasks: the one evaluator, of what is proposed and of what is deployed.
public struct Review: Sendable, Equatable {
    /// What the tasks do with each table that they migrate, by task and in the order of names.
    public let treatments: [Treatment]
    /// Errors first, then by id and subject.
    public let findings: [Finding]
    /// Whether the tasks can be run as they are.
    public let verdict: Verdict

    /// Reviews tasks that migrate one database.
    ///
    /// - Parameters:
    ///   - tasks: the tasks; a table may be in any of them.
    ///   - profile: what was measured.
    ///   - tables: the recommendation for the same profile.
    ///   - policy: the policy of the recommendation; a task that says how it migrates knows better than it.
    public init(
        _ tasks: [DeployedTask], of profile: Profile, recommending tables: [TableRecommendation],
        policy: Policy
    ) {
        self.init(tasks, recommending: tables, by: Recommender(profile, policy: policy))
    }

    init(_ tasks: [DeployedTask], recommending tables: [TableRecommendation], by recommender: Recommender) {
        let profile = recommender.profile
        let target = profile.deployment?.target ?? .postgres
        let relations = profile.tables.map(\.relation)
        let roots = Dictionary(
            relations.filter { $0.root != nil }.map { ($0.name, $0.logicalName) }
        ) { first, _ in first }
        let byName = Dictionary(tables.map { ($0.name, $0) }) { first, _ in first }
        var found: [Finding] = []
        var treatments: [Treatment] = []
        var loads: [[MemoryReview.Load]] = []
        var namesByTask: [Set<RelationName>] = []
        for task in tasks {
            let model = TaskModel(task, target: target)
            let selected = profile.tables.filter(\.relation.kind.isMigratable).compactMap {
                TreatedTable($0, under: model)
            }
            var policy = recommender.policy
            policy.migrationType = task.migrationType ?? policy.migrationType
            found += MappingValidator.violations(in: task.mapping, roots: roots).map(\.finding)
            found += SettingsReview(task: task, tables: tables).findings
            found += RuleReview(task: task, relations: relations).findings
            found += selected.flatMap {
                Preflight.findings(for: $0.subject(recommender), policy: policy)
            }
            let limits = LimitReview(
                model: model, tables: selected, recommended: byName, profile: profile, policy: policy)
            found += limits.findings
            found += TransformationReview(tables: selected).findings
            found += ValidationReview(task: task, tables: selected).findings
            namesByTask.append(Set(selected.map(\.table.relation.logicalName)))
            loads.append(selected.compactMap { MemoryReview.Load($0, policy.migrationType) })
            // Leaves of one table have one risk.
            var risks: [RelationName: [EffectiveLOBs.Treatment: Double?]] = [:]
            treatments += selected.map { Self.treatment($0, byName, recommender, &risks) }
        }
        let deployed = Self.deployed(tables, treatments, recommender)
        found += TargetPreflight(profile: profile, policy: recommender.policy, tables: deployed).findings
        found += ChangePreflight(profile: profile, policy: recommender.policy, tables: deployed).findings
        let selected = Set(treatments.map(\.relation))
        found += TreePreflight(profile: profile, policy: recommender.policy, selected: selected).findings
        found += Preflight.refused(deployed)
        found += zip(tasks, namesByTask).flatMap { task, names in
            EndpointReview(task: task, tables: deployed.filter { names.contains($0.name) }).findings
        }
        found += MemoryReview(tasks: loads, instance: profile.deployment?.instanceMemory).findings
        found += ScopeReview(tasks: tasks, relations: relations, policy: recommender.policy).findings
        self.treatments = treatments
        findings = Preflight.sorted(Array(Set(found)))
        verdict = Verdict(
            findings, isEverythingMeasured: profile.unmeasured.isEmpty,
            restsOnEstimates: treatments.contains { ($0.lobs?.limit != nil) && $0.risk != 0 })
    }

    /// The tables with the modes and sizes that the tasks give them, and the risks of those.
    private static func deployed(
        _ tables: [TableRecommendation], _ treatments: [Treatment], _ recommender: Recommender
    ) -> [TableRecommendation] {
        let byRelation = Dictionary(treatments.map { ($0.relation, $0) }) { first, _ in first }
        return tables.map { table in
            let lobs = table.leaves.lazy.compactMap { byRelation[$0]?.lobs }.first
            let size: Kibibytes
            switch lobs?.treatment {
            case .limited(let limit)?: size = limit
            case .unlimited(let inline)?: size = inline
            case .leftOut?, .unknown?, nil: return table
            }
            guard let lobs, table.mode != lobs.mode || table.bulkMaxSize != size else { return table }
            return table.replaced(
                by: ModeChoice(mode: lobs.mode, bulkMaxSize: size, reason: table.reason), recommender)
        }
    }

    private static func treatment(
        _ table: TreatedTable, _ tables: [RelationName: TableRecommendation], _ recommender: Recommender,
        _ risks: inout [RelationName: [EffectiveLOBs.Treatment: Double?]]
    ) -> Treatment {
        let risk = tables[table.table.relation.logicalName].flatMap { recommended -> Double? in
            // Rules may leave out columns of one leaf and not of another.
            let isShared = table.removed.isEmpty
            if isShared, let known = risks[recommended.name]?[table.lobs.treatment] { return known }
            let computed = Self.risk(of: recommended, under: table, recommender)
            if isShared { risks[recommended.name, default: [:]][table.lobs.treatment] = .some(computed) }
            return computed
        }
        return Treatment(
            relation: table.table.relation.name, task: table.model.task.name, selectedBy: table.selectedBy,
            isFiltered: table.selection.isFiltered, lobs: table.hasLOBs ? table.lobs : nil,
            removed: table.removed,
            risk: table.hasLOBs ? risk : 0)
    }

    /// Unlimited mode cuts nothing, but that is no figure of what was not measured.
    private static func risk(
        of recommended: TableRecommendation, under table: TreatedTable, _ recommender: Recommender
    ) -> Double? {
        switch (table.mode, table.limit) {
        case (.limited, let limit?):
            // A column that does not arrive is not cut.
            recommender.risk(
                of: recommended.readColumns.filter {
                    $0.profile.column.lobClass != .none && !table.removed.contains($0.profile.column.name)
                }, at: limit)
        case (.unlimited, _): recommended.limit == nil ? nil : 0
        default: nil
        }
    }
}

/// Whether tasks can be run as they are.
public enum Verdict: String, Sendable, CaseIterable {
    /// Data would be cut, lost, doubled or refused, or something in scope was not measured.
    case notReady = "NOT READY"
    /// There are warnings, or a rule rests on an estimate.
    case readyWithNotes = "READY WITH NOTES"
    case ready = "READY"

    /// The verdict that follows from findings.
    ///
    /// - Parameters:
    ///   - isEverythingMeasured: whether every column in scope was.
    ///   - restsOnEstimates: whether a limit is not certain to hold every value.
    public init(_ findings: [Finding], isEverythingMeasured: Bool, restsOnEstimates: Bool) {
        let worst = findings.map(\.severity).max()
        if worst == .error || !isEverythingMeasured {
            self = .notReady
        } else {
            self = worst == .warning || restsOnEstimates ? .readyWithNotes : .ready
        }
    }
}
