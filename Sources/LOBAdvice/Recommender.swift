/// Computes everything that is recommended from a profile.
///
/// Pure: the same profile gives the same answer.
public struct Recommender: Sendable {
    /// What was measured.
    private let measured: Profile
    /// The same without what no slot carries.
    let profile: Profile
    let policy: Policy
    /// The policy of each relation for which its file has an entry.
    private let applied: [RelationName: Policy]
    private let estimator: ColumnEstimator
    private let inherited: InheritedRows
    private let logged: [RelationName: [Identifier: LoggedSize]]

    /// Creates a recommender for a profile with its own policy, or with another.
    public init(_ profile: Profile, policy: Policy? = nil) {
        measured = profile
        self.profile = profile.carriedBySlots
        let policy = (policy ?? profile.policy).inForce(at: profile.startedAt)
        self.policy = policy
        let exceptions = profile.tables.map(\.relation).filter { relation in
            policy.tables.contains { $0.matches(relation) }
        }
        applied = Dictionary(exceptions.map { ($0.name, policy.applied(to: $0)) }) { first, _ in first }
        estimator = ColumnEstimator(profile, policy: policy)
        inherited = InheritedRows(profile, policy: policy)
        logged = Dictionary(grouping: profile.loggedSizes ?? [], by: \.relation).mapValues { sizes in
            Dictionary(sizes.map { ($0.column, $0) }) { first, _ in first }
        }
    }

    /// The size that logs told of, where the policy counts it.
    func loggedSize(of column: Identifier, in relation: Relation) -> LoggedSize? {
        logged[relation.name]?[column].flatMap { policy.countsLoggedSizes(of: relation) ? $0 : nil }
    }

    /// The policy of a relation.
    public func policy(of relation: RelationName) -> Policy { applied[relation] ?? policy }

    /// What is recommended for every table in scope that has measured columns, in the order of names.
    public func tables() -> [TableRecommendation] {
        underTaskLimits(withinJointRisk(logicalTables().map { recommend($0.name, $0.parts) }))
    }

    /// The mapping of all tables in one task.
    func mapping(of tables: [TableRecommendation]) -> MappingDocument {
        TaskRecommender(profile: profile, policy: policy, tables: tables).wholeTask().mapping
    }

    /// The recommendation.
    public func recommend() -> Recommendation {
        let tables = tables()
        let tasks = TaskRecommender(profile: profile, policy: policy, tables: tables).tasks()
        let whole = TaskRecommender(profile: profile, policy: policy, tables: tables).wholeTask()
        let slots = profile.deployment?.slots.map {
            SlotPreflight(slots: $0, profile: measured).findings
        }
        let review = Review(tasks.map(\.deployed), recommending: tables, by: self)
        let found =
            review.findings
            + Preflight.findings(
                in: profile, policy: policy, recommending: tables, slots: tasks.map(\.slot),
                reviewed: Set(review.treatments.map(\.relation)))
            + (slots ?? [])
            + MappingSizePreflight.findings(tasks, of: profile.deployment?.slots?.source)
            + OutputPluginPreflight(profile: profile, policy: policy).findings
        return Recommendation(
            tables: tables, mapping: whole.mapping, task: whole.settings,
            findings: Acceptances(policy, of: profile).report(on: found),
            tasks: tasks, review: review, jointRisk: jointRisk(of: tables))
    }

    /// Tables with measured columns, each with the leaves or the one relation that hold its rows.
    private func logicalTables() -> [(name: RelationName, parts: [TableProfile])] {
        let withColumns = profile.tables.filter { !$0.columns.isEmpty }
        return Dictionary(grouping: withColumns, by: \.relation.logicalName)
            .map { ($0.key, $0.value.sorted { $0.relation.name < $1.relation.name }) }
            .sorted { $0.0 < $1.0 }
    }

    private func recommend(_ name: RelationName, _ parts: [TableProfile]) -> TableRecommendation {
        let columns = parts.flatMap(estimates)
        let read = parts.flatMap(inherited.parts) + InheritedRows.partitionsOutOfScope(of: parts)
        let more = read.flatMap(estimates)
        let lobs = (columns + more).filter { $0.profile.column.lobClass != .none }
        let limit = Self.largest(lobs.map(\.limit) + strataLimits(lobs))
        let settings: [Kibibytes?] = lobs.map(withHeadroom) + [limit.map { withHeadroom($0, of: lobs) }]
        let wanted = Self.largest(settings)
        let caps = lobs.compactMap { target.largestValue($0.profile.column.lobClass)?.size }
        let setting = wanted.map { LimitLadder.rung(for: $0, cap: caps.min()) }
        let isTruncationOK = parts.contains { policy.acceptsTruncation(of: $0.relation) }
        let inline = InlineSize.choose(
            for: (columns + more).map(\.profile), sizing: policy.sizing, utf8BytesPerByte: utf8BytesPerByte)
        let choice =
            lobs.isEmpty
            ? nil
            : ModeChoice(
                .init(
                    decision: parts.lazy.compactMap { policy.truncationDecision(for: $0.relation) }.first,
                    agreed: isTruncationOK
                        ? parts.compactMap { policy.agreedLimit(of: $0.relation) }.max() : nil,
                    limit: limit, withHeadroom: wanted, setting: setting,
                    isCertain: lobs.allSatisfy {
                        $0.estimate.coverage.isCertain
                    },
                    isDated: !lobs.contains { $0.estimate.coverage == .undated },
                    expectsGrowth: lobs.contains { ($0.estimate.growth?.expected.rows ?? 0) > 0 },
                    isTruncationOK: isTruncationOK,
                    riskAtSetting: setting.flatMap { risk(of: lobs, at: $0, .rule) }, inlineSize: inline,
                    target: target),
                policy: parts.first.map { self.policy(of: $0.relation.name) } ?? policy)
        let migrated = parts.map(\.relation).filter(\.kind.isMigratable)
        return TableRecommendation(
            name: name, leaves: migrated.map(\.name),
            unmigratedKind: migrated.isEmpty ? parts.first?.relation.kind : nil,
            columns: columns.map { withRisk($0, choice) }, limit: limit, setting: setting,
            mode: choice?.mode ?? .none, bulkMaxSize: choice?.bulkMaxSize ?? Kibibytes(0),
            isTruncationOK: isTruncationOK,
            risk: choice.map { risk(of: lobs, under: $0, isKnown: limit != nil) } ?? 0,
            reason: choice?.reason ?? .noLOB,
            inherited: more.map { withRisk($0, choice) },
            isSelected: migrated.contains { $0.isSelected(by: policy) && $0.name.isSpellableInMapping })
    }

    private var utf8BytesPerByte: Int64 { profile.server.utf8BytesPerByte }

    /// The largest, or nil where one is not known or there is none.
    private static func largest(_ limits: [Kibibytes?]) -> Kibibytes? {
        limits.contains(nil) ? nil : limits.compactMap(\.self).max()
    }

    private func estimates(_ table: TableProfile) -> [ColumnRecommendation] {
        let rows = table.rowFigure
        return table.columns.map { estimate($0, of: table, rows) }
    }

    private func estimate(
        _ column: ColumnProfile, of table: TableProfile, _ rows: Figure
    ) -> ColumnRecommendation {
        var estimate = estimator.estimate(column, of: table)
        if let logged = loggedSize(of: column.column.name, in: table.relation) {
            estimate = estimate.holding(logged)
        }
        let isLOB = column.column.lobClass != .none
        let limit = estimate.limit.flatMap { size in
            isLOB ? Kibibytes(holding: bytesNeeded(for: size, column.column)) : nil
        }
        return ColumnRecommendation(
            relation: table.relation.name, profile: column, rows: rows, estimate: estimate,
            limit: limit,
            risk: nil, countedAt: table.measuredAt ?? profile.finishedAt)
    }

    func bytesNeeded(for size: ByteCount, _ column: Column) -> ByteCount {
        policy.sizing.bytesNeeded(for: size, lobClass: column.lobClass, utf8BytesPerByte: utf8BytesPerByte)
    }

    /// The limit with headroom where it is certain, and at least DMS's default.
    private func withHeadroom(_ column: ColumnRecommendation) -> Kibibytes? {
        column.limit.map { withHeadroom($0, of: [column]) }
    }

    private func withHeadroom(_ limit: Kibibytes, of columns: [ColumnRecommendation]) -> Kibibytes {
        let isCertain = columns.allSatisfy {
            $0.estimate.coverage.isCertain
        }
        let headroom = columns.map { policy(of: $0.relation).headroom }.max() ?? policy.headroom
        let factor = isCertain ? 1 + headroom : 1
        // 1e-9 keeps 648 x 1.25 at 810 whatever the last bit says.
        let wanted = (Double(limit.count) * factor - 1e-9).rounded(.up)
        return max(.dmsDefault, Kibibytes(Int(min(wanted, 1e12))))
    }

    /// P(at least one present or expected value of a table's LOB columns above a limit of `setting`); nil where
    /// it is not known.
    public func risk(
        of table: TableRecommendation, at setting: Kibibytes, _ use: RiskUse = .statement
    ) -> Double? {
        risk(of: table.readColumns.filter { $0.profile.column.lobClass != .none }, at: setting, use)
    }

    func risk(
        of columns: [ColumnRecommendation], at setting: Kibibytes, _ use: RiskUse = .statement
    ) -> Double? {
        // That a model's risk is never shown below 2 % holds for all columns and leaves together.
        let shown = columns.map { risk(of: $0, at: setting, use) }
        guard columns.count > 1, let worst = shown.compactMap(\.self).max(), !shown.contains(nil) else {
            return shown.first ?? 0
        }
        let models = columns.compactMap { $0.estimate.risk.model(above: size(within: setting, of: $0)) }
        return worst == 0 ? 0 : max(worst, Risk.combined(models))
    }

    private func risk(
        of column: ColumnRecommendation, at setting: Kibibytes, _ use: RiskUse = .statement
    ) -> Double? {
        column.estimate.risk(above: size(within: setting, of: column), use)
    }

    /// The risk of the rule that was chosen.
    ///
    /// Unlimited mode cuts nothing, but that is no figure of what was not measured.
    func risk(
        of columns: [ColumnRecommendation], under choice: ModeChoice, isKnown: Bool
    ) -> Double? {
        choice.mode == .limited ? risk(of: columns, at: choice.bulkMaxSize) : isKnown ? 0 : nil
    }

    /// The largest value of a column that a DMS limit does not cut.
    func size(within limit: Kibibytes, of column: ColumnRecommendation) -> ByteCount {
        policy.sizing.largestSize(
            fitting: limit.bytes, lobClass: column.profile.column.lobClass,
            utf8BytesPerByte: utf8BytesPerByte)
    }

    func withRisk(_ column: ColumnRecommendation, _ choice: ModeChoice?) -> ColumnRecommendation {
        guard column.profile.column.lobClass != .none, let choice else { return column }
        return ColumnRecommendation(
            relation: column.relation, profile: column.profile, rows: column.rows, estimate: column.estimate,
            limit: column.limit,
            risk: risk(of: [column], under: choice, isKnown: column.estimate.limit != nil),
            countedAt: column.countedAt)
    }
}

extension TableRecommendation {
    /// The lob-settings of the table's rules; nil where it has no LOB.
    public var lobSettings: LOBSettings? {
        switch mode {
        case .none: nil
        case .limited: .limited(bulkMaxSize)
        case .unlimited: .unlimited(bulkMaxSize: bulkMaxSize)
        }
    }
}

/// Several leaves of a table that were not all read: their limits together.
extension Recommender {
    /// For each column of a table with several leaves the KiB that keep the risk of all leaves together within the
    /// policy's: more than the largest of their own limits where more than one of them is an estimate.
    func strataLimits(_ columns: [ColumnRecommendation]) -> [Kibibytes?] {
        Dictionary(grouping: columns, by: \.profile.column.name).values.compactMap { leaves in
            let limits = leaves.map(\.estimate.limit)
            guard leaves.count > 1, !limits.contains(nil), let start = limits.compactMap(\.self).max(),
                let column = leaves.first?.profile.column
            else { return nil }
            let risk = leaves.map { policy(of: $0.relation).risk }.min() ?? policy.risk
            let size = RiskSearch.smallest(from: start) { size in
                Risk.combined(leaves.map { $0.estimate.risk.model(above: size) ?? 0 }) <= risk
            }
            return Kibibytes(holding: bytesNeeded(for: size, column))
        }
    }

    /// The limit whose effect on a table is to be told; nil where nobody asked.
    public func limit(askedOf table: TableRecommendation) -> Kibibytes? {
        table.columns.first.map { policy(of: $0.relation) }?.limit ?? policy.limit
    }

    /// What a limit such as the deployed one does to a table; nil where no column is a LOB to DMS.
    public func answer(for table: TableRecommendation, at limit: Kibibytes) -> LimitAnswer? {
        let lobs = table.readColumns.filter { $0.profile.column.lobClass != .none }
        return LimitAnswer.together(lobs.map { answer(for: $0, at: limit) })
    }

    /// What a limit does to a column.
    public func answer(for column: ColumnRecommendation, at limit: Kibibytes) -> LimitAnswer {
        let size = size(within: limit, of: column)
        return LimitAnswer(
            limit: limit, cut: column.estimate.cut(at: [size])?.points.first?.rows,
            riskOfAnother: column.estimate.riskOfAnother(above: size))
    }

    /// Until when a limit keeps the risk of a column within the policy's, and for how many more rows; nil where no
    /// growth is expected.
    public func outlook(for column: ColumnRecommendation, at limit: Kibibytes) -> GrowthOutlook? {
        column.estimate.growth.map { growth in
            let size = size(within: limit, of: column)
            let risk = column.estimate.riskLeft(of: policy(of: column.relation).risk, at: size)
            return GrowthOutlook(
                limit: limit, expected: growth.expected,
                rowsHeld: growth.rowsHeld(by: size, risk: risk),
                lifetime: growth.lifetime(of: size, risk: risk, now: column.countedAt))
        }
    }
}
