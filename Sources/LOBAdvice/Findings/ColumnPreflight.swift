/// What the type or the declaration of a column does.
public enum ColumnFinding: Hashable, Sendable {
    case notNull(NotNullRemedy)
    case generated
    /// The guide contradicts itself about the type.
    case doubtful(type: Identifier)
    case ofPostGIS(type: Identifier)
    /// Truncation is accepted, and a cut value is none.
    case invalidWhenCut(type: Identifier)
    case longVarchar(length: Int)
    case largeObjectReference(type: Identifier)

    /// What to do about a LOB column that is NOT NULL.
    public enum NotNullRemedy: Hashable, Sendable {
        case drop(statement: String)
        /// Rows may be found by a key with the column.
        case keep(key: Identifier, hasPrimaryKey: Bool)
    }
}

/// Types and declarations of the columns of one relation.
struct ColumnPreflight {
    let subject: Preflight.Subject
    let policy: Policy

    private var relation: Relation { subject.relation }
    private var table: String { SQLText.quoted(relation.logicalName) }

    var findings: [Finding] {
        relation.columns.flatMap { (column: Column) -> [Finding] in
            notNull(column) + unsupported(column) + structured(column)
                + longVarchar(column)
                + largeObjectReference(column)
        } + generatedColumns.map(generated)
    }

    /// Columns of any type, not only those that are measured.
    private var generatedColumns: [Identifier] {
        Set((relation.generatedColumns ?? []) + relation.columns.filter(\.isGenerated).map(\.name)).sorted()
    }

    private func path(_ column: Column) -> String {
        relation.logicalName.losslessText + "." + column.name.losslessText
    }

    private func notNull(_ column: Column) -> [Finding] {
        // A column of the key that DMS uses has a finding of its own.
        let isKey = relation.keyOfDMS?.columns.contains(column.number) ?? false
        guard column.lobClass != .none, column.isNotNull, !isKey else { return [] }
        let isTolerated = subject.mode != .unlimited && !policy.migrationType.includesCDC
        let key = keyThatMayBeUsed(with: column)
        let drop =
            "ALTER TABLE \(table) ALTER COLUMN \(SQLText.quoted(column.name)) DROP NOT NULL;"
        return [
            FindingID.notNullLOB.finding(
                isTolerated || column.family == .unlisted ? .warning : .error, path(column),
                .column(
                    .notNull(
                        key.map { .keep(key: $0.name, hasPrimaryKey: relation.primaryKey != nil) }
                            ?? .drop(statement: drop))),
                .bestPractices,
                fix: key != nil
                    ? nil
                    : Finding.Fix(
                        .target,
                        naming: [relation.logicalName.schema, relation.logicalName.name, column.name],
                        [drop], warning: .restoreNotNull))
        ]
    }

    /// A key with the column by which rows may be found too, as the replica identity or in place of a primary key: without
    /// NOT NULL it would be none, and PostgreSQL refuses to drop that of a replica identity.
    private func keyThatMayBeUsed(with column: Column) -> UniqueIndex? {
        guard relation.primaryKey == nil || relation.replicaIdentity == .index else { return nil }
        return relation.keys.first { $0.identifiesRows && $0.columns.contains(column.number) }
    }

    private func generated(_ column: Identifier) -> Finding {
        FindingID.generatedColumn.finding(
            .warning, "\(relation.logicalName.losslessText).\(column.losslessText)", .column(.generated))
    }

    private func unsupported(_ column: Column) -> [Finding] {
        let (severity, detail): (Finding.Severity, ColumnFinding)
        switch column.family {
        case .composite, .tsvector, .tsquery:
            (severity, detail) = (.warning, .doubtful(type: column.typeName))
        case .geometry, .geography: (severity, detail) = (.info, .ofPostGIS(type: column.typeName))
        default: return []
        }
        return [FindingID.typeNotSupported.finding(severity, path(column), .column(detail), .source)]
    }

    /// A person accepts cut values, but a cut value of this type is no value.
    private func structured(_ column: Column) -> [Finding] {
        guard subject.mode == .limited, column.family.isStructured, policy.acceptsTruncation(of: relation)
        else {
            return []
        }
        let fits = subject.largest[column.number].flatMap { largest in
            subject.limit.map { limit in
                policy.sizing.bytesNeeded(
                    for: largest, lobClass: column.lobClass, utf8BytesPerByte: subject.utf8BytesPerByte)
                    <= limit.bytes
            }
        }
        return [
            FindingID.truncationOfStructuredType.finding(
                fits == true ? .warning : .error, path(column),
                .column(.invalidWhenCut(type: column.typeName)), .lobSupport)
        ]
    }

    /// DMS maps varchar(n) over 16,387 as the endpoint says.
    private func longVarchar(_ column: Column) -> [Finding] {
        guard column.family == .varchar, let length = column.declaredLength, length > 16_387 else {
            return []
        }
        return [
            FindingID.longVarchar.finding(
                .info, path(column), .column(.longVarchar(length: length)), .source)
        ]
    }

    private func largeObjectReference(_ column: Column) -> [Finding] {
        guard column.family == .largeObjectReference else { return [] }
        return [
            FindingID.largeObjectReference.finding(
                .warning, path(column), .column(.largeObjectReference(type: column.typeName)), .source)
        ]
    }
}
