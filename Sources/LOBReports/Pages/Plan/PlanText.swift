public import LOBAdvice

/// A plan for a terminal: what would be read, how and why, for how long, and where asked for every statement.
public enum PlanText {
    /// The text.
    ///
    /// - Parameters:
    ///   - preview: the plan with its statements.
    ///   - scope: which tables were looked at.
    ///   - policy: what is asked of the recommendation.
    ///   - connections: how many measure at the same time.
    ///   - showsSQL: whether the statements are shown in full.
    ///   - isWhole: whether all tables are shown, and not the most costly ones alone.
    ///   - width: cells of a line.
    ///   - options: what the command was given, for those that come next.
    public static func render(
        _ preview: PlanPreview, scope: Scope? = nil, policy: Policy = Policy(), connections: Int,
        showsSQL: Bool, isWhole: Bool = false, width: Int = TerminalReport.defaultWidth,
        options: GivenOptions = GivenOptions()
    ) -> [UInt8] {
        let page = page(
            preview, scope: scope, policy: policy, connections: connections, showsSQL: showsSQL,
            isWhole: isWhole, options)
        return TerminalRenderer(width: width, isColored: false).render(page)
    }

    private static func page(
        _ preview: PlanPreview, scope: Scope?, policy: Policy, connections: Int, showsSQL: Bool,
        isWhole: Bool, _ options: GivenOptions
    ) -> Page {
        guard !preview.isEmpty else {
            let emptiness = ScopeText.emptiness(of: preview.catalog.database, scope)
            let texts = [emptiness.message, "hint: \(emptiness.hint)"]
            return Page(
                title: "Plan", sections: [section("summary", nil, texts.map { .paragraph(PageText($0)) })])
        }
        let summary = summary(preview, connections: connections).map { PageBlock.paragraph(PageText($0)) }
        let tables =
            preview.catalog.relations.isEmpty
            ? [] : [section("tables", nil, self.tables(preview, isWhole: showsSQL || isWhole))]
        let sections =
            [section("summary", nil, summary)] + tables
            + [
                list("unmeasurable", "Cannot be measured", preview.plan.unmeasurable),
                list("left-out", "Not measured unless asked for", preview.plan.leftOut),
                PlanPolicy.section(policy, preview.catalog.relations),
            ].compactMap(\.self) + (showsSQL ? statements(preview) : [])
        return Page(
            title: "Plan", sections: sections + [next(options, showsSQL: showsSQL)].compactMap(\.self))
    }

    /// A part of the plan.
    static func section(_ id: String, _ title: String?, _ blocks: [PageBlock]) -> PageSection {
        PageSection(id: id, title: title, importance: .decisions, blocks: blocks)
    }

    private static func next(_ options: GivenOptions, showsSQL: Bool) -> PageSection? {
        let ofPlan: Set = ["--sql", "--no-sql"]
        let statements = NextWords.Step(
            what: "see every statement", commands: ["lobscope plan\(options.text(without: ofPlan)) --sql"])
        let measuring = NextWords.Step(
            what: "measure it",
            commands: ["lobscope profile\(options.text(without: ofPlan.union(["--probe"])))"])
        return NextWords.section((showsSQL ? [] : [statements]) + [measuring])
    }

    private static func summary(_ preview: PlanPreview, connections: Int) -> [String] {
        let plan = preview.plan
        let seconds = plan.tables.reduce(0) { $0 + $1.price.seconds }
        let blocks = plan.tables.reduce(0) { $0 + $1.price.blocks }
        let database = preview.catalog.database.losslessText
        return [
            "Database \(database): \(preview.catalog.relations.count) tables in scope, \(plan.tables.count) to measure.",
            "About \(blocks) blocks of \(preview.catalog.server.blockSize) bytes and "
                + "\(TimeText.duration(seconds / Double(max(1, connections)))) on \(connections) connections, "
                + "from sizes in the catalog and rates of a warm cache\(range(plan, connections: connections)).",
            "A table is read in one snapshot, held for \(TimeText.duration(preview.snapshotLimit)) at most.",
            largeObjects(preview),
        ] + timeBudget(plan, seconds: seconds / Double(max(1, connections)))
    }

    /// How sure that is; nothing where it hardly matters.
    private static func range(_ plan: Plan, connections: Int) -> String {
        let share = { (seconds: Double) in seconds / Double(max(1, connections)) }
        let least = share(plan.tables.reduce(0) { $0 + $1.price.range.lowerBound })
        let most = share(plan.tables.reduce(0) { $0 + $1.price.range.upperBound })
        guard most > 2, most > 3 * least else { return "" }
        return
            ": between \(TimeText.duration(least)) and \(TimeText.duration(most)), as how well values compress is not known; "
            + "--probe reads some blocks to find out"
    }

    private static func largeObjects(_ preview: PlanPreview) -> String {
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
    private static func timeBudget(_ plan: Plan, seconds: Double) -> [String] {
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
    private static func tables(_ preview: PlanPreview, isWhole: Bool) -> [PageBlock] {
        let all = preview.plan.tables
        guard !isWhole, all.count > shown else { return [.table(table(preview, all))] }
        let costs = all.indices.sorted { left, right in
            let (one, other) = (all[left].price.seconds, all[right].price.seconds)
            return one != other ? one > other : left < right
        }
        let kept = costs.prefix(shown).sorted().map { all[$0] }
        let rest = costs.dropFirst(shown).reduce(0) { $0 + all[$1].price.seconds }
        let more =
            "and \(NumberText.counted(costs.count - shown, "cheaper table")), \(TimeText.duration(rest)) together"
        return [.table(table(preview, kept)), .paragraph("\(more): \(code: "-v") shows them")]
    }

    /// Tables that are shown unless all are asked for.
    private static let shown = 30

    private static func table(_ preview: PlanPreview, _ tables: [TablePlan]) -> PageTable {
        let columns: [PageTable.Column<TablePlan>] = [
            .init("Table", isElastic: true) { .code($0.relation.name.losslessText) },
            .init("Method") { PageText(methods($0)) },
            .init("Columns", isNumeric: true) { "\($0.columns.count)" },
            .init("Blocks", isNumeric: true) { "\($0.price.blocks)" },
            .init("Rows", isNumeric: true) { plan in
                PageText(plan.price.rows.map { "\(Int($0))" } ?? "not known")
            },
            .init("Seconds", isNumeric: true) { PageText(NumberText.decimal($0.price.seconds, places: 2)) },
            .init("Why", isElastic: true) { PageText($0.reason) },
        ]
        let surer: [PageTable.Column<TablePlan>] = [
            .init("Surer", isElastic: true) { PageText(Self.surer($0)) }
        ]
        // Only where something surer than the plan exists.
        let hasSurer = preview.plan.tables.contains { !$0.surer.isEmpty }
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
            ["\(code: entry.subject): \(entry.explanation)", "hint: \(entry.remedy)"]
        }
        return section(id, title, [.list(lines)])
    }

    private static func statements(_ preview: PlanPreview) -> [PageSection] {
        let tables = preview.plan.tables.map { plan in
            sql(plan.relation.name.losslessText, preview.statements[plan.relation.oid] ?? [])
        }
        let objects = preview.largeObjects.map {
            $0.objects == .zero ? [] : [sql("Large objects", $0.statements)]
        }
        return [sql("Every transaction begins with", preview.preamble)] + tables + (objects ?? [])
    }

    private static func sql(_ title: String, _ statements: [String]) -> PageSection {
        let lines = statements.flatMap { "\($0);".split(separator: "\n", omittingEmptySubsequences: false) }
        return section("sql", title, [.code(lines.map(String.init))])
    }
}
