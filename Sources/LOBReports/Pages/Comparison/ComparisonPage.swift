import LOBAdvice
import SizeStatistics

/// What a comparison says, before it is text, Markdown or HTML.
struct ComparisonPage {
    /// One sentence on what was compared and what came out.
    let summary: String
    /// The parts with headings; none where nothing changed.
    let sections: [PageSection]
    /// What to do next; nil where nothing follows.
    let next: NextWords.Step?

    /// The page.
    var page: Page {
        let head = PageSection(
            id: "summary", title: nil, importance: .summary, blocks: [.paragraph(PageText(summary))])
        let end = NextWords.section([next].compactMap(\.self))
        return Page(title: "LOB sizes compared", sections: [head] + sections + [end].compactMap(\.self))
    }

    /// A part with a heading.
    static func section(_ id: String, _ title: String, _ blocks: [PageBlock]) -> PageSection {
        PageSection(id: id, title: title, importance: .decisions, blocks: blocks)
    }

    private static func list(_ items: [String]) -> PageBlock { .list(items.map { PageText($0) }) }

    /// Creates the page.
    init(_ report: ComparisonReport) {
        let comparison = report.comparison
        let isLoad = comparison.question == .load
        summary = Self.summary(comparison)
        let worse = report.tables.flatMap { table in
            table.worsenings.map { ComparisonWords.sentence($0, of: table) }
        }
        let found: [PageSection?] = [
            Self.tables(report.tables, isLoad: isLoad),
            worse.isEmpty
                ? nil
                : Self.section("worse", isLoad ? "Not whole" : "Got worse", [Self.list(worse)]),
            ColumnChanges.section(report.tables), OldRules.section(report.tables),
            Self.rules(report.rules), Self.outOfScope(report.outOfScope, isLoad: isLoad),
        ]
        sections = found.compactMap(\.self)
        next = Self.next(report)
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
            + "are those that this version recommends for the old sizes; check the deployed files against the second with lobscope lint."
    }

    private static func tables(_ tables: [TableChange], isLoad: Bool) -> PageSection? {
        guard !tables.isEmpty else { return nil }
        let names: [PageTable.Column<TableChange>] = [
            .init("Table", isElastic: true) { .code(ComparisonWords.name($0)) },
            .init("Change", isElastic: true) { PageText(ComparisonWords.kind($0, isLoad: isLoad)) },
        ]
        let rules: [PageTable.Column<TableChange>] = [
            .init("Max LOB Size (Kb)", isNumeric: true) { PageText(ComparisonWords.rules($0)[0]) },
            .init("Rule", isElastic: true) { PageText(ComparisonWords.rules($0)[1]) },
        ]
        let rows: [PageTable.Column<TableChange>] = [
            .init("Rows", isNumeric: true) { PageText(ComparisonWords.rows($0)) }
        ]
        return section(
            "tables", "Tables",
            [
                .table(
                    PageTable(
                        "Before and after, where they differ", tables, names + (isLoad ? [] : rules) + rows))
            ])
    }

    private static func rules(_ rules: [RuleChange]) -> PageSection? {
        let lines = rules.flatMap { change in
            [(false, change.old), (true, change.new)].compactMap { isNew, rule in
                rule.map {
                    PageChange(isNew: isNew, text: ComparisonWords.line($0, change.kind, change.table))
                }
            }
        }
        return lines.isEmpty ? nil : section("rules", "Rules", [.difference(lines)])
    }

    private static func outOfScope(_ tables: [OutOfScope], isLoad: Bool) -> PageSection? {
        let items = OutOfScope.Side.allCases.compactMap { side in
            ComparisonWords.leftOut(tables.filter { $0.side == side }.map(\.table), by: side, isLoad: isLoad)
        }
        return items.isEmpty ? nil : section("not-in-scope", "Not in scope", [list(items)])
    }

    private static func next(_ report: ComparisonReport) -> NextWords.Step? {
        let (comparison, isLoad) = (report.comparison, report.comparison.question == .load)
        let usual = isLoad || comparison.isAcrossDatabases ? ["SOURCE", "TARGET"] : ["OLD", "NEW"]
        let paths = report.paths ?? usual
        if isLoad {
            guard comparison.isWorse else { return nil }
            return NextWords.Step(
                what: "see what the DMS log says was cut",
                commands: ["lobscope truncations LOG --against \(paths[0])"])
        }
        if comparison.isAcrossDatabases {
            return NextWords.Step(
                what: "if the second was loaded from the first",
                commands: ["lobscope compare --after-load \(paths[0]) \(paths[1])"])
        }
        guard !comparison.rules.isEmpty else { return nil }
        return NextWords.Step(
            what: "write the new rules", commands: ["lobscope render \(paths[1]) --format table-mappings"])
    }
}
