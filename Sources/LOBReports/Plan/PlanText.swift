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
    ///   - width: cells of a line.
    public static func render(
        _ preview: PlanPreview, scope: Scope? = nil, policy: Policy = Policy(), connections: Int,
        showsSQL: Bool,
        width: Int = TerminalReport.defaultWidth
    ) -> [UInt8] {
        guard !preview.isEmpty else {
            let emptiness = ScopeText.emptiness(of: preview.catalog.database, scope)
            let texts = [emptiness.message, "hint: \(emptiness.hint)"]
            return Array(texts.flatMap { TextWrap.lines($0, width: width) }.map { $0 + "\n" }.joined().utf8)
        }
        var lines = summary(preview, connections: connections).flatMap { TextWrap.lines($0, width: width) }
        if !preview.catalog.relations.isEmpty { lines += [""] + table(preview).lines(width: width) }
        lines += list(preview.plan.unmeasurable, "Cannot be measured")
        lines += list(preview.plan.leftOut, "Not measured unless asked for")
        lines += PlanPolicy.lines(policy, preview.catalog.relations, width: width)
        if showsSQL { lines += statements(preview) }
        let hint = showsSQL ? [] : ["  see every statement: lobscope plan --sql"]
        lines += ["", "Next"] + hint + ["  measure it: lobscope profile"]
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    private static func summary(_ preview: PlanPreview, connections: Int) -> [String] {
        let plan = preview.plan
        let seconds = plan.tables.reduce(0) { $0 + $1.price.seconds }
        let blocks = plan.tables.reduce(0) { $0 + $1.price.blocks }
        let database = VisibleText.escape(preview.catalog.database)
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
            return "Large objects are not in scope: only a survey of the whole database reads them."
        }
        guard objects.objects != .zero else { return "There are no large objects." }
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
            return ["\(allowed): enough for all tables, as far as these prices hold."]
        }
        let looks =
            plan.looks.isEmpty
            ? ""
            : " First it looks at \(NumberText.counted(plan.looks.count, "table")) that take long: how large their values can be "
                + "at most, or a sample of some blocks. That stands where the time is up before a table was read."
        return ["\(allowed), less than all tables take: they are read from the cheapest on.\(looks)"]
    }

    private static func table(_ preview: PlanPreview) -> TextTable {
        let columns: [TextTable.Column] = [
            .init(title: "Table", isElastic: true), .init(title: "Method"),
            .init(title: "Columns", isNumeric: true),
            .init(title: "Blocks", isNumeric: true), .init(title: "Rows", isNumeric: true),
            .init(title: "Seconds", isNumeric: true), .init(title: "Why", isElastic: true),
        ]
        // Only where something surer than the plan exists.
        let hasSurer = preview.plan.tables.contains { !$0.surer.isEmpty }
        var table = TextTable(hasSurer ? columns + [.init(title: "Surer", isElastic: true)] : columns)
        for plan in preview.plan.tables {
            table.add(
                [
                    plan.relation.name.losslessText, methods(plan), "\(plan.columns.count)",
                    "\(plan.price.blocks)",
                    plan.price.rows.map { "\(Int($0))" } ?? "not known",
                    NumberText.decimal(plan.price.seconds, places: 2), plan.reason,
                ] + (hasSurer ? [surer(plan)] : []))
        }
        return table
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

    private static func list(_ entries: [Unmeasured], _ title: String) -> [String] {
        guard !entries.isEmpty else { return [] }
        return ["", title]
            + entries.flatMap { entry in
                [
                    "  " + VisibleText.escape("\(entry.subject): \(entry.explanation)"),
                    "  hint: \(entry.remedy)",
                ]
            }
    }

    private static func statements(_ preview: PlanPreview) -> [String] {
        var lines = ["", "Every transaction begins with"] + preview.preamble.map { "  \($0);" }
        for plan in preview.plan.tables {
            lines += ["", VisibleText.escape(plan.relation.name)]
            lines += (preview.statements[plan.relation.oid] ?? []).map { "  \($0);" }
        }
        if let objects = preview.largeObjects, objects.objects != .zero {
            lines += ["", "Large objects"] + objects.statements.map { "  \($0);" }
        }
        return lines
    }
}
