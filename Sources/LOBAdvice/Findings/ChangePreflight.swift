/// What becomes of LOBs in changes.
public enum ChangeFinding: Hashable, Sendable {
    /// Values outside of their rows, how many tables have some, and the one with the most.
    case outside(values: Int, tables: Int, most: RelationName, target: TargetEngine, isWholeRecord: Bool)
    /// Unlimited tables: one of them, and how many more there are.
    case lookedUp(RelationName, others: Int)
}

/// What changes of LOBs look like on their way, as far as the user guide is silent about it.
struct ChangePreflight {
    let profile: Profile
    let policy: Policy
    let tables: [TableRecommendation]

    private var target: TargetEngine { profile.deployment?.target ?? .postgres }

    var findings: [Finding] {
        guard policy.migrationType.includesCDC else { return [] }
        return unchangedValues + lookUps
    }

    /// Targets that write a change as a whole record: what did not change has nothing to stay as it was in.
    private var writesWholeRecords: Bool {
        switch target {
        case .s3, .kinesis, .kafka, .redshift, .opensearch: true
        default: false
        }
    }

    /// An UPDATE that leaves a value outside of its row as it is sends a mark instead of it.
    private var unchangedValues: [Finding] {
        let outside = tables.filter(\.isMigrated).compactMap { table -> (RelationName, Int)? in
            let values = table.columns.filter { $0.profile.column.lobClass != .none }.reduce(0) {
                $0 + ($1.profile.measurement?.stored?.external ?? 0)
            }
            return values > 0 ? (table.name, values) : nil
        }
        guard let most = outside.max(by: { ($0.1, $1.0) < ($1.1, $0.0) }) else { return [] }
        let values = outside.reduce(0) { $0 + $1.1 }
        return [
            FindingID.unchangedTOAST.finding(
                writesWholeRecords ? .warning : .info, "database",
                .changes(
                    .outside(
                        values: values, tables: outside.count, most: most.0, target: target,
                        isWholeRecord: writesWholeRecords)))
        ]
    }

    private var lookUps: [Finding] {
        let unlimited = tables.filter { $0.mode == .unlimited && $0.isSelected }
        guard let first = unlimited.first else { return [] }
        return [
            FindingID.lookUps.finding(
                .info, "database",
                .changes(.lookedUp(first.name, others: unlimited.count - 1)), .lobSupport)
        ]
    }
}
