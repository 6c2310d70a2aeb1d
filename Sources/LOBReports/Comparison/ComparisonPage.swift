import LOBAdvice
import SizeStatistics

/// What a comparison says, before it is text, Markdown or HTML.
struct ComparisonPage {
    /// A part with a heading.
    struct Section {
        let id: StaticString
        let title: StaticString
        let content: Content
        /// A sentence under the content; empty where none is needed.
        var note = ""
    }

    /// What a section holds; never empty.
    enum Content {
        /// A table whose first column may take several lines.
        case table(columns: [(title: String, isNumeric: Bool)], rows: [[String]])
        case list([String])
        /// Lines that begin with `+ ` or `- `.
        case difference([String])
    }

    /// One sentence on what was compared and what came out.
    let summary: String
    let sections: [Section]
    /// What to do next; nil where nothing follows.
    let next: String?

    /// Creates the page.
    init(_ report: ComparisonReport) {
        let comparison = report.comparison
        let isLoad = comparison.question == .load
        summary = Self.summary(comparison)
        let worse = report.tables.flatMap { table in
            table.worsenings.map { ComparisonWords.sentence($0, of: table) }
        }
        let found: [Section?] = [
            Self.tables(report.tables, isLoad: isLoad),
            worse.isEmpty
                ? nil
                : Section(id: "worse", title: isLoad ? "Not whole" : "Got worse", content: .list(worse)),
            ColumnChanges.section(report.tables), OldRules.section(report.tables),
            Self.rules(report.rules), Self.outOfScope(report.outOfScope, isLoad: isLoad),
        ]
        sections = found.compactMap(\.self)
        next = Self.next(comparison)
    }

    private static func summary(_ comparison: Comparison) -> String {
        let compared = comparison.changedTables.filter(\.isCompared)
        let changed = compared.count { !$0.isOtherSample }
        let resampled = compared.count - changed
        let skipped = comparison.notCompared.count
        let unknown =
            skipped == 0
            ? ""
            : " \(NumberText.counted(skipped, "table")) not compared: not measured on one side, or on both."
        let worse = comparison.tables.count { !$0.worsenings.isEmpty }
        let sides = [comparison.old, comparison.new].map(ComparisonWords.side)
        guard comparison.question == .later else {
            return
                "\(sides[0]), loaded into \(sides[1]): \(worse) of \(comparison.tables.count) tables did not "
                + "arrive whole.\(unknown)"
        }
        return "\(sides[0]) against \(sides[1]): \(changed) of \(comparison.tables.count) tables changed, "
            + "\(worse) got worse.\(unknown)"
            + (resampled == 0 ? "" : " Of \(resampled) more only the sample differs.")
            + otherVersion(comparison)
    }

    /// A snapshot keeps sizes, not rules: those that were deployed then may be another version's.
    private static func otherVersion(_ comparison: Comparison) -> String {
        let (old, new) = (comparison.old.lobscopeVersion, comparison.new.lobscopeVersion)
        guard old != new else { return "" }
        return
            " lobscope \(VisibleText.escape(old)) measured the first, \(VisibleText.escape(new)) the second: the old rules here "
            + "are those that this version recommends for the old sizes; hold the deployed files against the second with lobscope lint."
    }

    private static func tables(_ tables: [TableChange], isLoad: Bool) -> Section? {
        guard !tables.isEmpty else { return nil }
        let rows = tables.map { change in
            [ComparisonWords.name(change), ComparisonWords.kind(change, isLoad: isLoad)]
                + (isLoad ? [] : ComparisonWords.rules(change)) + [ComparisonWords.rows(change)]
        }
        let rules: [(String, Bool)] = isLoad ? [] : [("Max LOB Size (Kb)", true), ("Rule", false)]
        return Section(
            id: "tables", title: "Tables",
            content: .table(
                columns: [("Table", false), ("Change", false)] + rules + [("Rows", true)], rows: rows))
    }

    private static func rules(_ rules: [RuleChange]) -> Section? {
        let lines = rules.flatMap { change in
            [("- ", change.old), ("+ ", change.new)].compactMap { sign, rule in
                rule.map { sign + ComparisonWords.line($0, change.kind, change.table) }
            }
        }
        return lines.isEmpty ? nil : Section(id: "rules", title: "Rules", content: .difference(lines))
    }

    private static func outOfScope(_ tables: [OutOfScope], isLoad: Bool) -> Section? {
        let items = OutOfScope.Side.allCases.compactMap { side in
            ComparisonWords.leftOut(tables.filter { $0.side == side }.map(\.table), by: side, isLoad: isLoad)
        }
        return items.isEmpty
            ? nil : Section(id: "not-in-scope", title: "Not in scope", content: .list(items))
    }

    private static func next(_ comparison: Comparison) -> String? {
        if comparison.question == .load {
            return comparison.isWorse
                ? "see what the DMS log says was cut: lobscope truncations LOG --against SOURCE" : nil
        }
        if comparison.isAcrossDatabases {
            return "if the second was loaded from the first: lobscope compare --after-load SOURCE TARGET"
        }
        return comparison.rules.isEmpty
            ? nil : "take over the new rules: lobscope render NEW --format table-mappings"
    }
}
