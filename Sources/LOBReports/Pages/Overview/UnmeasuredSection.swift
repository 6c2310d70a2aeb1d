import LOBAdvice

/// What was not measured, and the statements that would let the role read it.
enum UnmeasuredSection {
    /// The section; nil where a screen has nothing to say.
    static func section(_ report: Report, _ extent: OverviewPage.Extent) -> PageSection? {
        let (missing, leftOut) = (report.profile.unmeasured, report.profile.leftOut)
        guard extent == .document || !missing.isEmpty else { return nil }
        let head: [PageBlock] =
            missing.isEmpty
            ? [.paragraph(PageText(UnmeasuredWords.nothing(report.profile)))]
            : extent == .document
                ? [.paragraph(PageText(UnmeasuredWords.known)), .table(table(missing))]
                : list(missing, extent)
        let unasked: [PageBlock] =
            extent != .document || leftOut.isEmpty
            ? []
            : [.paragraph("Nobody asked for these, and DMS does not migrate them:"), .table(table(leftOut))]
        return PageSection(
            id: "unmeasured", title: "Not measured", importance: .unmeasured,
            blocks: head + grants(report, extent) + unasked)
    }

    private static func list(_ entries: [Unmeasured], _ extent: OverviewPage.Extent) -> [PageBlock] {
        let shown = entries.prefix(extent.entries)
        let rest = entries.count - shown.count
        let lines = shown.flatMap { entry -> [PageText] in
            let remedy = UnmeasuredWords.remedy(entry)
            return ["\(code: entry.subject): \(UnmeasuredWords.explanation(entry))", "  hint: \(remedy)"]
        }
        return [.list(lines + (rest > 0 ? ["and \(NumberText.grouped(rest)) more: report.md, or -v"] : []))]
    }

    private static func grants(_ report: Report, _ extent: OverviewPage.Extent) -> [PageBlock] {
        let grants = Grants(report.profile)
        guard !grants.statements.isEmpty else { return [] }
        let shown = grants.statements.prefix(extent.grants)
        let rest = grants.statements.count - shown.count
        return [
            .paragraph(PageText("\(GrantText.title(grants)):")),
            .code(shown + (rest > 0 ? ["-- and \(NumberText.grouped(rest)) more: report.md, or -v"] : [])),
        ]
    }

    private static func table(_ entries: [Unmeasured]) -> PageTable {
        PageTable(
            "Not measured, and why", entries,
            [
                .init("What", isElastic: true) { .code($0.subject) },
                .init("Why", isElastic: true) { PageText(UnmeasuredWords.explanation($0)) },
                .init("What to do", isElastic: true) { PageText(UnmeasuredWords.remedy($0)) },
            ])
    }
}
