public import LOBProfile
import SizeStatistics

/// A comparison for a terminal: one line for each table that changed, and under it what got worse.
public enum ComparisonText {
    /// The text.
    public static func render(
        _ comparison: Comparison, width: Int = TerminalReport.defaultWidth, isColored: Bool = false
    ) -> [UInt8] {
        let style = TerminalStyle(isColored: isColored)
        let changed = comparison.changedTables
        var lines = [
            "\(side(comparison.old)) against \(side(comparison.new)): "
                + "\(changed.count) of \(comparison.tables.count) tables changed, "
                + "\(changed.filter { !$0.worsenings.isEmpty }.count) got worse."
        ]
        if !changed.isEmpty {
            let table = table(changed).lines(width: width)
            lines += [""] + table.prefix(1).map(style.heading) + table.dropFirst()
        }
        let worse = changed.flatMap { change in change.worsenings.map { sentence($0, of: change) } }
        if !worse.isEmpty { lines += ["", style.heading("Got worse")] + worse.map { "  " + $0 } }
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    private static func side(_ side: Comparison.Side) -> String {
        VisibleText.escape(side.database) + " of " + TimeText.utc(side.startedAt)
            + (side.isComplete ? "" : " (partial)")
    }

    private static func table(_ changes: [TableChange]) -> TextTable {
        var table = TextTable([
            .init(title: "Table", isElastic: true), .init(title: "Change"),
            .init(title: "Max LOB Size (Kb)", isNumeric: true), .init(title: "Rule"),
            .init(title: "Rows", isNumeric: true),
        ])
        for change in changes {
            table.add([
                change.name.losslessText, kind(change),
                arrow(
                    change.old?.limit.map { "\($0.count)" }, change.new?.limit.map { "\($0.count)" }, change),
                arrow(change.old.map(rule), change.new.map(rule), change),
                arrow(change.old.map { "\($0.rows)" }, change.new.map { "\($0.rows)" }, change),
            ])
        }
        return table
    }

    private static func kind(_ change: TableChange) -> String {
        if change.old == nil { return "added" }
        if change.new == nil { return "removed" }
        return change.worsenings.isEmpty ? "changed" : "worse"
    }

    private static func arrow(_ old: String?, _ new: String?, _ change: TableChange) -> String {
        let before = old ?? (change.old == nil ? "" : "not known")
        let after = new ?? (change.new == nil ? "" : "not known")
        return before == after ? before : "\(before) -> \(after)"
    }

    /// A rule in a few words.
    static func rule(_ state: TableChange.TableState) -> String {
        state.lobSettings.map(rule) ?? "none"
    }

    /// Settings in a few words.
    static func rule(_ settings: LOBSettings) -> String {
        switch settings {
        case .limited(let limit): "limited \(limit.count)"
        case .unlimited(let inline): "unlimited \(inline.count)"
        case .inherited: "none"
        }
    }

    /// What got worse, as a sentence.
    static func sentence(_ worsening: TableChange.Worsening, of change: TableChange) -> String {
        let table = VisibleText.escape(change.name)
        switch worsening {
        case .largerValue(let column, let old, let new):
            let before = old.map { "\($0.bytes) bytes" } ?? "no value"
            return
                "\(table).\(VisibleText.escape(column)): the largest value grew from \(before) to \(new.bytes) bytes"
        case .noLongerKnown(let column):
            return "\(table).\(VisibleText.escape(column)): a limit was known and is not any more"
        case .riskAtOldRule(let old, let new):
            let before = old?.percentText ?? "not known"
            return
                "\(table): the risk at the old rule went from \(before) to \(new?.percentText ?? "not known")"
        case .rule(let old, let new):
            let (before, after) = (old.map(rule) ?? "none", new.map(rule) ?? "none")
            return "\(table): the rule must change from \(before) to \(after)"
        case .newTable:
            return "\(table): has LOBs and is not in the old mapping"
        }
    }
}
