import LOBAdvice
import SizeStatistics

/// The words of a comparison, the same in every form.
enum ComparisonWords {
    /// `orders of 2026-11-22 21:19:33 UTC`.
    static func side(_ side: Comparison.Side) -> String {
        VisibleText.escape(side.database) + " of " + TimeText.words(side.startedAt)
            + (side.isComplete ? "" : " (partial)")
    }

    /// The table, with its new name where it has one.
    static func name(_ change: TableChange) -> String {
        change.name.losslessText + (change.newName.map { " \u{2192} " + $0.losslessText } ?? "")
    }

    /// What happened to a table, in a few words.
    static func kind(_ change: TableChange, isLoad: Bool) -> String {
        if change.old == nil { return isLoad ? "extra" : "added" }
        if change.new == nil { return isLoad ? "missing" : "removed" }
        if !change.isCompared { return "not compared" }
        if isLoad { return change.worsenings.isEmpty ? "changed" : "not whole" }
        switch change.consequence {
        case .sample: return "only the sample differs"
        case .size: return "grew, still fits"
        case .rule: return "rule must change"
        case .limit: return "limit no longer holds"
        case nil: return change.worsenings.isEmpty ? "changed" : "worse"
        }
    }

    /// The cells for the size and the rule.
    static func rules(_ change: TableChange) -> [String] {
        [
            arrow(change.old.map(limit), change.new.map(limit)),
            arrow(change.old.map(rule), change.new.map(rule)),
        ]
    }

    private static func limit(_ state: TableChange.TableState) -> String {
        state.limit.map { "\($0.count)" } ?? "not known"
    }

    /// The rows before and after, with the growth.
    static func rows(_ change: TableChange) -> String {
        let text = arrow(change.old.map(rows), change.new.map(rows))
        guard let old = change.old?.rows.value, let new = change.new?.rows.value, old > 0, new != old else {
            return text
        }
        let share = NumberText.percent((Double(new) - Double(old)).magnitude / Double(old))
        return "\(text) (\(share) \(new > old ? "more" : "fewer"))"
    }

    private static func rows(_ state: TableChange.TableState) -> String {
        FigureText.words(state.rows) { "\($0)" }
    }

    /// One text where both are the same; nothing stands for what is not there.
    static func arrow(_ old: String?, _ new: String?) -> String {
        let (before, after) = (old ?? "", new ?? "")
        if before == after || after.isEmpty { return before }
        return before.isEmpty ? after : "\(before) \u{2192} \(after)"
    }

    /// A rule in a few words.
    private static func rule(_ state: TableChange.TableState) -> String {
        state.lobSettings.map(rule) ?? "none"
    }

    /// Settings in a few words.
    static func rule(_ settings: LOBSettings) -> String {
        switch settings {
        case .limited(let limit): RuleText.words(.limited, limit)
        case .unlimited(let inline): RuleText.words(.unlimited, inline)
        case .inherited: "as the task"
        }
    }

    /// The tables that one profile did not look at, the first ones by name; nil where there is none.
    static func leftOut(_ tables: [RelationName], by side: OutOfScope.Side, isLoad: Bool) -> String? {
        guard !tables.isEmpty else { return nil }
        let profile = isLoad ? (side == .old ? "source's" : "target's") : side.rawValue
        let names = tables.prefix(leftOutNames).map { VisibleText.escape($0) }.joined(separator: ", ")
        let rest = tables.count - leftOutNames
        return
            "\(NumberText.counted(tables.count, "table")) not in the scope of the \(profile) profile: \(names)"
            + (rest > 0 ? " and \(rest) more (all of them with --format json)" : "")
    }

    private static let leftOutNames = 20

    /// A rule of the mapping in one line.
    static func line(_ rule: MappingRule, _ kind: MappingRule.RuleType, _ table: RelationName) -> String {
        let what = rule.lobSettings.map(Self.rule) ?? rule.action?.rawValue ?? ""
        return "\(kind.rawValue) \(table.losslessText): \(what)"
    }

    /// What got worse, as a sentence.
    static func sentence(_ worsening: TableChange.Worsening, of change: TableChange) -> String {
        let table = VisibleText.escape(change.name)
        func place(_ column: Identifier) -> String { "\(table).\(VisibleText.escape(column))" }
        switch worsening {
        case .largerValue(let column, let old, let new):
            let (before, after) = (size(old), size(new))
            return "\(place(column)): the largest value grew from \(before) to \(after)"
        case .noLongerKnown(let column):
            return "\(place(column)): a limit was known and is not any more"
        case .riskAtOldRule(let old, let new):
            let before = old?.percentText ?? "not known"
            return
                "\(table): the risk at the old rule went from \(before) to \(new?.percentText ?? "not known")"
        case .rule(let old, let new):
            let (before, after) = (old.map(rule) ?? "none", new.map(rule) ?? "none")
            return "\(table): the rule must change from \(before) to \(after)"
        case .newTable: return "\(table): has LOBs and is not in the old mapping"
        default: return "\(table)" + loss(worsening)
        }
    }

    private static func size(_ figure: Figure) -> String {
        figure.exactValue == 0 ? "no value" : FigureText.words(figure) { "\($0) bytes" }
    }

    /// What did not arrive, after the name of the table.
    private static func loss(_ worsening: TableChange.Worsening) -> String {
        switch worsening {
        case .notLoaded(let column?): ".\(VisibleText.escape(column)): the column is not in the target"
        case .fewerRows(let old, let new): ": \(old - new) of \(old) rows are not in the target"
        case .fewerValues(let column, let old, let new):
            ".\(VisibleText.escape(column)): \(old - new) of \(old) values are NULL in the target"
        case .smallerValue(let column, let old, let new):
            ".\(VisibleText.escape(column)): the largest value has \(old.bytes) bytes in the source and \(new.bytes) in "
                + "the target"
        case .cutAt(let column, let size, let values):
            ".\(VisibleText.escape(column)): \(values) values have exactly \(size.bytes) bytes in the target and none has "
                + "more\(limit(size)): they were cut"
        default: ": the table is not in the target"
        }
    }

    private static func limit(_ size: ByteCount) -> String {
        size.bytes % 1024 == 0 ? " (\(size.bytes / 1024) KB)" : ""
    }
}
