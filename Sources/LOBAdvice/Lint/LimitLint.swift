/// The deployed limit of every table against its measured sizes.
struct LimitLint {
    private let task: DeployedTask
    private let profile: Profile
    private let tables: [RelationName: TableRecommendation]
    private let policy: Policy
    private let rules: [RelationName: LOBSettings]
    private let selected: [TableProfile]
    private let inherited: InheritedRows

    init(task: DeployedTask, profile: Profile, tables: [TableRecommendation], policy: Policy) {
        self.task = task
        self.profile = profile
        self.tables = Dictionary(tables.map { ($0.name, $0) }) { first, _ in first }
        self.policy = policy
        inherited = InheritedRows(profile, policy: policy)
        rules = task.mapping.lobSettingsByTable
        let selection = MappingSelection(task.mapping)
        selected = profile.tables.filter {
            $0.relation.kind.isMigratable && selection.selects($0.relation.name)
        }
    }

    var findings: [Finding] {
        let withLOBs = selected.filter { !$0.relation.lobColumns.isEmpty }
        return withLOBs.flatMap { limits(of: $0) + sizes(of: $0) } + batchApply + partialValidation
    }

    private func effective(_ table: TableProfile) -> EffectiveLOBs {
        EffectiveLOBs(task: task, rules: rules, table: table.relation.name)
    }

    private func limits(of table: TableProfile) -> [Finding] {
        let lobs = effective(table)
        guard let limit = lobs.limit else { return [] }
        let read = [table] + inherited.parts(of: table)
        return read.flatMap { part in
            part.columns.filter { $0.column.lobClass != .none }.flatMap { column in
                tooSmall(column, of: part, limit, lobs) ?? notProven(column, of: part, limit, lobs)
            }
        }
    }

    /// Values that were measured and are larger; nil where there is none.
    private func tooSmall(
        _ column: ColumnProfile, of table: TableProfile, _ limit: Kibibytes, _ lobs: EffectiveLOBs
    ) -> [Finding]? {
        guard let measurement = column.measurement, let largest = measurement.largestSize else {
            return nil
        }
        let fitting = policy.sizing.largestSize(
            fitting: limit.bytes, lobClass: column.column.lobClass,
            utf8BytesPerByte: profile.server.utf8BytesPerByte)
        guard largest > fitting else { return nil }
        let isAcceptable = policy.acceptsTruncation(of: table.relation) && !column.column.family.isStructured
        let path = path(column, of: table)
        let wanted = tables[table.relation.logicalName]?.setting
        let least = measurement.countedFrom == nil ? "at least " : ""
        let rows = rowsAbove(fitting, measurement)
        return [
            LintID.limitTooSmall.finding(
                isAcceptable ? .warning : .error, path,
                "\"\(path)\" is limited to \(limit.count) KB by \(lobs.origin), and \(least)\(rows) of its values are larger; "
                    + "the largest seen has \(largest.bytes) bytes (sizing \(policy.sizing.rawValue))",
                remedy: wanted.map { "use limited with \($0.count) KB, or unlimited" } ?? "use unlimited")
        ]
    }

    private func rowsAbove(_ size: ByteCount, _ measurement: ColumnMeasurement) -> String {
        let rows = measurement.countAbove(size)
        return rows.lowerBound == rows.upperBound
            ? "\(rows.lowerBound)" : "\(rows.lowerBound) to \(rows.upperBound)"
    }

    /// A limit that holds everything seen says little where not everything was seen.
    private func notProven(
        _ column: ColumnProfile, of table: TableProfile, _ limit: Kibibytes, _ lobs: EffectiveLOBs
    ) -> [Finding] {
        let recommended = tables[table.relation.logicalName]?.columns.first {
            $0.relation == table.relation.name && $0.profile.column.number == column.column.number
        }
        guard let recommended else { return [] }
        let path = path(column, of: table)
        let reason: String
        switch (recommended.limit, recommended.estimate.coverage) {
        case (nil, .refused) where column.measurement?.method == .sample:
            reason = "the sample is too small to say what it needs"
        case (nil, .refused): reason = "what was read of it does not say what it needs"
        case (nil, .skipped): reason = "it was not measured"
        case (let wanted?, _) where wanted > limit: reason = "the estimate asks for \(wanted.count) KB"
        default: return []
        }
        return [
            LintID.limitNotProven.finding(
                .warning, path,
                "\"\(path)\" is limited to \(limit.count) KB by \(lobs.origin), but \(reason)",
                remedy: "measure every row (--method full), or use unlimited")
        ]
    }

    private func path(_ column: ColumnProfile, of table: TableProfile) -> String {
        table.relation.name.losslessText + "." + column.column.name.losslessText
    }

    private func sizes(of table: TableProfile) -> [Finding] {
        let name = table.relation.name.losslessText
        switch effective(table).treatment {
        case .unlimited(let bulk) where bulk.count > 0:
            return [
                LintID.combinationMode.finding(
                    .info, name,
                    "\"\(name)\" is unlimited with bulk-max-size \(bulk.count): values up to that size may travel with "
                        + "their row in a full load; in CDC every LOB is looked up, whatever its size",
                    remedy: "nothing to do; \"0\" says the same for CDC")
            ]
        case .limited(let size):
            guard let needed = tables[table.relation.logicalName]?.limit, rules[table.relation.name] != nil,
                size.looksLikeBytes(needed: needed)
            else { return [] }
            return [
                LintID.bytesForKilobytes.finding(
                    .warning, name,
                    "\"\(name)\" is limited to \(size.count) KB where \(needed.count) KB are enough: were bytes meant?",
                    remedy: "bulk-max-size is in KB: write \(size.count / 1024)")
            ]
        default: return []
        }
    }

    private var batchApply: [Finding] {
        guard task.settings?.isBatchApplyEnabled ?? false else { return [] }
        let target = profile.deployment?.target ?? .postgres
        guard target.batchApply != .loses else {
            return [
                LintID.batchApplyOfTarget.finding(
                    .error, task.subject,
                    "BatchApplyEnabled is true, and the target \(target.rawValue) does not support it: data can get lost",
                    remedy: "set BatchApplyEnabled to false",
                    reference: "AWS DMS user guide, \(target.rawValue) target")
            ]
        }
        return selected.compactMap { table in
            let name = table.relation.name.losslessText
            let remedy = "set BatchApplyEnabled to false, or give the table a task of its own"
            if !table.relation.lobColumns.isEmpty, effective(table).isUnlimited {
                return LintID.batchApplyWithUnlimited.finding(
                    .error, name,
                    "\"\(name)\" is unlimited, and BatchApplyEnabled is true: batches fail and go one by one",
                    remedy: remedy, reference: GuidePage.assessments)
            }
            if table.relation.hasPrimaryKeyAndOtherUniqueIndex {
                return LintID.batchApplyWithUniqueIndex.finding(
                    .error, name,
                    "\"\(name)\" has a primary key and another unique index, and BatchApplyEnabled is true: rows can get lost",
                    remedy: remedy, reference: GuidePage.assessments)
            }
            guard !table.relation.hasKey, target.batchApply != .wanted else { return nil }
            return LintID.batchApplyWithoutKey.finding(
                .warning, name,
                "\"\(name)\" has no key, and BatchApplyEnabled is true: its inserts go in batches, updates and deletes do not",
                remedy: remedy, reference: GuidePage.assessments)
        }
    }

    private var partialValidation: [Finding] {
        guard let settings = task.settings, settings.isValidationEnabled, !settings.skipsLOBsInValidation
        else {
            return []
        }
        let limits = selected.filter { !$0.relation.lobColumns.isEmpty }.compactMap { effective($0).limit }
        let compared = settings.validationPartialLOBSize
        guard let smallest = limits.min(), compared.count == 0 || compared > smallest else { return [] }
        return [
            LintID.partialValidation.finding(
                .warning, task.subject,
                "ValidationPartialLobSize is \(compared.count) (0 is all), but values are cut at \(smallest.count) KB: every "
                    + "cut value is reported as a mismatch",
                remedy: "set ValidationPartialLobSize to \(smallest.count)")
        ]
    }
}
