import LOBAdvice
import SizeStatistics

/// The page that decides: verdict, account, four figures, the tables that need a decision, findings by id, what was not
/// measured, and what each strategy would give.
struct OverviewPage {
    let report: Report
    let extent: Extent

    /// How much of it is shown.
    enum Extent {
        /// The first screen of a terminal.
        case screen
        /// The same where that has too many lines.
        case smallScreen
        /// A terminal where everything was asked for.
        case terminal
        /// A file.
        case document

        /// Whether it is the first screen.
        var isScreen: Bool { self == .screen || self == .smallScreen }
        /// Tables that are shown.
        var tables: Int { isScreen ? (self == .screen ? 8 : 3) : self == .terminal ? .max : 20 }
        /// Entries of what was not measured.
        var entries: Int { isScreen ? (self == .screen ? 3 : 1) : .max }
        /// Statements that would let the role read it.
        var grants: Int { isScreen ? (self == .screen ? 8 : 3) : .max }
        /// Answers about a limit, and about growth.
        var answers: Int { isScreen ? (self == .screen ? 5 : 1) : .max }
    }

    /// The page.
    var page: Page {
        Page(title: "LOB report for \(code: report.profile.database.losslessText)", sections: sections)
    }

    /// The sections, in the order in which they are read.
    var sections: [PageSection] {
        (beginning + [
            columns, findings, unmeasured, HeavyKeySection.section(report, extent), strategies, next,
        ]).compactMap(\.self)
    }

    /// What comes before the findings.
    private var beginning: [PageSection?] {
        [
            PageSection(
                id: "summary", title: nil, importance: .summary,
                blocks: [.verdict(VerdictWords.verdict(report))]),
            PageSection(
                id: "figures", title: nil, importance: .summary,
                blocks: [
                    .facts(AccountFacts(report).facts(isShort: extent.isScreen)),
                    .cards(FourFigures(report).cards),
                ]),
            tables,
            asked(
                "limit", OutlookText.limitTitle(report), LimitAnswerText.all(report), OutlookText.limitLegend),
            asked(
                "growth", OutlookText.growthTitle, GrowthText.all(report), OutlookText.growthLegend(report)),
        ]
    }

    private var tables: PageSection {
        extent == .terminal
            ? PageSection(id: "open", title: nil, importance: .decisions, blocks: LOBTable.blocks(report))
            : TablesToDecide(report, extent).section
    }

    /// What was asked about a limit or about growth; nil where nothing was.
    private func asked(
        _ id: String, _ title: String, _ lines: [(table: String, text: String)], _ legend: String
    ) -> PageSection? {
        guard !lines.isEmpty else { return nil }
        let shown = lines.prefix(extent.answers).map { line -> PageText in
            "\(code: line.table): \(line.text)"
        }
        let rest = lines.count - shown.count
        let more: [PageText] = rest > 0 ? ["and \(NumberText.grouped(rest)) more: report.md, or -v"] : []
        let end: [PageBlock] = extent == .document ? [.paragraph(PageText(legend))] : []
        return PageSection(
            id: id, title: title, importance: .outlook, blocks: [.list(shown + more)] + end)
    }

    private var columns: PageSection? {
        extent == .terminal ? LargestColumns.section(report) : nil
    }

    private var findings: PageSection? {
        let groups = FindingGroup.all(report.findings)
        guard extent == .document || !groups.isEmpty else { return nil }
        let isWhole = report.showsQuietTables || extent == .terminal
        return PageSection(
            id: "findings", title: extent == .document ? "Findings" : nil, importance: .findings,
            blocks: [.findings(groups.map { $0.finding(listing: isWhole ? .max : FindingGroup.listed) })])
    }

    private var unmeasured: PageSection? {
        UnmeasuredSection.section(report, extent)
    }

    private var strategies: PageSection? {
        guard !extent.isScreen, report.recommendation.tables.contains(where: \.hasLOBs),
            let outcomes = report.shared.strategies({
                report.recommender.strategies(beside: report.recommendation.tables)
            })
        else { return nil }
        let taken = report.profile.policy.strategy
        return PageSection(
            id: "strategies", title: "What each strategy would give here", importance: .outlook,
            blocks: [
                .table(StrategyWords.table(outcomes, taken: taken)),
                .paragraph(
                    "\(code: "lobscope render SNAPSHOT --strategy NAME") shows another one, and with \(code: "--format") its files."
                ),
            ])
    }

    private var next: PageSection? {
        guard extent != .document else { return nil }
        return PageSection(
            id: "next", title: "Next", importance: .method,
            blocks: NextWords.steps(report, atMost: extent == .smallScreen ? 1 : 3))
    }
}
