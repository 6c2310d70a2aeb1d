/// The deployed limit of every table against its measured sizes.
struct LimitReview {
    let model: TaskModel
    let tables: [TreatedTable]
    let recommended: [RelationName: TableRecommendation]
    let profile: Profile
    let policy: Policy
    private let inherited: InheritedRows
    private let columns: Columns

    /// What is recommended for each column, by its relation and number: a partitioned table has those of all its leaves.
    typealias Columns = [RelationName: [Int16: ColumnRecommendation]]

    static func columns(of tables: [TableRecommendation]) -> Columns {
        Dictionary(grouping: tables.flatMap(\.columns), by: \.relation).mapValues { columns in
            Dictionary(columns.map { ($0.profile.column.number, $0) }) { first, _ in first }
        }
    }

    init(
        model: TaskModel, tables: [TreatedTable], recommended: [RelationName: TableRecommendation],
        columns: Columns, profile: Profile, policy: Policy
    ) {
        self.columns = columns
        self.model = model
        self.tables = tables
        self.recommended = recommended
        self.profile = profile
        self.policy = policy
        inherited = InheritedRows(profile, policy: policy)
    }

    private var task: DeployedTask { model.task }
    private var withLOBs: [TreatedTable] { tables.filter(\.hasLOBs) }

    var findings: [Finding] {
        withLOBs.flatMap { limits(of: $0) + sizes(of: $0) } + combinationMode
    }

    private func limits(of treated: TreatedTable) -> [Finding] {
        guard let limit = treated.limit else { return [] }
        let read = [treated.table] + inherited.parts(of: treated.table)
        return read.flatMap { part in
            part.columns.filter { $0.column.lobClass != .none }.flatMap { column in
                tooSmall(column, of: part, limit, treated) ?? notProven(column, of: part, limit, treated)
            }
        }
    }

    /// Values that were measured and are larger; nil where there is none.
    private func tooSmall(
        _ column: ColumnProfile, of table: TableProfile, _ limit: Kibibytes, _ treated: TreatedTable
    ) -> [Finding]? {
        guard let measurement = column.measurement, let largest = measurement.largestSize else {
            return nil
        }
        let fitting = policy.sizing.largestSize(
            fitting: limit.bytes, lobClass: column.column.lobClass,
            utf8BytesPerByte: profile.server.utf8BytesPerByte)
        let logged = recommendation(of: column, in: table)?.estimate.logged.flatMap {
            $0 > fitting ? $0 : nil
        }
        guard largest > fitting || logged != nil else { return nil }
        let isAcceptable = policy.acceptsTruncation(of: table.relation) && !column.column.family.isStructured
        let seen = LimitFinding.LargerValues(
            count: measurement.countAbove(fitting), isLeast: measurement.countedFrom == nil,
            largest: largest, sizing: policy.sizing)
        return [
            LintID.limitTooSmall.finding(
                isAcceptable || treated.selection.isFiltered ? .warning : .error, path(column, of: table),
                .limit(
                    .tooSmall(
                        .init(
                            limit: limit, origin: treated.lobs.origin,
                            seen: largest > fitting ? seen : nil, logged: logged,
                            isFiltered: treated.selection.isFiltered,
                            remedy: remedy(for: table, instead: limit, isAccepted: isAcceptable)))))
        ]
    }

    /// What the recommendation gives the table, where that is another rule than the deployed one.
    private func remedy(
        for table: TableProfile, instead limit: Kibibytes, isAccepted: Bool
    ) -> LimitFinding.Remedy {
        guard let wanted = recommended[table.relation.logicalName] else { return .unlimited }
        if wanted.mode == .limited {
            return wanted.bulkMaxSize == limit
                ? whereCut(table, isAccepted: isAccepted) : .limited(wanted.bulkMaxSize)
        }
        return wanted.limit.map { .unlimitedOrLimited(atLeast: $0) } ?? .unlimited
    }

    /// What to do about values that the recommended rule cuts.
    private func whereCut(_ table: TableProfile, isAccepted: Bool) -> LimitFinding.Remedy {
        if isAccepted { return .copyLarger }
        return policy.acceptsTruncation(of: table.relation) ? .acceptNoCut : .shorten
    }

    private func recommendation(of column: ColumnProfile, in table: TableProfile) -> ColumnRecommendation? {
        columns[table.relation.name]?[column.column.number]
    }

    /// A limit that holds everything seen says little where not everything was seen.
    private func notProven(
        _ column: ColumnProfile, of table: TableProfile, _ limit: Kibibytes, _ treated: TreatedTable
    ) -> [Finding] {
        guard let recommended = recommendation(of: column, in: table) else { return [] }
        let estimate = recommended.estimate
        let reason: LimitFinding.NotProven.Reason
        switch (recommended.limit, estimate.coverage) {
        case (nil, .refused): reason = estimate.refusal == .smallSample ? .smallSample : .readTooLittle
        case (nil, .skipped): reason = .notMeasured
        case (let wanted?, _) where wanted > limit:
            reason = column.measurement?.bound == nil ? .estimated(wanted) : .bounded(wanted)
        default: return []
        }
        return [
            LintID.limitNotProven.finding(
                policy.acceptsTruncation(of: table.relation) ? .info : .warning, path(column, of: table),
                .limit(
                    .notProven(
                        .init(
                            limit: limit, origin: treated.lobs.origin, reason: reason,
                            isForecast: estimate.coverage == .forecast, refusal: estimate.refusal))))
        ]
    }

    private func path(_ column: ColumnProfile, of table: TableProfile) -> String {
        table.relation.name.losslessText + "." + column.column.name.losslessText
    }

    /// A rule's size that may have been meant in bytes.
    private func sizes(of treated: TreatedTable) -> [Finding] {
        guard case .limited(let size) = treated.lobs.treatment, treated.lobs.isOfOwnRule,
            let needed = recommended[treated.table.relation.logicalName]?.limit,
            size.looksLikeBytes(needed: needed)
        else { return [] }
        return [
            LintID.bytesForKilobytes.finding(
                .warning, treated.name, .limit(.bytesForKilobytes(size, needed: needed)))
        ]
    }

    /// Said once for a task, as it is true of all its tables alike.
    private var combinationMode: [Finding] {
        let combined = withLOBs.filter { table in
            if case .unlimited(let bulk) = table.lobs.treatment {
                table.lobs.isOfOwnRule && bulk.count > 0
            } else {
                false
            }
        }
        guard let first = combined.first else { return [] }
        return [
            LintID.combinationMode.finding(
                .info, task.name.map { "task \($0)" } ?? "table mapping",
                .limit(.combined(table: first.name, others: combined.count - 1)), .tableSettings)
        ]
    }
}
