import LOBAdvice

extension DatabaseFinding {
    /// - Parameter name: of the table.
    func text(of name: String) -> FindingText {
        switch self {
        case .notSpellable(let table):
            .init(
                "\"\(name)\" has a name that mapping rules cannot spell (%, [, ] or bytes that are not UTF-8): "
                    + "there is no rule for it, and the task will not migrate it",
                remedy:
                    "rename it: ALTER TABLE \(SQLText.quoted(table)) RENAME TO ...; or move it with pg_dump")
        case .differByCase(let names):
            .init(
                "\"\(names.map(\.losslessText).joined(separator: "\", \""))\" differ only by case, which DMS does not support",
                remedy: "rename all but one of them")
        case .partitioned(let leaves, let outOfScope):
            .init(
                "\"\(name)\" has \(leaves) partitions in scope: rules name each of them, and a partition that is made, "
                    + "attached, dropped or truncated during the migration is not followed"
                    + (outOfScope.isEmpty
                        ? ""
                        : "; \(FindingText.list(outOfScope)): out of scope, so its rows are in no figure and no rule"),
                remedy:
                    "make its partitions on the target beforehand, and write the rules again after each new one"
            )
        case .publications(let names):
            .init(
                "the database has publications (\(FindingText.list(names.map(\.losslessText)))): DMS reads its slots with "
                    + "pglogical or test_decoding, so their tables, columns and row filters decide nothing",
                remedy: "nothing to do; what a task migrates is in its mapping and its replication sets")
        }
    }
}
