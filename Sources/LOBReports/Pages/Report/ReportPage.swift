import LOBAdvice

/// The whole report: what a reader decides by, then what is looked up.
struct ReportPage {
    let title: PageText
    /// What decides, how it was measured, and lines to sign: about three sheets of paper.
    let sections: [PageSection]
    /// All tables, their columns, and what goes with them.
    let appendix: [PageSection]

    /// All of it, where nothing is apart.
    var page: Page { Page(title: title, sections: sections + appendix) }

    init(_ report: Report, _ tables: ReportTables) {
        let overview = OverviewPage(report: report, extent: .document).page
        title = overview.title
        sections = overview.sections + [MethodSection.section(report), SignOffSection.section]
        appendix =
            [LOBTable.section(report, tables)] + [UniqueIndexSection.section(report)].compactMap(\.self) + [
                TableDetails(report, tables).section, TaskSection.section(report),
                MethodSection.settings(report),
            ]
    }
}
