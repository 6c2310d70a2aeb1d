import LOBProfile

/// report.md: the whole report for a change ticket, the decision first.
enum MarkdownReport {
    /// The file.
    static func render(_ report: Report) -> [UInt8] {
        let sections = [
            MarkdownSummary.section(report), decisions(report), MarkdownFindings.section(report),
            MarkdownColumns.section(report), MarkdownCutCurve.section(report),
            MarkdownUnmeasured.section(report),
            MarkdownTask.section(report), MarkdownMethod.section(report), signOff,
        ]
        return Array(sections.joined(separator: "\n").utf8)
    }

    private static func decisions(_ report: Report) -> String {
        let tables = TableFigures.lobTable(report)
        guard !tables.isEmpty else { return "## LOB table\n\nNo table in scope has a LOB column.\n" }
        let reasons = tables.map { table in
            "- \(MarkdownText.escape(table.table.name.losslessText)): \(MarkdownText.escape(table.table.reason))\n"
        }
        return """
            ## LOB table

            \(LOBTableMarkdown.table(tables).text)
            Sizes for DMS are in KB of 1,024 bytes. The setting is the size with headroom. The risk is the probability \
            that at least one value is larger than the table's setting; of a table that was measured in full \
            it speaks of the rows present, not of rows to come.

            <details markdown="1"><summary>Why these modes and sizes</summary>

            \(reasons.joined())
            </details>

            """
    }

    private static let signOff = """
        ## Sign-off

        | Role | Name | Date | Decision |
        | --- | --- | --- | --- |
        | Database owner |  |  |  |
        | Migration engineer |  |  |  |
        | Approver |  |  |  |

        """
}
