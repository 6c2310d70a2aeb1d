import LOBAdvice

/// report.md: the whole report for a change ticket, the decision first.
enum MarkdownReport {
    /// The file.
    ///
    /// - Parameter maxBytes: how many bytes it may have; what is folded is left out first, and the end says what.
    static func render(_ report: Report, maxBytes: Int? = nil) -> [UInt8] {
        let tables = ReportTables(report)
        let overview = OverviewPage(report: report, extent: .document).page
        let details =
            [MarkdownDecisions.section(report, tables)] + drawn([UniqueIndexSection.section(report)])
            + [MarkdownColumns.section(tables), MarkdownCutCurve.section(report, tables)]
            + drawn([TaskSection.section(report)] + MethodSection.section(report) + [SignOffSection.section])
        return Array(
            MarkdownFit.text(MarkdownRenderer.sections(overview) + details, maxBytes: maxBytes).utf8)
    }

    private static func drawn(_ sections: [PageSection?]) -> [MarkdownSection] {
        sections.compactMap { $0.map(MarkdownRenderer.section) }
    }
}
