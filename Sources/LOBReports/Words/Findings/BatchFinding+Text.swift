import LOBAdvice

extension BatchFinding {
    /// - Parameter name: of the table.
    func text(of name: String) -> FindingText {
        switch self {
        case .foreignKeys(let first, let tables):
            .init(
                "BatchApplyEnabled is true, and \(Self.keyed(first, tables)) foreign keys: batches almost always violate them where the "
                    + "target checks them, and are applied row by row then",
                remedy: "\(Self.off), or \(Self.withoutChecks)")
        case .offForForeignKeys(let first, let tables):
            .init(
                "changes are applied row by row, because \(Self.keyed(first, tables)) foreign keys, which batches violate; nothing else "
                    + "stands against batches",
                remedy: Self.withoutChecks)
        case .notOfTarget(let target):
            .init(
                "BatchApplyEnabled is true, and the target \(target.rawValue) does not support it: data can get lost",
                remedy: Self.off)
        case .unlimited:
            .init(
                "\"\(name)\" is unlimited, and BatchApplyEnabled is true: batches fail and are applied row by row",
                remedy: Self.ownTask)
        case .withoutKey:
            .init(
                "\"\(name)\" has no key, and BatchApplyEnabled is true: its inserts go in batches, updates and deletes do not",
                remedy: Self.ownTask)
        case .uniqueIndex: .init("\(Self.uniqueIndex(name)): rows can get lost", remedy: Self.ownTask)
        case .uniqueIndexOf(let target):
            .init(
                "\(Self.uniqueIndex(name)), as the user guide recommends for \(target.rawValue): AWS says of batches that rows of such a table can get "
                    + "lost",
                remedy:
                    "compare its rows with the source after changes; where any are missing, give the table a task of its own with "
                    + "BatchApplyEnabled false")
        }
    }

    private static func uniqueIndex(_ name: String) -> String {
        "\"\(name)\" has a primary key and another unique index or exclusion constraint, and BatchApplyEnabled is true"
    }

    /// Subject and verb.
    private static func keyed(_ first: RelationName, _ tables: Int) -> String {
        tables == 1
            ? "\"\(first.losslessText)\" has" : "\(tables) tables, such as \"\(first.losslessText)\", have"
    }

    private static let off = "set BatchApplyEnabled to false"
    private static let ownTask = "\(off), or give the table a task of its own"
    private static let withoutChecks =
        "let the target not check while changes are applied (afterConnectScript=SET session_replication_role='replica' "
        + "among the extra connection attributes of a PostgreSQL target), and say so with --no-target-foreign-keys"
}
