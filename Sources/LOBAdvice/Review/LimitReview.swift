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
        let path = path(column, of: table)
        let least = measurement.countedFrom == nil ? "at least " : ""
        let rows = rowsAbove(fitting, measurement)
        let told = logged.map { "a log reported a value of \($0.bytes) bytes" }
        let seen =
            "\(least)\(rows) of its values are larger; the largest seen has \(largest.bytes) bytes (sizing "
            + "\(policy.sizing.rawValue))"
        let reasons = (largest > fitting ? [seen] : []) + [told].compactMap(\.self)
        return [
            LintID.limitTooSmall.finding(
                isAcceptable || treated.selection.isFiltered ? .warning : .error, path,
                "\"\(path)\" is limited to \(limit.count) KB by \(treated.lobs.origin), and "
                    + reasons.joined(separator: "; ")
                    + (treated.selection.isFiltered ? ", unless the filter keeps its row back" : ""),
                remedy: remedy(for: table, instead: limit, isAccepted: isAcceptable))
        ]
    }

    /// What the recommendation gives the table, where that is another rule than the deployed one.
    private func remedy(for table: TableProfile, instead limit: Kibibytes, isAccepted: Bool) -> String {
        guard let wanted = recommended[table.relation.logicalName] else { return "use unlimited" }
        if wanted.mode == .limited {
            return wanted.bulkMaxSize == limit
                ? whereCut(table, isAccepted: isAccepted)
                : "use limited with \(wanted.bulkMaxSize.count) KB, or unlimited"
        }
        return wanted.limit.map { "use unlimited, or limited with at least \($0.count) KB" }
            ?? "use unlimited"
    }

    /// What to do about values that the recommended rule cuts.
    private func whereCut(_ table: TableProfile, isAccepted: Bool) -> String {
        if isAccepted {
            return
                "copy the larger values after the load with lobscope patch-plan, or go without them, as was accepted"
        }
        return policy.acceptsTruncation(of: table.relation)
            ? "accept no cut of this table, as a cut value of this type is invalid, or agree on a limit that holds all of them"
            : "shorten the values, or leave the column out"
    }

    private func rowsAbove(_ size: ByteCount, _ measurement: ColumnMeasurement) -> String {
        let rows = measurement.countAbove(size)
        return rows.lowerBound == rows.upperBound
            ? "\(rows.lowerBound)" : "\(rows.lowerBound) to \(rows.upperBound)"
    }

    private func recommendation(of column: ColumnProfile, in table: TableProfile) -> ColumnRecommendation? {
        columns[table.relation.name]?[column.column.number]
    }

    /// A limit that holds everything seen says little where not everything was seen.
    private func notProven(
        _ column: ColumnProfile, of table: TableProfile, _ limit: Kibibytes, _ treated: TreatedTable
    ) -> [Finding] {
        guard let recommended = recommendation(of: column, in: table) else { return [] }
        let path = path(column, of: table)
        let reason: String
        switch (recommended.limit, recommended.estimate.coverage) {
        case (nil, .refused) where recommended.estimate.refusal == .smallSample:
            reason = "the sample is too small to say what it needs"
        case (nil, .refused): reason = "what was read of it does not say what it needs"
        case (nil, .skipped): reason = "it was not measured"
        case (let wanted?, _) where wanted > limit && column.measurement?.bound != nil:
            reason = "all that is known is that \(wanted.count) KB are enough"
        case (let wanted?, _) where wanted > limit: reason = "the estimate asks for \(wanted.count) KB"
        default: return []
        }
        let surer = recommended.estimate.refusal?.remedy ?? "measure every row (--method full)"
        return [
            LintID.limitNotProven.finding(
                policy.acceptsTruncation(of: table.relation) ? .info : .warning, path,
                "\"\(path)\" is limited to \(limit.count) KB by \(treated.lobs.origin), but \(reason)",
                remedy: recommended.estimate.coverage == .forecast
                    ? "raise the limit, use unlimited, or profile again nearer to the cut-over"
                    : "\(surer), or use unlimited")
        ]
    }

    private func path(_ column: ColumnProfile, of table: TableProfile) -> String {
        table.relation.name.losslessText + "." + column.column.name.losslessText
    }

    /// A rule's size that may have been meant in bytes.
    private func sizes(of treated: TreatedTable) -> [Finding] {
        let name = treated.name
        guard case .limited(let size) = treated.lobs.treatment, treated.lobs.isOfOwnRule,
            let needed = recommended[treated.table.relation.logicalName]?.limit,
            size.looksLikeBytes(needed: needed)
        else { return [] }
        return [
            LintID.bytesForKilobytes.finding(
                .warning, name,
                "\"\(name)\" is limited to \(size.count) KB where \(needed.count) KB are enough: were bytes meant?",
                remedy: "bulk-max-size is in KB: write \(size.count / 1024)")
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
        let others = combined.count - 1
        let subject = task.name.map { "task \($0)" } ?? "table mapping"
        return [
            LintID.combinationMode.finding(
                .info, subject,
                "\"\(first.name)\"" + (others > 0 ? " and \(others) more are" : " is")
                    + " unlimited with a bulk-max-size above 0: values up to that size may travel with their row in a full "
                    + "load, which the guide documents for Db2 and ASE only; in CDC every LOB is looked up, whatever its size",
                remedy: "nothing to do; \"0\" says the same for CDC", reference: GuidePage.tableSettings)
        ]
    }
}
