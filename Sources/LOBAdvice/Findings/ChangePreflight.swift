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
                "at least \(values) values in \(outside.count) tables are stored outside of their rows, most in "
                    + "\"\(most.0.losslessText)\": an UPDATE that does not touch such a value sends a mark instead of it, and what the "
                    + "target \(target.rawValue) gets then is not documented",
                remedy: writesWholeRecords
                    ? "try it: update another column of one such row, and look whether the value arrives or becomes NULL; "
                        + "REPLICA IDENTITY FULL with test_decoding sends the old value"
                    : "try it with one row before the migration",
                reference: nil)
        ]
    }

    private var lookUps: [Finding] {
        let unlimited = tables.filter { $0.mode == .unlimited && $0.isSelected }
        guard let first = unlimited.first else { return [] }
        return [
            FindingID.lookUps.finding(
                .info, "database",
                "\"\(first.name.losslessText)\""
                    + (unlimited.count > 1 ? " and \(unlimited.count - 1) more are" : " is")
                    + " unlimited: for each change DMS reads the LOBs of the row from the source again, by its key, as they are "
                    + "then; a row that was changed again or deleted meanwhile arrives with another value, or none",
                remedy: "nothing to do where the last state counts; plan for the reads on the source",
                reference: GuidePage.lobSupport)
        ]
    }
}
