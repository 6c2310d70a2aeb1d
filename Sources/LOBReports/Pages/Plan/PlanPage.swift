import LOBAdvice

/// What would be read, how and why, for how long, and where asked for every statement.
struct PlanPage {
    private let report: PlanReport
    private var preview: PlanPreview { report.preview }
    private var plan: Plan { report.preview.plan }
    private let isWhole: Bool

    /// - Parameter isWhole: whether all tables are shown, and not the most costly ones alone.
    init(_ report: PlanReport, isWhole: Bool) { (self.report, self.isWhole) = (report, isWhole) }

    /// The page.
    var page: Page {
        let database = preview.catalog.database
        return Page(
            title: "Plan for \(code: database.losslessText)", sections: preview.isEmpty ? [empty] : sections)
    }

    private var empty: PageSection {
        let emptiness = ScopeText.emptiness(of: preview.catalog.database, report.scope)
        let texts = [emptiness.message, "hint: \(emptiness.hint)"]
        return Self.section("summary", nil, texts.map { .paragraph(PageText($0)) })
    }

    private var sections: [PageSection] {
        let summary = self.summary.map { PageBlock.paragraph(PageText($0)) }
        let found: [PageSection?] = [
            preview.catalog.relations.isEmpty ? nil : Self.section("tables", nil, tables),
            Self.list("unmeasurable", "Cannot be measured", plan.unmeasurable),
            Self.list("left-out", "Not measured unless asked for", plan.leftOut),
            PlanPolicy.section(report.policy, preview.catalog.relations),
        ]
        return [Self.section("summary", nil, summary)] + found.compactMap(\.self)
            + (report.showsSQL ? statements : []) + [next].compactMap(\.self)
    }

    /// A part of the plan.
    static func section(_ id: String, _ title: String?, _ blocks: [PageBlock]) -> PageSection {
        PageSection(id: id, title: title, importance: .decisions, blocks: blocks)
    }

    private var next: PageSection? {
        let ofPlan: Set = ["--sql", "--no-sql"]
        let statements = NextWords.Step(
            what: "see every statement",
            commands: ["lobscope plan\(report.options.text(without: ofPlan)) --sql"])
        let measuring = NextWords.Step(
            what: "measure it",
            commands: ["lobscope profile\(report.options.text(without: ofPlan.union(["--probe"])))"])
        return NextWords.section((report.showsSQL ? [] : [statements]) + [measuring])
    }

    private var connections: Double { Double(max(1, report.connections)) }

    private var summary: [String] {
        let seconds = plan.tables.reduce(0) { $0 + $1.price.seconds }
        let blocks = plan.tables.reduce(0) { $0 + $1.price.blocks }
        let database = preview.catalog.database.losslessText
        return [
            "Database \(database): \(preview.catalog.relations.count) tables in scope, \(plan.tables.count) to measure.",
            "About \(blocks) blocks of \(preview.catalog.server.blockSize) bytes and "
                + "\(TimeText.duration(seconds / connections)) on \(report.connections) connections, "
                + "from sizes in the catalog and rates of a warm cache\(range).",
            "A table is read in one snapshot, held for \(TimeText.duration(preview.snapshotLimit)) at most.",
            largeObjects,
        ] + timeBudget(seconds: seconds / connections)
    }

    /// How sure that is; nothing where it hardly matters.
    private var range: String {
        let least = plan.tables.reduce(0) { $0 + $1.price.range.lowerBound } / connections
        let most = plan.tables.reduce(0) { $0 + $1.price.range.upperBound } / connections
        guard most > 2, most > 3 * least else { return "" }
        return
            ": between \(TimeText.duration(least)) and \(TimeText.duration(most)), as how well values compress is not known; "
            + "--probe reads some blocks to find out"
    }

    private var largeObjects: String {
        guard let objects = preview.largeObjects else {
            return "Large objects are not in scope: only a run over the whole database reads them."
        }
        guard objects.objects != .zero else {
            let mayRefer = preview.catalog.relations.flatMap(\.columns).contains {
                $0.family == .largeObjectReference
            }
            return mayRefer
                ? "There are no large objects; after the tables, columns of type oid and lo are read for OIDs of some that are gone."
                : "There are no large objects."
        }
        let count = FigureText.counted(objects.objects, "large object")
        return
            "After the tables: \(count) in \(NumberText.counted(objects.blocks, "block")), and the columns that may refer "
            + "to them."
    }

    /// What a time budget does to the plan.
    private func timeBudget(seconds: Double) -> [String] {
        guard let budget = plan.timeBudget else { return [] }
        let allowed = "The time budget is \(TimeText.duration(budget))"
        guard seconds > budget else {
            return ["\(allowed): enough for all tables, as far as these estimates hold."]
        }
        let looks =
            plan.looks.isEmpty
            ? ""
            : " First it looks at \(NumberText.counted(plan.looks.count, "table")) that take long: how large their values can be "
                + "at most, or a sample of some blocks. That is reported for tables that are not read in time."
        return ["\(allowed), less than all tables take: they are read from the cheapest on.\(looks)"]
    }

    /// The table, without the cheapest where there are many.
    private var tables: [PageBlock] {
        let all = plan.tables
        guard !isWhole, all.count > Self.shown else { return [.table(table(all))] }
        let costs = all.indices.sorted { left, right in
            let (one, other) = (all[left].price.seconds, all[right].price.seconds)
            return one != other ? one > other : left < right
        }
        let kept = costs.prefix(Self.shown).sorted().map { all[$0] }
        let rest = costs.dropFirst(Self.shown).reduce(0) { $0 + all[$1].price.seconds }
        let more =
            "and \(NumberText.counted(costs.count - Self.shown, "cheaper table")), \(TimeText.duration(rest)) together"
        return [.table(table(kept)), .paragraph("\(more): \(code: "-v") shows them")]
    }

    /// Tables that are shown unless all are asked for.
    private static let shown = 30

    private func table(_ tables: [TablePlan]) -> PageTable {
        let columns: [PageTable.Column<TablePlan>] = [
            .init("Table", isElastic: true) { .code($0.relation.name.losslessText) },
            .init("Method") { PageText(Self.methods($0)) },
            .init("Columns", isNumeric: true) { "\($0.columns.count)" },
            .init("Blocks", isNumeric: true) { "\($0.price.blocks)" },
            .init("Rows", isNumeric: true) { plan in
                PageText(plan.price.rows.map { "\(Int($0))" } ?? "not known")
            },
            .init("Seconds", isNumeric: true) { PageText(NumberText.decimal($0.price.seconds, places: 2)) },
            .init("Why", isElastic: true) { PageText(PlanWords.reasons($0)) },
        ]
        let surer: [PageTable.Column<TablePlan>] = [
            .init("Surer", isElastic: true) { PageText(Self.surer($0)) }
        ]
        // Only where something surer than the plan exists.
        let hasSurer = plan.tables.contains { !$0.surer.isEmpty }
        return PageTable("What would be read", tables, columns + (hasSurer ? surer : []))
    }

    /// What surer methods would cost.
    private static func surer(_ plan: TablePlan) -> String {
        plan.surer.map { "\($0.method.rawValue) in \(TimeText.duration($0.seconds))" }.joined(separator: ", ")
    }

    private static func methods(_ plan: TablePlan) -> String {
        let used = MeasuringMethod.allCases.filter { !plan.columns(by: $0).isEmpty }
        let names = used.map { method in
            method == .sample
                ? "\(plan.sample.method.rawValue) \(NumberText.decimal(plan.sample.percent, places: 2)) %"
                : method.rawValue
        }
        return names.joined(separator: " and ")
    }

    private static func list(_ id: String, _ title: String, _ entries: [Unmeasured]) -> PageSection? {
        guard !entries.isEmpty else { return nil }
        let lines = entries.flatMap { entry -> [PageText] in
            let remedy = UnmeasuredWords.remedy(entry)
            return ["\(code: entry.subject): \(UnmeasuredWords.explanation(entry))", "hint: \(remedy)"]
        }
        return section(id, title, [.list(lines)])
    }

    private var statements: [PageSection] {
        let tables = plan.tables.map { plan in
            (plan.relation.name.losslessText, preview.statements[plan.relation.oid] ?? [])
        }
        let objects: [(String, [String])]? = preview.largeObjects.map {
            $0.objects == .zero ? [] : [("Large objects", $0.statements)]
        }
        let parts = [("Every transaction begins with", preview.preamble)] + tables + (objects ?? [])
        return parts.enumerated().map { number, part in
            let lines = part.1.flatMap { "\($0);".split(separator: "\n", omittingEmptySubsequences: false) }
            return Self.section("sql-\(number)", part.0, [.code(lines.map(String.init))])
        }
    }
}
