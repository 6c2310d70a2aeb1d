import LOBAdvice

/// report.md: the whole report for a change ticket, the decision first.
enum MarkdownReport {
    /// The file.
    ///
    /// - Parameter maxBytes: how many bytes it may have; what is folded is left out first, and the end says what.
    static func render(_ report: Report, maxBytes: Int? = nil) -> [UInt8] {
        let tables = ReportTables(report)
        let sections = [
            MarkdownSummary.section(report), MarkdownDecisions.section(report, tables),
            MarkdownOutlook.section(report),
            MarkdownFindings.section(report),
            MarkdownUniqueIndexes.section(report), MarkdownColumns.section(tables),
            MarkdownCutCurve.section(report, tables),
            MarkdownUnmeasured.section(report),
            MarkdownTask.section(report), MarkdownMethod.section(report), signOff,
        ]
        return Array(MarkdownFit.text(sections, maxBytes: maxBytes).utf8)
    }

    private static let signOff = MarkdownSection(
        .signOff,
        [
            """
            ## Sign-off

            | Role | Name | Date | Decision |
            | --- | --- | --- | --- |
            | Database owner |  |  |  |
            | Migration engineer |  |  |  |
            | Approver |  |  |  |

            """
        ])
}
