import LOBAdvice

/// report.html: the report in one file that loads nothing, prints, and answers "what if the limit were another".
///
/// Everything that decides is in the markup; the script adds charts, sorting, filtering and the what-if, from data
/// in the page. The Content Security Policy lets only this script and this style sheet run, by their hashes.
enum HTMLReport {
    /// The file.
    static func render(_ report: Report) -> [UInt8] {
        let tables = ReportTables(report)
        let method = MethodSection.section(report)
        let page =
            drawn(OverviewPage(report: report, extent: .document).sections)
            + drawn(method.prefix(1) + [SignOffSection.section])
        let appendix =
            [HTMLDecisions.section(report, tables)] + drawn([UniqueIndexSection.section(report)])
            + [HTMLColumns.section(report, tables)]
            + drawn([TaskSection.section(report)] + method.dropFirst())
        let parts =
            [HTMLHeader.section(report)] + page + [elsewhere, "<div class=\"appendix\">"] + appendix + [
                "</div>"
            ]
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

    /// On paper without the appendix.
    private static let elsewhere =
        "<p class=\"on-paper\">All tables, their columns and the task settings: see report.html.</p>"

    private static func drawn(_ sections: [PageSection?]) -> [String] {
        sections.compactMap { $0.map(HTMLRenderer.section) }
    }
}
