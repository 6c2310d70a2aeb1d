import LOBAdvice

/// The roll-up of many databases, the worst first.
struct FleetPage {
    let summary: FleetSummary
    /// Rows of each table.
    let most: Int

    /// Rows that the first screen of a terminal has.
    static let shownOnScreen = 15

    /// The page.
    var page: Page {
        Page(
            title: PageText(
                "LOB sizes of \(NumberText.counted(summary.entries.count, "database"))" as String),
            sections: [beginning, failures, databases, findings].compactMap(\.self))
    }

    private var beginning: PageSection {
        let asOf = summary.asOf.map { [PageFact(term: "As of", text: PageText(TimeText.words($0)))] } ?? []
        let older: [PageFact] =
            summary.older == 0
            ? []
            : [
                PageFact(
                    term: "Left out",
                    text:
                        "\(NumberText.counted(summary.older, "snapshot")) with a newer one of the same database"
                )
            ]
        let first: PageText? = summary.failed.first.map { "see why \(code: $0.name) failed" }
        return PageSection(
            id: "summary", title: nil, importance: .summary,
            blocks: [
                .verdict(
                    PageVerdict(
                        state: summary.verdict, why: PageText(FleetWords.reason(summary)), first: first))
            ] + ((asOf + older).isEmpty ? [] : [PageBlock.facts(asOf + older)]))
    }

    /// What failed or ended early, and why.
    private var failures: PageSection? {
        let told = summary.entries.filter { $0.reason != nil }
        guard !told.isEmpty else { return nil }
        return PageSection(
            id: "failed", title: "Failed or ended early", importance: .unmeasured,
            blocks: table(
                "What failed or ended early, and why", told,
                [
                    .init("Database", isElastic: true) { .code($0.name) },
                    .init("Outcome") { PageText(FleetWords.outcome($0.outcome)) },
                    .init("Why", isElastic: true) { PageText($0.reason?.message ?? "") },
                    .init("What to do", isElastic: true) { PageText($0.reason?.hint ?? "") },
                ]))
    }

    private var databases: PageSection? {
        let measured = summary.entries.compactMap { entry in entry.figures.map { Row(entry, $0, summary) } }
        guard !measured.isEmpty else { return nil }
        let hasLabels = measured.contains { !$0.entry.labels.isEmpty }
        let hasEnd = measured.contains { $0.figures.exhaustedAt != nil }
        return PageSection(
            id: "databases", title: "Databases", importance: .decisions,
            blocks: table(
                "The databases, the worst first", measured,
                Self.columns + (hasEnd ? [Self.end] : []) + (hasLabels ? [Self.labels] : [])))
    }

    private struct Row {
        let entry: FleetEntry
        let figures: FleetFigures
        let age: Int64

        init(_ entry: FleetEntry, _ figures: FleetFigures, _ summary: FleetSummary) {
            (self.entry, self.figures) = (entry, figures)
            age = (summary.asOf ?? figures.measuredAt) - figures.measuredAt
        }
    }

    private static let columns: [PageTable.Column<Row>] = [
        .init("Database", isElastic: true) { .code($0.entry.name) },
        .init("Verdict") { PageText($0.figures.verdict.rawValue) },
        .init("Findings", isElastic: true) { PageText(FindingWords.counts($0.figures.findings)) },
        .init("Largest value", isNumeric: true) { row in
            PageText(
                LargestText.figure(
                    row.figures.largest, isScopeEmpty: row.figures.tables == 0, SizeText.rounded))
        },
        .init("In", isElastic: true, isExtra: true) { row in
            row.figures.largest.place.map { PageText.code(LargestText.subject($0)) } ?? ""
        },
        .init("Tables by rule", isElastic: true, isExtra: true) {
            PageText(RuleText.counts($0.figures.rules))
        },
        .init("Memory", isNumeric: true, isExtra: true) { row in
            PageText(row.figures.memory.map(SizeText.rounded) ?? "none")
        },
        .init("Not measured", isNumeric: true) { PageText(NumberText.grouped($0.figures.unmeasured)) },
        .init("Age", isNumeric: true) { PageText(FleetWords.age($0.age)) },
    ]

    private static let end = PageTable.Column<Row>("Limits hold until") { row in
        PageText(row.figures.exhaustedAt.map(TimeText.date) ?? "not known")
    }

    private static let labels = PageTable.Column<Row>("Labels", isElastic: true, isExtra: true) { row in
        PageText(FleetWords.labels(row.entry))
    }

    private var findings: PageSection? {
        let found = summary.findings
        guard !found.isEmpty else { return nil }
        return PageSection(
            id: "findings", title: "Findings", importance: .findings,
            blocks: table(
                "Findings by id", found,
                [
                    .init("Severity") { PageText([.severity($0.severity)]) },
                    .init("Finding", isElastic: true) { .code($0.id) },
                    .init("Times", isNumeric: true) { PageText(NumberText.grouped($0.count)) },
                    .init("Databases", isNumeric: true) { PageText(NumberText.grouped($0.databases.count)) },
                    .init("Worst", isElastic: true) { FleetWords.names($0.databases, atMost: 3) },
                    .init("Meaning", isElastic: true, isExtra: true) {
                        PageText(FindingRegistry.meaning(of: $0.id) ?? "")
                    },
                ]))
    }

    /// A table, and how many rows it would have more.
    private func table<Row>(
        _ caption: String, _ rows: [Row], _ columns: [PageTable.Column<Row>]
    ) -> [PageBlock] {
        let rest = rows.count - min(most, rows.count)
        let more: [PageBlock] =
            rest == 0 ? [] : [.paragraph("and \(NumberText.grouped(rest)) more: \(code: "-v") shows them")]
        return [.table(PageTable(caption, Array(rows.prefix(most)), columns))] + more
    }
}
