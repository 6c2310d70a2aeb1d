import LOBAdvice

/// The tables with a primary key and another unique index, which rule out batch apply.
enum UniqueIndexRows {
    /// The heading of their section.
    static let title: StaticString =
        "Tables with a primary key and another unique index or exclusion constraint"

    /// What to do about them.
    static let advice = """
        Batch apply writes the net effect of many changes at once, and loses rows where a second unique index or an exclusion constraint refuses one \
        of them: it is off in every task with such a table. To have it on elsewhere, give these tables a task of their \
        own (--slots auto does). Where the target's tables are made beforehand, make these indexes after the load.
        """

    /// The headings.
    static let columns: [(title: String, isNumeric: Bool)] = [
        ("Table", false), ("Primary key", false), ("Others", false),
    ]

    /// A row for each table, or root of partitions, in the order of names; not escaped.
    static func rows(_ report: Report) -> [[String]] {
        let relations = report.profile.tables.map(\.relation).filter {
            $0.kind.isMigratable && $0.hasPrimaryKeyAndOtherUniqueIndex
        }
        let tables = Dictionary(grouping: relations, by: \.logicalName).sorted { $0.key < $1.key }
        return tables.map { name, parts in
            [
                name.losslessText, list(parts) { $0.isPrimary },
                list(parts) { !$0.isPrimary && $0.isValid },
            ]
        }
    }

    private static func list(_ parts: [Relation], where isWanted: (UniqueIndex) -> Bool) -> String {
        let names = Set(parts.flatMap(\.keys).filter(isWanted).map(\.name)).sorted().map(\.losslessText)
        let shown = names.prefix(4).joined(separator: ", ")
        return names.count > 4 ? "\(shown) and \(names.count - 4) more" : shown
    }
}
