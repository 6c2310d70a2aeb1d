/// What stands in the way of finding a row again by its key.
public enum KeyFinding: Hashable, Sendable {
    /// A table with LOB columns has no key by which DMS finds rows.
    case missing(MissingEffect, unusable: [UnusableKey], KeyWay)
    /// A column of the key is a LOB.
    case lobTyped(LOBTypedKey)
    case arrayWithoutPrimaryKey(array: Identifier, KeyWay)
    case arrayInFullMode(array: Identifier)
    case fullIdentity(RelationName, hasPrimaryKey: Bool)
    /// No key in the change stream, with the statement that names one where there is one.
    case noIdentity(RelationName, statement: String?)
    /// Unique indexes and exclusion constraints beside the primary key.
    case otherUniqueIndexes([Identifier])

    /// What a missing key does.
    public enum MissingEffect: Hashable, Sendable {
        case unlimited, changes, fullLoad
    }

    /// A unique index that is no key.
    public struct UnusableKey: Hashable, Sendable {
        public let name: Identifier
        public let reason: Reason

        /// Why it is none.
        public enum Reason: Hashable, Sendable {
            case exclusion, invalid, partial, deferrable, expression, nullable
        }
    }

    /// A key column that is a LOB to DMS, or may be one.
    public struct LOBTypedKey: Hashable, Sendable {
        public let table: RelationName
        public let column: Identifier
        public let type: Identifier
        public let key: Identifier
        /// Whether DMS lists the type.
        public let isListed: Bool
        /// Whether it is `text` itself, no domain over it and no other type.
        public let isPlainText: Bool
        /// The statement that makes it a string to DMS; nil where there is none.
        public let retype: String?
        /// How the table gets another key.
        public let otherKey: OtherKey
    }

    /// Another key than one with a LOB.
    public enum OtherKey: Hashable, Sendable {
        /// In place of the primary key, with the columns that divide the rows where some do.
        case replacing(isDivided: Bool)
        case added(KeyWay)
    }
}

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
        let effect: KeyFinding.MissingEffect =
            switch (subject.mode, policy.migrationType.includesCDC) {
            case (.unlimited, _): .unlimited
            case (_, true): .changes
            case (_, false): .fullLoad
            }
        return [
            FindingID.lobWithoutKey.finding(
                isTolerated ? .warning : .error, name,
                .key(.missing(effect, unusable: unusableIndexes, advice.way)), .assessments, fix: keyFix)
        ]
    }

    /// Why the unique indexes that exist do not count.
    private var unusableIndexes: [KeyFinding.UnusableKey] {
        relation.keys.map { index in
            let reason: KeyFinding.UnusableKey.Reason =
                if index.isExclusion != nil {
                    .exclusion
                } else if !index.isValid {
                    .invalid
                } else if index.isPartial {
                    .partial
                } else if !index.isImmediate {
                    .deferrable
                } else if index.columns.contains(0) {
                    .expression
                } else {
                    .nullable
                }
            return .init(name: index.name, reason: reason)
        }
    }

    private var advice: KeyAdvice { KeyAdvice(relation: relation) }

    /// Where no statement works on every such table, only a person can say which key it is to be.
    private var keyFix: Finding.Fix? {
        advice.statement.flatMap { statement in
            Finding.Fix(.source, naming: names, [statement], warning: .writesTableForKey)
        }
    }

    private var names: [Identifier] { [relation.logicalName.schema, relation.logicalName.name] }

    /// DMS inserts a row with its LOBs NULL first, which a key column cannot be.
    private var lobTypedKey: [Finding] {
        guard let key = relation.keyOfDMS else { return [] }
        return relation.lobColumns(of: key).map { lobTyped($0, in: key) }
    }

    private func lobTyped(_ column: Column, in key: UniqueIndex) -> Finding {
        let isListed = column.family != .unlisted
        let retype = retype(column)
        return FindingID.lobTypedKey.finding(
            isListed ? .error : .warning, "\(name).\(column.name.losslessText)",
            .key(
                .lobTyped(
                    .init(
                        table: relation.logicalName, column: column.name, type: column.typeName,
                        key: key.name, isListed: isListed, isPlainText: isPlainText(column), retype: retype,
                        otherKey: otherKey))),
            .troubleshooting,
            fix: retype.flatMap {
                Finding.Fix(
                    .source, naming: names + [column.name], [$0], warning: .writesTableForLength)
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

    private var otherKey: KeyFinding.OtherKey {
        relation.primaryKey == nil ? .added(advice.way) : .replacing(isDivided: advice.isDivided)
    }

    private var arrayWithoutPrimaryKey: [Finding] {
        let arrays = relation.columns.filter { $0.family == .array }
        guard relation.primaryKey == nil, let array = arrays.first else { return [] }
        return [
            FindingID.arrayWithoutPrimaryKey.finding(
                .error, name, .key(.arrayWithoutPrimaryKey(array: array.name, advice.way)), .source)
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
                .warning, name, .key(.arrayInFullMode(array: array.name)))
        ]
    }

    private var replicaIdentity: [Finding] {
        guard policy.migrationType.includesCDC else { return [] }
        let ownName = relation.name.losslessText
        switch relation.replicaIdentity {
        case .full where subject.endpoint?.plugin == .testDecoding: return []
        case .full:
            return [
                FindingID.replicaIdentityFull.finding(
                    .warning, ownName,
                    .key(.fullIdentity(relation.name, hasPrimaryKey: relation.primaryKey != nil)), .source)
            ]
        case .default where relation.primaryKey != nil, .index: return []
        case .default, .nothing:
            return [
                FindingID.replicaIdentityMissing.finding(
                    .error, ownName,
                    .key(.noIdentity(relation.name, statement: identity?.statement)), .source,
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
        let others = relation.keys.filter { !$0.isPrimary && $0.isValid }.map(\.name)
        return [
            FindingID.primaryKeyAndUniqueIndex.finding(
                .info, name, .key(.otherUniqueIndexes(others)), .assessments)
        ]
    }
}
