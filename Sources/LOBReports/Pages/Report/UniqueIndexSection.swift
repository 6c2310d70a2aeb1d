import LOBAdvice

/// The tables with a primary key and another unique index, which rule out batch apply.
enum UniqueIndexSection {
    /// The section; nil where there is no such table.
    static func section(_ report: Report) -> PageSection? {
        let rows = rows(report)
        guard !rows.isEmpty else { return nil }
        return PageSection(
            id: "unique-indexes",
            title: "Tables with a primary key and another unique index or exclusion constraint",
            importance: .findings,
            blocks: [
                .table(PageTable("Tables for which batch apply is off", rows, columns)), .paragraph(advice),
            ])
    }

    private static let advice: PageText = """
        Batch apply writes the net effect of many changes at once, and loses rows where a second unique index or an \
        exclusion constraint refuses one of them: it is off in every task with such a table. To have it on elsewhere, give \
        these tables a task of their own (\(code: "--slots auto") does). Where the target's tables are made beforehand, make \
        these indexes after the load.
        """

    private typealias Row = (table: RelationName, primary: String, others: String)

    private static let columns: [PageTable.Column<Row>] = [
        .init("Table", isElastic: true) { .code($0.table.losslessText) },
        .init("Primary key") { .code($0.primary) },
        .init("Others", isElastic: true) { .code($0.others) },
    ]

    /// A row for each table, or root of partitions, in the order of names.
    private static func rows(_ report: Report) -> [Row] {
        let relations = report.profile.tables.map(\.relation).filter {
            $0.kind.isMigratable && $0.hasPrimaryKeyAndOtherUniqueIndex
        }
        let tables = Dictionary(grouping: relations, by: \.logicalName).sorted { $0.key < $1.key }
        return tables.map { name, parts in
            (name, list(parts) { $0.isPrimary }, list(parts) { !$0.isPrimary && $0.isValid })
        }
    }

    private static func list(_ parts: [Relation], where isWanted: (UniqueIndex) -> Bool) -> String {
        let names = Set(parts.flatMap(\.keys).filter(isWanted).map(\.name)).sorted().map(\.losslessText)
        let shown = names.prefix(4).joined(separator: ", ")
        return names.count > 4 ? "\(shown) and \(names.count - 4) more" : shown
    }
}
