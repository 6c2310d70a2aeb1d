/// What the kind of a table, or how it is stored, does; the subject is its name.
public enum TableFinding: Hashable, Sendable {
    case materializedView, foreign
    /// With the statement that mends it.
    case unlogged(statement: String)
    case accessMethod(Identifier, capturesChanges: Bool)
    case distributed(capturesChanges: Bool)
    case withoutColumns
}

/// How single tables are stored, where that decides what DMS can read of them.
struct TablePreflight {
    let relations: [Relation]
    let policy: Policy

    var findings: [Finding] {
        relations.filter(\.kind.isMigratable).flatMap { relation in
            unlogged(relation) + accessMethod(relation) + distributed(relation) + withoutColumns(relation)
        }
    }

    private var capturesChanges: Bool { policy.migrationType.includesCDC }

    private func unlogged(_ relation: Relation) -> [Finding] {
        guard relation.isUnlogged == true, capturesChanges else { return [] }
        let statement = "ALTER TABLE \(SQLText.quoted(relation.name)) SET LOGGED;"
        return [
            FindingID.unloggedTable.finding(
                .error, relation.name.losslessText, .table(.unlogged(statement: statement)),
                .postgreSQL("CREATE TABLE"),
                fix: Finding.Fix(
                    .source, naming: [relation.name.schema, relation.name.name], [statement],
                    warning: .writesTable))
        ]
    }

    private func accessMethod(_ relation: Relation) -> [Finding] {
        guard let method = relation.accessMethod, method != Identifier("heap") else { return [] }
        return [
            FindingID.accessMethod.finding(
                capturesChanges ? .warning : .info, relation.name.losslessText,
                .table(.accessMethod(method, capturesChanges: capturesChanges)))
        ]
    }

    private func distributed(_ relation: Relation) -> [Finding] {
        guard relation.isDistributed == true else { return [] }
        return [
            FindingID.citusDistributed.finding(
                capturesChanges ? .warning : .info, relation.name.losslessText,
                .table(.distributed(capturesChanges: capturesChanges)))
        ]
    }

    private func withoutColumns(_ relation: Relation) -> [Finding] {
        guard relation.census?.columns == 0 else { return [] }
        return [
            FindingID.tableWithoutColumns.finding(
                .info, relation.name.losslessText, .table(.withoutColumns))
        ]
    }
}
