import LOBAdvice

/// report.html: the report in one file that loads nothing, prints, and answers "what if the limit were another".
///
/// Everything that decides is in the markup; the script adds charts, sorting, filtering and the what-if, from data
/// in the page. The Content Security Policy lets only this script and this style sheet run, by their hashes.
enum HTMLReport {
    /// The file.
    static func render(_ report: Report) -> [UInt8] {
        let tables = ReportTables(report)
        let overview = drawn(OverviewPage(report: report, extent: .document).sections)
        let end = drawn(
            [TaskSection.section(report)] + MethodSection.section(report) + [SignOffSection.section])
        let parts =
            [HTMLHeader.section(report)] + overview + [HTMLDecisions.section(report, tables)]
            + drawn([UniqueIndexSection.section(report)]) + [HTMLColumns.section(report, tables)] + end
        var output = Array(
            HTMLPage.head(title: "LOB report for \(report.profile.database.losslessText)").utf8)
        output += parts.filter { !$0.utf8.isEmpty }.joined(separator: "\n").utf8
        output += "</main>\n<script id=\"data\" type=\"application/json\">".utf8
        output += ScriptData.encode(HTMLData.document(report, tables))
        output += "</script>\n<script>".utf8
        output += HTMLPage.script
        output += "</script>\n</body>\n</html>\n".utf8
        return output
    }

    private static func drawn(_ sections: [PageSection?]) -> [String] {
        sections.compactMap { $0.map(HTMLRenderer.section) }
    }
}
