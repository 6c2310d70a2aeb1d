/// What a target other than PostgreSQL does to the recommended modes and sizes.
struct TargetPreflight {
    let profile: Profile
    let policy: Policy
    let tables: [TableRecommendation]

    private var target: TargetEngine { profile.deployment?.target ?? .postgres }
    private var withLOBs: [TableRecommendation] { tables.filter { $0.hasLOBs && $0.isMigrated } }

    var findings: [Finding] {
        notSupported + undocumented + fullLOBMode + tableSettings + withLOBs.flatMap(refused)
            + withLOBs.flatMap(caps)
            + withLOBs.flatMap(columns)
    }

    private var notSupported: [Finding] {
        guard let refusal = target.refusal(of: policy.migrationType) else { return [] }
        return [
            TargetID.notSupported.finding(
                .error, target.rawValue,
                "\(refusal); the task would go from PostgreSQL to \(target.rawValue) with the migration type "
                    + policy.migrationType.rawValue,
                remedy: target == .neptune
                    ? "use --migration-type full-load, and bring later changes in another way"
                    : "choose another target, or move the data in another way",
                reference: .targetLimitations(target))
        ]
    }

    private var undocumented: [Finding] {
        guard !target.documentsLOBs, !withLOBs.isEmpty else { return [] }
        return [
            TargetID.lobsUndocumented.finding(
                .warning, target.rawValue,
                "the DMS user guide does not document a largest LOB or full LOB mode for the target \(target.rawValue); "
                    + "of LOBs it says only that changes of a table without a primary key leave them out",
                remedy: "test the largest value of each table before the migration",
                reference: .targetLimitations(target))
        ]
    }

    private var fullLOBMode: [Finding] {
        guard !target.supportsFullLOBMode else { return [] }
        return withLOBs.filter { $0.needsFullLOBMode }.map { table in
            let name = table.name.losslessText
            let needs =
                table.limit.map { "\($0.count) KB hold what is known" } ?? "its largest value is not known"
            let lacks =
                target.documentsLOBs ? "has no full LOB mode" : "has no full LOB mode that is documented"
            return TargetID.noFullLOBMode.finding(
                .error, name,
                "\"\(name)\" would have to be unlimited, and the target \(target.rawValue) \(lacks): \(needs)",
                remedy: withoutFullLOBMode(table))
        }
    }

    /// A size helps only where one may hold every value.
    private func withoutFullLOBMode(_ table: TableRecommendation) -> String {
        let caps = table.lobColumns.compactMap { target.largestValue($0.profile.column.lobClass)?.size }
        let most = min(Kibibytes.limitedModeCeiling, caps.min() ?? .limitedModeCeiling).count
        return table.limit == nil
            ? "measure the table in full (--method full), and use limited mode where no value needs more than \(most) KB, the most "
                + "that it takes there; else accept a cut (--truncation-ok), or leave the column out"
            : "no size holds every value, because limited mode takes at most \(most) KB there: shorten the values, accept a cut "
                + "(--truncation-ok), or leave the column out"
    }

    private var tableSettings: [Finding] {
        guard !target.supportsTableLOBSettings, withLOBs.count > 1 else { return [] }
        return [
            TargetID.noTableSettings.finding(
                .info, target.rawValue,
                "LOB settings of a table have no effect with the target \(target.rawValue): the mapping has none, and the task's "
                    + "LobMaxSize, the largest that a table needs, holds for all of them",
                remedy:
                    "nothing to do; a table that needs much more than the others costs less in a task of its own",
                reference: .lobTableSettings)
        ]
    }

    /// Columns that do not arrive at all.
    private func refused(_ table: TableRecommendation) -> [Finding] {
        // Whether an unlisted type becomes a LOB is not known: it has a finding of its own.
        table.columns.filter {
            !target.takes($0.profile.column.lobClass) && $0.profile.column.family != .unlisted
        }.map { column in
            let path = "\(column.relation.losslessText).\(column.profile.column.name.losslessText)"
            return TargetID.noLOBs.finding(
                .error, path,
                "\"\(path)\" is a \(column.profile.column.lobClass.rawValue.uppercased()) to DMS, which does not migrate those "
                    + "to \(target.rawValue)",
                remedy:
                    "leave the column out with a transformation rule (rule-action remove-column), or move it in another way",
                reference: .targetLimitations(target))
        }
    }

    /// Values that are known to be larger than the target takes.
    private func caps(_ table: TableRecommendation) -> [Finding] {
        table.columns.compactMap { column in
            guard let cap = target.largestValue(column.profile.column.lobClass), let limit = column.limit,
                limit > cap.size
            else { return nil }
            let path = "\(column.relation.losslessText).\(column.profile.column.name.losslessText)"
            return TargetID.valueTooLarge.finding(
                .error, path,
                "\"\(path)\" needs \(limit.count) KB, and the target \(target.rawValue) takes \(cap.size.count): \(cap.reason)",
                remedy:
                    "shorten the values, leave the column out, or raise the target's limit where it has one",
                reference: .ofEngine(cap.reference))
        }
    }

    /// MySQL makes the column by the size: up to 65,535 bytes TEXT or BLOB, above it the long types.
    private func columns(_ table: TableRecommendation) -> [Finding] {
        guard target == .mysql || target == .mariadb, table.mode == .limited, table.bulkMaxSize.count < 64
        else {
            return []
        }
        let name = table.name.losslessText
        return [
            TargetID.columnTooSmall.finding(
                .info, name,
                "\"\(name)\" is limited to \(table.bulkMaxSize.count) KB: where DMS makes the table, its LOBs become TEXT or "
                    + "BLOB of at most 65,535 bytes, and a larger limit later needs another type",
                remedy: "make the columns LONGTEXT or LONGBLOB on the target beforehand",
                reference: .mySQLTypes)
        ]
    }
}

extension TableRecommendation {
    /// Whether no limit is known to hold its values, and nobody accepts that they are cut.
    fileprivate var needsFullLOBMode: Bool {
        !isTruncationOK && (limit.map { $0 > .limitedModeCeiling } ?? true)
    }
}
