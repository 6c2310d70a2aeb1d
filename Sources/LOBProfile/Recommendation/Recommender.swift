import SizeStatistics

/// Computes everything that is recommended from a profile.
///
/// Pure: the same profile gives the same answer.
public struct Recommender: Sendable {
    /// What was measured.
    private let measured: Profile
    /// The same without what no slot carries.
    private let profile: Profile
    private let policy: Policy

    /// Creates a recommender for a profile with its own policy, or with another.
    public init(_ profile: Profile, policy: Policy? = nil) {
        measured = profile
        self.profile = profile.carriedBySlots
        self.policy = policy ?? profile.policy
    }

    /// The recommendation.
    public func recommend() -> Recommendation {
        let tables = logicalTables().map { recommend($0.name, $0.parts) }
        let tasks = TaskRecommender(profile: profile, policy: policy, tables: tables).tasks()
        let whole = TaskRecommender(profile: profile, policy: policy, tables: tables).wholeTask()
        let slots = profile.deployment?.slots.map {
            SlotPreflight(slots: $0, profile: measured, tasks: tasks).findings
        }
        let found =
            Preflight.findings(in: profile, recommending: tables, policy: policy) + (slots ?? [])
            + TargetPreflight(profile: profile, policy: policy, tables: tables).findings
        return Recommendation(
            tables: tables, mapping: whole.mapping, task: whole.settings, findings: Preflight.sorted(found),
            tasks: tasks)
    }

    /// Tables with measured columns, each with the leaves or the one relation that hold its rows.
    private func logicalTables() -> [(name: RelationName, parts: [TableProfile])] {
        let withColumns = profile.tables.filter { !$0.columns.isEmpty }
        return Dictionary(grouping: withColumns, by: \.relation.logicalName)
            .map { ($0.key, $0.value.sorted { $0.relation.name < $1.relation.name }) }
            .sorted { $0.0 < $1.0 }
    }

    private func recommend(_ name: RelationName, _ parts: [TableProfile]) -> TableRecommendation {
        let columns = parts.flatMap { part in part.columns.map { estimate($0, of: part) } }
        let lobs = columns.filter { $0.profile.column.lobClass != .none }
        let limit = Self.largest(lobs.map(\.limit))
        let setting = Self.largest(lobs.map(setting))
        let isTruncationOK = parts.contains { policy.acceptsTruncation(of: $0.relation) }
        let inline = InlineSize.choose(
            for: columns.map(\.profile), sizing: policy.sizing, utf8BytesPerByte: utf8BytesPerByte)
        let choice =
            lobs.isEmpty
            ? nil
            : ModeChoice(
                .init(
                    limit: limit, setting: setting,
                    isCertain: lobs.allSatisfy {
                        $0.estimate.coverage == .exact || $0.estimate.coverage == .bounded
                    },
                    isTruncationOK: isTruncationOK,
                    riskAtSetting: setting.flatMap { risk(of: lobs, at: $0) }, inlineSize: inline),
                policy: policy)
        let isView = parts.allSatisfy { $0.relation.kind == .materializedView }
        return TableRecommendation(
            name: name, leaves: isView ? [] : parts.map(\.relation.name), isMaterializedView: isView,
            columns: columns.map { withRisk($0, choice) }, limit: limit, setting: setting,
            mode: choice?.mode ?? .none, bulkMaxSize: choice?.bulkMaxSize ?? Kibibytes(0),
            isTruncationOK: isTruncationOK,
            risk: choice?.mode == .limited ? choice.flatMap { risk(of: lobs, at: $0.bulkMaxSize) } : 0,
            reason: choice?.reason ?? "no column that DMS treats as a LOB")
    }

    private var utf8BytesPerByte: Int64 { profile.server.utf8BytesPerByte }

    /// The largest, or nil where one is not known or there is none.
    private static func largest(_ limits: [Kibibytes?]) -> Kibibytes? {
        limits.contains(nil) ? nil : limits.compactMap(\.self).max()
    }

    private func estimate(_ column: ColumnProfile, of table: TableProfile) -> ColumnRecommendation {
        let estimate = ColumnEstimator(policy: policy).estimate(column, of: table)
        let isLOB = column.column.lobClass != .none
        let limit = estimate.limit.flatMap { size in
            isLOB ? Kibibytes(holding: bytesNeeded(for: size, column.column)) : nil
        }
        return ColumnRecommendation(
            relation: table.relation.name, profile: column, rows: table.rows, estimate: estimate,
            limit: limit,
            risk: nil)
    }

    private func bytesNeeded(for size: ByteCount, _ column: Column) -> ByteCount {
        policy.sizing.bytesNeeded(for: size, lobClass: column.lobClass, utf8BytesPerByte: utf8BytesPerByte)
    }

    /// The limit with headroom where it is certain, and at least DMS's default.
    private func setting(_ column: ColumnRecommendation) -> Kibibytes? {
        guard let limit = column.limit else { return nil }
        let isCertain = column.estimate.coverage == .exact || column.estimate.coverage == .bounded
        let factor = isCertain ? 1 + policy.headroom : 1
        // 1e-9 keeps 648 x 1.25 at 810 whatever the last bit says.
        let wanted = (Double(limit.count) * factor - 1e-9).rounded(.up)
        return max(.dmsDefault, Kibibytes(Int(min(wanted, 1e12))))
    }

    /// P(at least one present or expected value of a table's LOB columns above a limit of `setting`); nil where
    /// it is not known.
    public func risk(of table: TableRecommendation, at setting: Kibibytes) -> Double? {
        risk(of: table.columns.filter { $0.profile.column.lobClass != .none }, at: setting)
    }

    private func risk(of columns: [ColumnRecommendation], at setting: Kibibytes) -> Double? {
        let risks = columns.map { risk(of: $0, at: setting) }
        return risks.contains(nil) ? nil : Risk.combined(risks.compactMap(\.self))
    }

    private func risk(of column: ColumnRecommendation, at setting: Kibibytes) -> Double? {
        let size = policy.sizing.largestSize(
            fitting: setting.bytes, lobClass: column.profile.column.lobClass,
            utf8BytesPerByte: utf8BytesPerByte)
        return column.estimate.risk(above: size)
    }

    private func withRisk(_ column: ColumnRecommendation, _ choice: ModeChoice?) -> ColumnRecommendation {
        guard column.profile.column.lobClass != .none, let choice else { return column }
        return ColumnRecommendation(
            relation: column.relation, profile: column.profile, rows: column.rows, estimate: column.estimate,
            limit: column.limit, risk: choice.mode == .limited ? risk(of: column, at: choice.bulkMaxSize) : 0)
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
