import LOBAdvice

extension TableFinding {
    /// - Parameter name: of the table.
    func text(of name: String) -> FindingText {
        switch self {
        case .materializedView:
            .init(
                "\"\(name)\" is a materialized view, which DMS does not migrate",
                remedy: "create it on the target and REFRESH MATERIALIZED VIEW there")
        case .foreign:
            .init(
                "\"\(name)\" is a foreign table: its rows are on another server",
                remedy:
                    "migrate it from the server that holds the rows; profile measures it there, or here with "
                    + "--foreign-tables")
        case .unlogged(let statement):
            .init(
                "\"\(name)\" is unlogged: its changes are not in the WAL, so no task that captures changes sees them",
                remedy:
                    "\(statement) (\(Finding.Fix.Warning.writing)), or load it in full while nobody writes to it"
            )
        case .accessMethod(let method, let capturesChanges):
            .init(
                "\"\(name)\" is stored by the access method \"\(method.losslessText)\" instead of heap: whether its changes "
                    + "can be decoded is up to that method, and Citus says of its columnar tables that they cannot",
                remedy: capturesChanges
                    ? "insert one row and look for it in a slot (pg_logical_slot_peek_changes); or load it in full"
                    : "nothing to do in a full load")
        case .distributed(let capturesChanges):
            .init(
                "\"\(name)\" is a table of Citus: its rows are in shards with names of their own on the nodes of the cluster, "
                    + "so a slot on this server shows no change under the table's name",
                remedy: capturesChanges
                    ? "load it in full, or capture the changes of its shards on every node"
                    : "nothing to do: a full load reads all shards through this server")
        case .withoutColumns:
            .init(
                "\"\(name)\" has no column: there is nothing to migrate, so the rules leave it out",
                remedy: "create it on the target where it is needed")
        }
    }
}
