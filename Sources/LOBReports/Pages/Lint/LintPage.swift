import LOBAdvice

/// What was found in deployed files, as a page.
struct LintPage {
    let report: LintReport
    let detail: LintDetail

    /// How many findings of one kind are shown unless all are asked for.
    private static let shownOfEach = 3

    /// The page.
    var page: Page {
        Page(
            title: "Deployed DMS files checked against \(code: report.profile.database.losslessText)",
            sections: [title] + (detail.hasTreatments ? [treatments] : []) + [findings])
    }

    private var title: PageSection {
        let review = report.review
        let against =
            "\(report.profile.database.losslessText) of \(TimeText.words(report.profile.startedAt))"
        let missing = report.profile.unmeasured.count
        let unknown = missing > 0 ? ", \(NumberText.grouped(missing)) not measured," : ""
        let why =
            "\(FindingWords.counts(FindingCounts(review.findings)))\(unknown) against the profile of \(against)"
        return PageSection(
            id: "summary", title: nil, importance: .summary,
            blocks: [.verdict(PageVerdict(state: review.verdict, why: PageText(why), first: nil))])
    }

    private var treatments: PageSection {
        let all = report.review.treatments
        let tasks: [PageTable.Column<Treatment>] = [.init("Task") { PageText($0.task ?? "") }]
        let removed: [PageTable.Column<Treatment>] = [
            .init("Left out", isElastic: true) {
                PageText($0.removed.map(\.losslessText).joined(separator: ", "))
            }
        ]
        let columns: [PageTable.Column<Treatment>] = [
            .init("Table", isElastic: true) { .code($0.relation.losslessText) },
            .init("Rule") { PageText(RuleText.words($0.lobs)) },
            .init("Decided by") { PageText(RuleText.origin($0.lobs)) },
            .init("Risk", isNumeric: true) { PageText(RiskText.figure($0.risk)) },
            .init("Selected by", isElastic: true) {
                PageText($0.selectedBy.joined(separator: ", ") + ($0.isFiltered ? ", filtered" : ""))
            },
        ]
        return PageSection(
            id: "treatments", title: nil, importance: .decisions,
            blocks: [
                .table(
                    PageTable(
                        "What the tasks do with each table", all,
                        (all.contains { $0.task != nil } ? tasks : []) + columns
                            + (all.contains { !$0.removed.isEmpty } ? removed : [])))
            ])
    }

    /// Findings of one kind stand together, what was accepted behind all others.
    private var findings: PageSection {
        let most = detail.hasEveryFinding ? Int.max : Self.shownOfEach
        let groups = FindingGroup.all(report.findings)
        return PageSection(
            id: "findings", title: nil, importance: .findings,
            blocks: groups.isEmpty
                ? []
                : [
                    .findings(
                        groups.map {
                            $0.finding(listing: most) {
                                "and \(NumberText.grouped($0)) more: \(code: "-v") shows them"
                            }
                        })
                ])
    }
}
