import LOBAdvice

/// report.html: the report in one file that loads nothing, prints, and answers "what if the limit were another".
///
/// Everything that decides is in the markup; the script adds charts, sorting, filtering and the what-if, from data
/// in the page. The Content Security Policy lets only this script and this style sheet run, by their hashes.
enum HTMLReport {
    /// The file.
    static func render(_ report: Report) -> [UInt8] {
        let tables = ReportTables(report)
        let page = ReportPage(report, tables)
        let parts =
            [HTMLRenderer.header(page.title)] + page.sections.map { HTMLRenderer.section($0) }
            + [elsewhere, "<div class=\"appendix\">"] + page.appendix.map(withControls) + ["</div>"]
        var output = Array(HTMLPage.head(title: page.title.plain).utf8)
        output += parts.joined(separator: "\n").utf8
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

    /// A section, with what the script serves where it has a table that a script finds.
    private static func withControls(_ section: PageSection) -> String {
        let isServed = section.blocks.contains { block in
            if case .table(let table) = block { table.id != nil } else { false }
        }
        return isServed
            ? HTMLRenderer.section(section, before: HTMLControls.filter, after: HTMLControls.changes)
            : HTMLRenderer.section(section)
    }
}
