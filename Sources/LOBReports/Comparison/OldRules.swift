import LOBAdvice
import SizeStatistics

/// The part of a comparison on old rules with a limit: whether they hold, and until when.
enum OldRules {
    /// The section; nil where no table had a limit.
    static func section(_ tables: [TableChange]) -> ComparisonPage.Section? {
        let rules = tables.compactMap { table -> (TableChange, RuleOutlook)? in
            guard table.isCompared, let outlook = table.outlook, case .limited = outlook.rule else {
                return nil
            }
            return (table, outlook)
        }
        guard !rules.isEmpty else { return nil }
        return .init(
            id: "old-rules", title: "Old rules",
            content: .table(
                columns: [
                    ("Table", false), ("Old rule", false), ("Holds", false), ("Values cut", true),
                    ("Risk", true), ("Rows a day", true), ("Until", false),
                ], rows: rules.map { row($0.0, $0.1) }),
            note:
                "Until: when the risk passes the accepted one if rows come at this rate and are like those there; "
                + "in brackets the earliest. Nothing is said of rows that are unlike.")
    }

    private static func row(_ table: TableChange, _ outlook: RuleOutlook) -> [String] {
        [
            ComparisonWords.name(table), ComparisonWords.rule(outlook.rule),
            table.isOtherSample ? "as before" : outlook.holds.map { $0 ? "yes" : "no" } ?? "not known",
            cut(outlook),
            RiskText.figure(outlook.risk),
            outlook.rowsPerDay.map { NumberText.grouped(Int(clamping: Int64($0.rounded()))) } ?? "not known",
            table.isOtherSample ? "not known (sampled)" : until(outlook),
        ]
    }

    private static func cut(_ outlook: RuleOutlook) -> String {
        guard let cut = outlook.valuesCut else { return "not known" }
        let most = NumberText.grouped(cut.upperBound)
        return cut.count == 1 ? most : "\(NumberText.grouped(cut.lowerBound)) to \(most)"
    }

    private static func until(_ outlook: RuleOutlook) -> String {
        guard outlook.holds != false else { return "over" }
        guard let rate = outlook.rowsPerDay else { return "not known (too soon)" }
        guard rate > 0 else { return "no end in sight" }
        guard let lifetime = outlook.lifetime else { return "not known" }
        guard let expected = lifetime.expected else { return "no end in sight" }
        let earliest = lifetime.earliest.map { " (\(TimeText.date($0)))" } ?? ""
        return TimeText.date(expected) + earliest
    }
}
