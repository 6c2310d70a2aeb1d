import LOBAdvice

/// The tables of a report for people with their numbers, which anchors and data share, and what a large report leaves out.
struct ReportTables {
    /// One table.
    struct Entry {
        let number: Int
        let table: TableRecommendation
        /// Whether nothing about it has to be decided, so that a large report leaves its details out.
        let isQuiet: Bool
    }

    /// Every table with columns, in the order of the recommendation.
    let entries: [Entry]
    /// How many columns they have.
    let columnCount: Int

    /// Up to so many columns have all details.
    static let fewColumns = 500

    /// How many tables have no details.
    var quietCount: Int { entries.count(where: \.isQuiet) }

    /// Numbers the tables of a report.
    init(_ report: Report) {
        let tables = report.recommendation.tables.filter { !$0.columns.isEmpty }
        columnCount = tables.reduce(0) { $0 + $1.columns.count }
        let told = Set(
            report.findings.filter { $0.severity > .info }.map(\.subject))
        let leavesQuietOut = columnCount > Self.fewColumns && !report.showsQuietTables
        entries = tables.enumerated().map { number, table in
            Entry(
                number: number, table: table,
                isQuiet: leavesQuietOut && Self.isQuiet(table, told, report.recommender))
        }
    }

    /// What is said where details are left out; nil where none are.
    var omission: PageText? {
        guard quietCount > 0 else { return nil }
        return """
            Left out: the details of \(NumberText.counted(quietCount, "table")) of which every row is known, a limit holds \
            every value, and no finding is about a column. \(code: "lobscope render SNAPSHOT --full") with this format shows \
            them too; \(code: "report.json") has all.
            """
    }

    /// Every row is known, a limit holds them all, nobody asked about another one, and no warning or error is about a column: what
    /// is said of the table as a whole stands among the findings.
    private static func isQuiet(
        _ table: TableRecommendation, _ told: Set<String>, _ recommender: Recommender
    ) -> Bool {
        guard table.mode != .unlimited, table.risk == 0, recommender.limit(askedOf: table) == nil,
            table.readColumns.allSatisfy({ [.exact, .bounded].contains($0.estimate.coverage) })
        else { return false }
        guard !told.isEmpty else { return true }
        let columns = table.readColumns.map { column in
            "\(column.relation.losslessText).\(column.profile.column.name.losslessText)"
        }
        return told.isDisjoint(with: columns)
    }
}
