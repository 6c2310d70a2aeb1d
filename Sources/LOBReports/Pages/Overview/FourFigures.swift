import LOBAdvice
import SizeStatistics

/// The four figures that a reader should remember.
struct FourFigures {
    private let report: Report
    private let tables: [TableFigures]

    init(_ report: Report) {
        self.report = report
        tables = TableFigures.lobTable(report)
    }

    /// Rules, largest value, cut values, memory.
    var cards: [PageCard] { report.shared.cards { [rules, largest, cut, task] } }

    private var rules: PageCard {
        let rules = RuleCounts(tables.map(\.table))
        let note: PageText =
            rules.leftOut > 0
            ? "\(NumberText.grouped(rules.leftOut)) without a rule: left out"
            : rules.tables.isEmpty ? "nothing to decide" : costliest
        return PageCard(term: "Tables by rule", figure: PageText(RuleText.counts(rules)), note: note)
    }

    /// The table that needs the largest limit; nothing where there is no other.
    private var costliest: PageText {
        guard tables.count > 1,
            let most = TablesToDecide.byCost(tables).first(where: { $0.table.limit != nil })?.table,
            let limit = most.limit
        else { return "" }
        return "\(code: most.name.losslessText) needs the most, \(NumberText.grouped(limit.count)) KB"
    }

    private var largest: PageCard {
        let largest = LargestValue(tables.map(\.table))
        let isEmpty = report.profile.tables.isEmpty
        return PageCard(
            term: "Largest value",
            figure: PageText(LargestText.figure(largest, isScopeEmpty: isEmpty, SizeText.exact)),
            note: isEmpty ? Self.nothing : LargestText.note(largest))
    }

    private var cut: PageCard {
        guard !report.profile.tables.isEmpty else {
            return PageCard(term: "Values cut", figure: "not known", note: Self.nothing)
        }
        let cut = report.recommender.valuesCut(report.recommendation.tables)
        let isKnown = tables.isEmpty || tables.contains { $0.table.risk != nil }
        let figure = isKnown ? cut.map(CutText.count) ?? "not known" : "not known"
        return PageCard(
            term: "Values cut", figure: PageText(figure), note: "by these rules; \(risk)")
    }

    private var risk: PageText {
        guard !tables.isEmpty else { return "nothing to cut" }
        let known = tables.filter { $0.table.risk != nil }
        let part = LargestText.over(known.count, of: tables.count, "table")
        let over = part.isEmpty ? "" : ", \(part)"
        guard let worst = known.max(by: { ($0.table.risk ?? 0) < ($1.table.risk ?? 0) }) else {
            return tables.count == 1
                ? "risk not known: \(unknown)" : "risk not known of any of \(tables.count) tables: \(unknown)"
        }
        guard worst.table.risk != 0 else { return "risk 0 %\(over) \(certainly)" }
        return
            "risk up to \(worst.risk), at the rule of \(code: worst.table.name.losslessText)\(over)\(together); \(surer(worst.table))"
    }

    /// The risk that the reader takes with the migration; nothing where one table has all of it.
    private var together: String {
        let atRisk = tables.count {
            $0.table.mode == .limited && !$0.table.isTruncationOK && ($0.table.risk ?? 0) > 0
        }
        guard atRisk > 1 else { return "" }
        return ", \(RiskText.figure(report.recommendation.jointRisk)) all tables together"
    }

    private static let nothing: PageText = "no table is in scope"

    private var unknown: String {
        report.profile.isComplete ? "see how its columns were read" : "see what was not measured"
    }

    private var certainly: String {
        report.profile.policy.expectsGrowth
            ? "for the rows present and expected"
            : "today; --growth 30d asks about rows to come"
    }

    /// What makes the risk of a table smaller or better known.
    private func surer(_ table: TableRecommendation) -> String {
        let coverages = Set(table.columns.map(\.estimate.coverage))
        if coverages.contains(.sampled) { return "--method full makes it certain" }
        if report.profile.policy.expectsGrowth { return "profile again nearer to the cut-over to lower it" }
        return table.risk == 1 ? "values that are there are larger" : "see how its columns were read"
    }

    private var task: PageCard {
        let recommendation = report.recommendation
        guard recommendation.mapping.hasSelection else {
            return PageCard(term: "LobMaxSize", figure: "none", note: "no table to migrate")
        }
        let figure = recommendation.lobMaxSize.map {
            "\(NumberText.grouped($0.count)) KB for the limited tables"
        }
        let memory =
            recommendation.review.memory.map {
                "limited LOBs take about \(SizeText.rounded($0)) of memory while the tables load"
            }
        let notes = [tasks, memory].compactMap(\.self)
        return PageCard(
            term: "LobMaxSize", figure: PageText(figure ?? "none (full LOB mode)"),
            note: PageText(notes.joined(separator: "; ")))
    }

    /// How many tasks there are, where they are more than one.
    private var tasks: String? {
        let names = report.taskNames
        guard !names.isEmpty else { return nil }
        let kind =
            report.recommendation.tasks.contains { $0.slot != nil }
            ? "one task for each of \(NumberText.counted(names.count, "slot"))"
            : "\(names.count) tasks, as a mapping has at most 2 MB"
        return "\(kind): \(names.map(\.losslessText).joined(separator: ", "))"
    }
}
