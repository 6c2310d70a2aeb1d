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
        let name = relation.name.losslessText
        return [
            FindingID.unloggedTable.finding(
                .error, name,
                "\"\(name)\" is unlogged: its changes are not in the WAL, so no task that captures changes sees them",
                remedy:
                    "ALTER TABLE \(SQLText.quoted(relation.name)) SET LOGGED; (it writes the whole table, "
                    + "and nobody reads it meanwhile), or load it in full while nobody writes to it",
                reference: "PostgreSQL documentation, CREATE TABLE",
                fix: Finding.Fix(
                    .source, naming: [relation.name.schema, relation.name.name],
                    ["ALTER TABLE \(SQLText.quoted(relation.name)) SET LOGGED;"],
                    warning: "it writes the whole table, and nobody reads it meanwhile"))
        ]
    }

    private func accessMethod(_ relation: Relation) -> [Finding] {
        guard let method = relation.accessMethod, method != Identifier("heap") else { return [] }
        let name = relation.name.losslessText
        return [
            FindingID.accessMethod.finding(
                capturesChanges ? .warning : .info, name,
                "\"\(name)\" is stored by the access method \"\(method.losslessText)\" instead of heap: whether its changes "
                    + "can be decoded is up to that method, and Citus says of its columnar tables that they cannot",
                remedy: capturesChanges
                    ? "insert one row and look for it in a slot (pg_logical_slot_peek_changes); or load it in full"
                    : "nothing to do in a full load")
        ]
    }

    private func distributed(_ relation: Relation) -> [Finding] {
        guard relation.isDistributed == true else { return [] }
        let name = relation.name.losslessText
        return [
            FindingID.citusDistributed.finding(
                capturesChanges ? .warning : .info, name,
                "\"\(name)\" is a table of Citus: its rows are in shards with names of their own on the nodes of the cluster, "
                    + "so a slot on this server shows no change under the table's name",
                remedy: capturesChanges
                    ? "load it in full, or capture the changes of its shards on every node"
                    : "nothing to do: a full load reads all shards through this server")
        ]
    }

    private func withoutColumns(_ relation: Relation) -> [Finding] {
        guard relation.census?.columns == 0 else { return [] }
        let name = relation.name.losslessText
        return [
            FindingID.tableWithoutColumns.finding(
                .info, name,
                "\"\(name)\" has no column: there is nothing to migrate, so the rules leave it out",
                remedy: "create it on the target where it is needed")
        ]
    }
}
