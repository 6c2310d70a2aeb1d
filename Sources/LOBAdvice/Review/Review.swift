public import DMS

/// What DMS does with the measured tables under given tasks: the one evaluator, of what is proposed and of what is deployed.
public struct Review: Sendable, Equatable {
    /// What the tasks do with each table that they migrate, by task and in the order of names.
    public let treatments: [Treatment]
    /// Errors first, then by id and subject.
    public let findings: [Finding]
    /// Whether the tasks can be run as they are.
    public let verdict: Verdict
    /// What limited LOBs take in memory while the tasks load; nil without a limited table.
    public let memory: ByteCount?

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
        var seen = Seen(tables, recommender)
        for task in tasks { seen.look(at: task) }
        let deployed = Self.deployed(tables, seen.treatments, recommender)
        var found = seen.found
        found += TargetPreflight(profile: profile, policy: recommender.policy, tables: deployed).findings
        found += ChangePreflight(profile: profile, policy: recommender.policy, tables: deployed).findings
        let selected = Set(seen.treatments.map(\.relation))
        found += TreePreflight(profile: profile, policy: recommender.policy, selected: selected).findings
        found += Preflight.refused(deployed)
        found += zip(tasks, seen.namesByTask).flatMap { task, names in
            EndpointReview(task: task, tables: deployed.filter { names.contains($0.name) }).findings
        }
        let memory = MemoryReview(tasks: seen.loads, instance: profile.deployment?.instanceMemory)
        found += memory.findings
        self.memory = memory.planned
        found += SlotReview(readers: seen.readers, assignment: profile.deployment?.slots).findings
        found +=
            ScopeReview(tasks: tasks, relations: seen.relations, policy: recommender.policy).findings
        treatments = seen.treatments
        findings = Acceptances(recommender.policy, of: profile).applied(to: found)
        verdict = Verdict(
            findings, isEverythingMeasured: profile.unmeasured.isEmpty,
            restsOnEstimates: treatments.contains { ($0.lobs?.limit != nil) && $0.risk != 0 })
    }

    /// What one task after another does, and what is only to be judged when all of them are known.
    private struct Seen {
        let recommender: Recommender
        let relations: [Relation]
        private let roots: [RelationName: RelationName]
        private let tables: [TableRecommendation]
        private let byName: [RelationName: TableRecommendation]
        private let columns: LimitReview.Columns
        private(set) var found: [Finding] = []
        private(set) var treatments: [Treatment] = []
        private(set) var loads: [[MemoryReview.Load]] = []
        private(set) var namesByTask: [Set<RelationName>] = []
        private(set) var readers: [SlotReview.Reader] = []

        init(_ tables: [TableRecommendation], _ recommender: Recommender) {
            self.recommender = recommender
            self.tables = tables
            relations = recommender.profile.tables.map(\.relation)
            roots = Dictionary(
                relations.filter { $0.root != nil }.map { ($0.name, $0.logicalName) }
            ) { first, _ in first }
            byName = Dictionary(tables.map { ($0.name, $0) }) { first, _ in first }
            columns = LimitReview.columns(of: tables)
        }

        mutating func look(at task: DeployedTask) {
            let profile = recommender.profile
            let model = TaskModel(task, target: profile.deployment?.target ?? .postgres)
            let selected = profile.tables.filter(\.relation.kind.isMigratable).compactMap {
                TreatedTable($0, under: model)
            }
            var policy = recommender.policy
            policy.migrationType = task.migrationType ?? policy.migrationType
            found += MappingValidator.violations(in: task.mapping, roots: roots).map(\.finding)
            found += SettingsReview(task: task, tables: tables).findings
            found += RuleReview(task: task, relations: relations).findings
            found += selected.flatMap { Preflight.findings(for: $0.subject(recommender), policy: policy) }
            let limits = LimitReview(
                model: model, tables: selected, recommended: byName, columns: columns, profile: profile,
                policy: policy)
            found += limits.findings
            found +=
                BatchReview(model: model, tables: selected, profile: profile, policy: policy).findings
            found += TransformationReview(tables: selected).findings
            found += ValidationReview(task: task, tables: selected).findings
            let engine = EngineMemoryReview(task: task, tables: selected)
            found += engine.ofBuffers + (policy.migrationType.includesCDC ? engine.ofChanges : [])
            namesByTask.append(Set(selected.map(\.table.relation.logicalName)))
            if policy.migrationType.includesFullLoad {
                loads.append(selected.compactMap(MemoryReview.Load.init))
            }
            let names = selected.map(\.table.relation.name)
            if let reader = SlotReview.Reader(task, policy.migrationType, selecting: names) {
                readers.append(reader)
            }
            // Leaves of one table have one risk.
            var risks: [RelationName: [EffectiveLOBs.Treatment: Double?]] = [:]
            treatments += selected.map { Review.treatment($0, byName, recommender, &risks) }
        }
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

    fileprivate static func treatment(
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
    ///   - findings: those that a person accepted do not count.
    ///   - isEverythingMeasured: whether every column in scope was.
    ///   - restsOnEstimates: whether a limit is not certain to hold every value.
    public init(_ findings: [Finding], isEverythingMeasured: Bool, restsOnEstimates: Bool) {
        let worst = findings.worstSeverity
        if worst == .error || !isEverythingMeasured {
            self = .notReady
        } else {
            self = worst == .warning || restsOnEstimates ? .readyWithNotes : .ready
        }
    }
}
