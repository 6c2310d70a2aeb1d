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
                "\"\(path(column))\" is NOT NULL, but DMS may insert a row with its LOBs NULL and fill them in afterwards",
                remedy: key.map(keepingKey) ?? "on the target, until the migration is over: \(drop)",
                reference: GuidePage.bestPractices,
                fix: key != nil
                    ? nil
                    : Finding.Fix(
                        .target,
                        naming: [relation.logicalName.schema, relation.logicalName.name, column.name],
                        [drop],
                        warning:
                            "SET NOT NULL again when the migration is over; of a domain or CHECK it changes nothing"
                    ))
        ]
    }

    /// A key with the column by which rows may be found too, as the replica identity or in place of a primary key: without
    /// NOT NULL it would be none, and PostgreSQL refuses to drop that of a replica identity.
    private func keyThatMayBeUsed(with column: Column) -> UniqueIndex? {
        guard relation.primaryKey == nil || relation.replicaIdentity == .index else { return nil }
        return relation.keys.first { $0.identifiesRows && $0.columns.contains(column.number) }
    }

    private func keepingKey(_ key: UniqueIndex) -> String {
        let first =
            relation.primaryKey == nil
            ? "add a primary key without LOB columns" : "set REPLICA IDENTITY DEFAULT, on the target too"
        return
            "leave the column NOT NULL while rows may be found by \"\(key.name.losslessText)\": first \(first), and then drop NOT "
            + "NULL on the target until the migration is over"
    }

    private func generated(_ column: Identifier) -> Finding {
        let path = "\(relation.logicalName.losslessText).\(column.losslessText)"
        return FindingID.generatedColumn.finding(
            .warning, path,
            "\"\(path)\" is generated: where the target generates it too, PostgreSQL refuses DMS's rows",
            remedy:
                "remove the column with a transformation rule (rule-action remove-column), or make it an ordinary "
                + "column on the target")
    }

    private func unsupported(_ column: Column) -> [Finding] {
        let (severity, reason): (Finding.Severity, String)
        switch column.family {
        case .composite, .tsvector, .tsquery:
            (severity, reason) = (
                .warning, "the guide lists it as a LOB in one table and as not migrated in another"
            )
        case .geometry, .geography:
            (severity, reason) = (.info, "PostGIS types migrate between PostgreSQL databases only")
        default: return []
        }
        return [
            FindingID.typeNotSupported.finding(
                severity, path(column),
                "\"\(path(column))\" has the type \(column.typeName.losslessText): \(reason)",
                remedy:
                    "try it with a few rows before the migration; tsvector can be computed again on the target",
                reference: GuidePage.source)
        ]
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
                "\"\(path(column))\" may be cut as truncation is accepted for its table, but a cut value of type "
                    + "\(column.typeName.losslessText) is invalid: the target rejects the row, or the whole batch with it",
                remedy: "take the table out of --truncation-ok, or raise its limit above the largest value",
                reference: GuidePage.lobSupport)
        ]
    }

    /// DMS maps varchar(n) over 16,387 as the endpoint says.
    private func longVarchar(_ column: Column) -> [Finding] {
        guard column.family == .varchar, let length = column.declaredLength, length > 16_387 else {
            return []
        }
        return [
            FindingID.longVarchar.finding(
                .info, path(column),
                "\"\(path(column))\" is varchar(\(length)): a string to DMS, but a LOB if the source endpoint says "
                    + "MapLongVarcharAs clob or nclob",
                remedy: "leave MapLongVarcharAs at wstring, or size the column as a LOB",
                reference: GuidePage.source)
        ]
    }

    private func largeObjectReference(_ column: Column) -> [Finding] {
        guard column.family == .largeObjectReference else { return [] }
        return [
            FindingID.largeObjectReference.finding(
                .warning, path(column),
                "\"\(path(column))\" of type \(column.typeName.losslessText) may refer to large objects: "
                    + "DMS copies the number, not the object",
                remedy:
                    "move the large objects with pg_dump --large-objects, or turn them into bytea on the source",
                reference: GuidePage.source)
        ]
    }
}
