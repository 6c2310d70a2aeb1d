/// Keys and replica identity of one relation.
struct KeyPreflight {
    let subject: Preflight.Subject
    let policy: Policy

    private var relation: Relation { subject.relation }
    /// Partitions take their keys from the root, so that is where a remedy belongs.
    private var name: String { relation.logicalName.losslessText }
    private var table: String { SQLText.quoted(relation.logicalName) }

    var findings: [Finding] {
        lobWithoutKey + lobTypedKey + arrayWithoutPrimaryKey + arrayInFullMode + replicaIdentity
            + primaryKeyAndUniqueIndex
    }

    private var lobWithoutKey: [Finding] {
        guard !relation.lobColumns.isEmpty, !relation.hasUsableKey else { return [] }
        let isTolerated =
            (subject.mode != .unlimited && !policy.migrationType.includesCDC)
            || relation.lobColumns.allSatisfy { $0.family == .unlisted }
        let effect =
            switch (subject.mode, policy.migrationType.includesCDC) {
            case (.unlimited, _): "in full LOB mode DMS drops the LOB columns or fails the table"
            case (_, true): "DMS needs one to apply changes to LOBs"
            case (_, false): "a limited full load appears to work without one, later changes do not"
            }
        return [
            FindingID.lobWithoutKey.finding(
                isTolerated ? .warning : .error, name,
                "\"\(name)\" has LOB columns but no primary key or unique index on NOT NULL columns: "
                    + effect + unusableIndexes,
                remedy: keyRemedy, reference: GuidePage.assessments, fix: keyFix)
        ]
    }

    /// Why the unique indexes that exist do not count.
    private var unusableIndexes: String {
        let reasons = relation.keys.map { index in
            let reason =
                if index.isExclusion != nil {
                    "of an exclusion constraint"
                } else if !index.isValid {
                    "invalid"
                } else if index.isPartial {
                    "partial"
                } else if !index.isImmediate {
                    "deferrable"
                } else if index.columns.contains(0) {
                    "on an expression"
                } else {
                    "on nullable columns"
                }
            return "\"\(index.name.losslessText)\" is \(reason)"
        }
        return reasons.isEmpty ? "" : " (\(reasons.joined(separator: ", ")))"
    }

    private var advice: KeyAdvice { KeyAdvice(relation: relation) }

    private var keyRemedy: String {
        "\(advice.sentence) or make the columns of a unique index NOT NULL. Foreign keys do not help"
    }

    /// Where no statement works on every such table, only a person can say which key it is to be.
    private var keyFix: Finding.Fix? {
        advice.statement.flatMap { statement in
            Finding.Fix(
                .source, naming: names, [statement],
                warning:
                    "it writes the whole table, and nobody reads it meanwhile; on the target set the sequence of the "
                    + "column behind its largest value when the migration is over")
        }
    }

    private var names: [Identifier] { [relation.logicalName.schema, relation.logicalName.name] }

    /// DMS inserts a row with its LOBs NULL first, which a key column cannot be.
    private var lobTypedKey: [Finding] {
        guard let key = relation.keyOfDMS else { return [] }
        return relation.lobColumns(of: key).map { lobTyped($0, in: key) }
    }

    private func lobTyped(_ column: Column, in key: UniqueIndex) -> Finding {
        let columnName = column.name.losslessText
        let isListed = column.family != .unlisted
        let retype = retype(column)
        return FindingID.lobTypedKey.finding(
            isListed ? .error : .warning, "\(name).\(columnName)",
            "\"\(columnName)\" of type \(column.typeName.losslessText) is part of the key "
                + "\"\(key.name.losslessText)\" of \"\(name)\", and \(isListed ? "" : "perhaps ")a LOB to DMS: "
                + "LOBs in keys are not supported",
            remedy: typedRemedy(column, retype), reference: GuidePage.troubleshooting,
            fix: retype.flatMap {
                Finding.Fix(
                    .source, naming: names + [column.name], [$0],
                    warning:
                        "it refuses keys of more characters from then on; it writes the whole table, and nobody reads it "
                        + "meanwhile; a column with a COLLATE of its own loses it unless you add it to the statement"
                )
            })
    }

    /// The statement that makes a column a string to DMS; nil where the type does not keep its meaning as a string, as bytea,
    /// citext, jsonb and domains with checks do not, and where PostgreSQL may refuse it.
    private func retype(_ column: Column) -> String? {
        guard isPlainText(column), relation.isByItself else { return nil }
        // Room for longer keys: a type that just holds those of today refuses the next one.
        let length = max(255, 2 * (subject.largest[column.number]?.bytes ?? 0))
        return
            "ALTER TABLE \(table) ALTER COLUMN \(SQLText.quoted(column.name)) TYPE character varying(\(length));"
    }

    /// Of a domain the statement would drop the checks.
    private func isPlainText(_ column: Column) -> Bool {
        column.family == .text && column.typeName == Identifier("text")
    }

    private func typedRemedy(_ column: Column, _ retype: String?) -> String {
        if let retype {
            return
                "give the column a length (with its COLLATE, where it has one), for example: \(retype) or \(otherKey)"
        }
        guard isPlainText(column) else { return otherKey }
        return
            "make the column character varying(n) in the parent table, which PostgreSQL refuses where rows are divided by it; or "
            + otherKey
    }

    private var otherKey: String {
        guard relation.primaryKey != nil else { return "use a key of another type: \(advice.sentence)" }
        return "use a key of another type: make a bigint column, for example, the primary key instead"
            + (advice.isDivided ? ", together with the columns by which rows are divided" : "")
    }

    private var arrayWithoutPrimaryKey: [Finding] {
        let arrays = relation.columns.filter { $0.family == .array }
        guard relation.primaryKey == nil, let array = arrays.first else { return [] }
        return [
            FindingID.arrayWithoutPrimaryKey.finding(
                .error, name,
                "\"\(name)\" has the array column \"\(array.name.losslessText)\" but no primary key: "
                    + "DMS suspends or ignores the table",
                remedy: "\(advice.sentence) a unique index does not replace it", reference: GuidePage.source)
        ]
    }

    /// From a report of one user (AWS re:Post): changes only.
    private var arrayInFullMode: [Finding] {
        let arrays = relation.columns.filter { $0.family == .array && !$0.isNotNull }
        guard subject.mode == .unlimited, policy.migrationType.includesCDC, let array = arrays.first else {
            return []
        }
        return [
            FindingID.arrayInFullMode.finding(
                .warning, name,
                "\"\(name)\" is unlimited and has the array column \"\(array.name.losslessText)\": in full LOB mode a NULL array was "
                    + "seen to arrive as an empty text, which is not an array (one report; not documented)",
                remedy:
                    "try a change of a row with a NULL array before the migration; a limited rule is said not to do it"
            )
        ]
    }

    private var replicaIdentity: [Finding] {
        guard policy.migrationType.includesCDC else { return [] }
        let own = SQLText.quoted(relation.name)
        let ownName = relation.name.losslessText
        switch relation.replicaIdentity {
        case .full where subject.endpoint?.plugin == .testDecoding: return []
        case .full:
            return [
                FindingID.replicaIdentityFull.finding(
                    .warning, ownName,
                    "\"\(ownName)\" has REPLICA IDENTITY FULL, which DMS does not support with pglogical",
                    remedy: relation.primaryKey == nil
                        ? "use the plugin test_decoding (endpoint setting PluginName), or add a primary key"
                        : "use the plugin test_decoding, or: ALTER TABLE \(own) REPLICA IDENTITY DEFAULT;",
                    reference: GuidePage.source)
            ]
        case .default where relation.primaryKey != nil, .index: return []
        case .default, .nothing:
            return [
                FindingID.replicaIdentityMissing.finding(
                    .error, ownName,
                    "\"\(ownName)\" writes no key into the change stream: DMS ignores every UPDATE and DELETE of it",
                    remedy: identity.map(\.statement)
                        ?? "add a primary key, or with the plugin test_decoding: ALTER TABLE \(own) REPLICA IDENTITY FULL;",
                    reference: GuidePage.source,
                    fix: identity.flatMap {
                        Finding.Fix(
                            .source, naming: [relation.name.schema, relation.name.name] + $0.index,
                            [$0.statement])
                    })
            ]
        }
    }

    /// The statement that names a key of the table, with the index that it names; nil where there is no key.
    private var identity: (statement: String, index: [Identifier])? {
        let own = SQLText.quoted(relation.name)
        if relation.primaryKey != nil { return ("ALTER TABLE \(own) REPLICA IDENTITY DEFAULT;", []) }
        return relation.keys.first(where: \.identifiesRows).map { index in
            ("ALTER TABLE \(own) REPLICA IDENTITY USING INDEX \(SQLText.quoted(index.name));", [index.name])
        }
    }

    private var primaryKeyAndUniqueIndex: [Finding] {
        // With batches on it is no advice any more, but a fault of the task: see LimitReview.
        guard relation.hasPrimaryKeyAndOtherUniqueIndex, !subject.isBatchApplyEnabled else { return [] }
        let others = relation.keys.filter { !$0.isPrimary && $0.isValid }.map {
            "\"\($0.name.losslessText)\""
        }
        return [
            FindingID.primaryKeyAndUniqueIndex.finding(
                .info, name,
                "\"\(name)\" has a primary key and another unique index or exclusion constraint (\(others.joined(separator: ", "))): "
                    + "batch apply would lose rows there, so it has to stay off",
                remedy:
                    "leave BatchApplyEnabled false while the target has both, in a task of its own where other tables are to use "
                    + "batches; drop the other one on the target only after checking that nothing needs it there",
                reference: GuidePage.assessments)
        ]
    }
}
