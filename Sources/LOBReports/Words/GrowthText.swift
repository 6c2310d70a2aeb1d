import LOBAdvice
import SizeStatistics

/// How long a limit is enough while rows arrive, in words.
enum GrowthText {
    /// For each table with LOBs how long its limit is enough; empty where no growth was asked for.
    static func all(_ report: Report) -> [(table: String, text: String)] {
        guard report.profile.policy.expectsGrowth else { return [] }
        let recommender = report.recommender
        return TableFigures.lobTable(report).compactMap { figures in
            recommender.soonestOutlook(of: figures.table).map {
                (figures.table.name.losslessText, line($0))
            }
        }
    }

    /// `at this rate 810 KB hold until DATE, between DATE and DATE`.
    static func line(_ outlook: GrowthOutlook) -> String {
        let expected = "\(NumberText.counted(outlook.expected.rows, "row")) expected until the cut-over"
        return "\(expected)\(rate(outlook.expected.rate)); \(holds(outlook))"
    }

    private static func rate(_ rate: InsertRate?) -> String {
        guard let rate else { return "" }
        let perDay = NumberText.grouped(Int(min((rate.rowsPerSecond * 86_400).rounded(), 1e15)))
        let source =
            switch rate.source {
            case .statistics: "inserts counted by the server since"
            case .snapshot: "from the earlier profile of"
            }
        return " (\(perDay) a day, \(source) \(TimeText.words(rate.since)))"
    }

    private static func holds(_ outlook: GrowthOutlook) -> String {
        let limit = "\(outlook.limit.count) KB"
        guard let rows = outlook.rowsHeld else { return "\(limit) hold for any number of them" }
        guard rows > 0 else { return "\(limit) do not keep the accepted risk even now" }
        guard let lifetime = outlook.lifetime, let until = lifetime.expected else {
            return "\(limit) hold for \(NumberText.counted(rows, "more row"))"
        }
        let earliest = lifetime.earliest.map(TimeText.date) ?? "now"
        let latest = lifetime.latest.map { "\(TimeText.date($0))" } ?? "later than can be said"
        return "at this rate \(limit) hold until \(TimeText.date(until)), between \(earliest) and \(latest)"
    }
}
