import LOBAdvice

/// The tables of report.html with their numbers, which anchors and the script's data share.
struct HTMLTables {
    /// One table.
    struct Entry {
        let number: Int
        let table: TableRecommendation
        /// Whether nothing about it has to be decided, so that a large report leaves its details out.
        let isQuiet: Bool
    }

    /// Every table with columns, in the order of the recommendation.
    let entries: [Entry]
    /// How fine the data of a column is.
    let detail: HTMLDetail

    /// How many tables have no details.
    var quietCount: Int { entries.count(where: \.isQuiet) }

    /// Numbers the tables of a report.
    init(_ report: Report) {
        let tables = report.recommendation.tables.filter { !$0.columns.isEmpty }
        let detail = HTMLDetail(columns: tables.reduce(0) { $0 + $1.columns.count })
        let told = Set(
            report.recommendation.findings.filter { $0.severity > .info }.map(\.subject))
        let leavesQuietOut = !detail.isFine && !report.showsQuietTables
        entries = tables.enumerated().map { number, table in
            Entry(
                number: number, table: table,
                isQuiet: leavesQuietOut && Self.isQuiet(table, told, report.recommender))
        }
        self.detail = detail
    }

    /// Every row is known, a limit holds them all, nobody asked about another one, and no warning or error is about it.
    private static func isQuiet(
        _ table: TableRecommendation, _ told: Set<String>, _ recommender: Recommender
    ) -> Bool {
        guard table.mode != .unlimited, table.risk == 0, recommender.limit(askedOf: table) == nil,
            table.readColumns.allSatisfy({ [.exact, .bounded].contains($0.estimate.coverage) })
        else { return false }
        let names = ([table.name] + table.leaves).map(\.losslessText)
        let columns = table.readColumns.map { column in
            "\(column.relation.losslessText).\(column.profile.column.name.losslessText)"
        }
        return told.isDisjoint(with: names + columns)
    }
}
