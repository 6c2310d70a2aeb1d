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
        guard target.refusal(of: policy.migrationType) != nil else { return [] }
        return [
            TargetID.notSupported.finding(
                .error, target.rawValue, .target(.notSupported(target, policy.migrationType)),
                .targetLimitations(target))
        ]
    }

    private var undocumented: [Finding] {
        guard !target.documentsLOBs, !withLOBs.isEmpty else { return [] }
        return [
            TargetID.lobsUndocumented.finding(
                .warning, target.rawValue, .target(.undocumented(target)), .targetLimitations(target))
        ]
    }

    private var fullLOBMode: [Finding] {
        guard !target.supportsFullLOBMode else { return [] }
        return withLOBs.filter { $0.needsFullLOBMode }.map { table in
            TargetID.noFullLOBMode.finding(
                .error, table.name.losslessText,
                .target(.noFullLOBMode(target, needed: table.limit, most: mostLimited(table))))
        }
    }

    /// The most that limited mode takes of a table there.
    private func mostLimited(_ table: TableRecommendation) -> Kibibytes {
        let caps = table.lobColumns.compactMap { target.largestValue($0.profile.column.lobClass)?.size }
        return min(Kibibytes.limitedModeCeiling, caps.min() ?? .limitedModeCeiling)
    }

    private var tableSettings: [Finding] {
        guard !target.supportsTableLOBSettings, withLOBs.count > 1 else { return [] }
        return [
            TargetID.noTableSettings.finding(
                .info, target.rawValue, .target(.noTableSettings(target)), .lobTableSettings)
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
                .error, path, .target(.noLOBs(target, column.profile.column.lobClass)),
                .targetLimitations(target))
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
                .target(.valueTooLarge(target, needed: limit, most: cap.size, reason: cap.reason)),
                .ofEngine(cap.reference))
        }
    }

    /// MySQL makes the column by the size: up to 65,535 bytes TEXT or BLOB, above it the long types.
    private func columns(_ table: TableRecommendation) -> [Finding] {
        guard target == .mysql || target == .mariadb, table.mode == .limited, table.bulkMaxSize.count < 64
        else {
            return []
        }
        return [
            TargetID.columnTooSmall.finding(
                .info, table.name.losslessText, .target(.columnTooSmall(table.bulkMaxSize)), .mySQLTypes)
        ]
    }
}

extension TableRecommendation {
    /// Whether no limit is known to hold its values, and nobody accepts that they are cut.
    fileprivate var needsFullLOBMode: Bool {
        !isTruncationOK && (limit.map { $0 > .limitedModeCeiling } ?? true)
    }
}
