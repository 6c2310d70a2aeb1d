import LOBAdvice
import SizeStatistics

/// The part of a comparison on old rules with a limit: whether they hold, and until when.
enum OldRules {
    /// The section; nil where no table had a limit.
    static func section(_ tables: [TableChange]) -> PageSection? {
        let rules = tables.compactMap { table -> (TableChange, RuleOutlook)? in
            guard table.isCompared, let outlook = table.outlook, case .limited = outlook.rule else {
                return nil
            }
            return (table, outlook)
        }
        guard !rules.isEmpty else { return nil }
        let note: PageText = """
            Until: when the risk passes the accepted one if rows come at this rate and are like those there; in brackets \
            the earliest. If new rows are larger than today's, this date does not hold.
            """
        return ComparisonPage.section(
            "old-rules", "Old rules",
            [.table(PageTable("Whether old rules hold", rules, columns)), .paragraph(note)])
    }

    private static let columns: [PageTable.Column<(TableChange, RuleOutlook)>] = [
        .init("Table", isElastic: true) { .code(ComparisonWords.name($0.0)) },
        .init("Old rule") { PageText(ComparisonWords.rule($0.1.rule)) },
        .init("Holds") { table, outlook in
            PageText(
                table.isOtherSample ? "as before" : outlook.holds.map { $0 ? "yes" : "no" } ?? "not known")
        },
        .init("Values cut", isNumeric: true) { PageText(cut($0.1)) },
        .init("Risk", isNumeric: true) { PageText(RiskText.figure($0.1.risk)) },
        .init("Rows a day", isNumeric: true) { _, outlook in
            PageText(
                outlook.rowsPerDay.map { NumberText.grouped(Int(clamping: Int64($0.rounded()))) }
                    ?? "not known")
        },
        .init("Until") { table, outlook in
            PageText(table.isOtherSample ? "not known (sampled)" : until(outlook))
        },
    ]

    private static func cut(_ outlook: RuleOutlook) -> String {
        guard let cut = outlook.valuesCut else { return "not known" }
        let most = NumberText.grouped(cut.upperBound)
        return cut.count == 1 ? most : "\(NumberText.grouped(cut.lowerBound)) to \(most)"
    }

    private static func until(_ outlook: RuleOutlook) -> String {
        guard outlook.holds != false else { return "already exceeded" }
        guard let rate = outlook.rowsPerDay else { return "not known (too soon)" }
        guard rate > 0 else { return "no end in sight" }
        guard let lifetime = outlook.lifetime else { return "not known" }
        guard let expected = lifetime.expected else { return "no end in sight" }
        let earliest = lifetime.earliest.map { " (\(TimeText.date($0)))" } ?? ""
        return TimeText.date(expected) + earliest
    }
}
