import LOBAdvice

/// The LOB table of report.html: what to decide, a row for each table.
enum HTMLDecisions {
    /// The section.
    static func section(_ report: Report, _ all: ReportTables) -> String {
        HTMLMarkup.section("decisions", "LOB table", content(report, all))
    }

    private static func content(_ report: Report, _ all: ReportTables) -> String {
        let tables = all.entries.filter { $0.table.hasLOBs && $0.table.isMigrated }
        guard !tables.isEmpty else {
            return "<p>\(HTMLText.escape(ScopeText.withoutLOBs(report.profile)))</p>"
        }
        let heads = columns.map { "<th scope=\"col\"\(HTMLMarkup.numeric($0.isNumeric))>\($0.title)</th>" }
        return """
            \(controls)
            <p id="filtered" hidden></p>
            <div class="scroll tall"><table id="lob-table">
            <caption>Sizes for DMS in KB of 1,024 bytes. The rule is what the mapping has; the risk is the \
            probability that at least one value is larger than what the table is set to\(RiskText.scope(report.profile.policy)).</caption>
            <colgroup>\(String(repeating: "<col>", count: columns.count))</colgroup>
            <thead><tr>\(heads.joined())</tr></thead>
            <tbody>
            \(tables.map { row(TableFigures($0.table, report: report), $0) }.joined())</tbody></table></div>
            \(changes)
            """
    }

    /// The columns of the LOB table; the script sorts by them in this order.
    private static let columns: [(title: StaticString, isNumeric: Bool)] = [
        ("Table", false), ("Max LOB Size (Kb)", true), ("Truncations OKAY?", false), ("Rule", false),
        ("Largest observed (octets)", true), ("Risk", true), ("How measured", false),
    ]

    private static func row(_ figures: TableFigures, _ entry: ReportTables.Entry) -> String {
        let name = HTMLText.escape(figures.table.name.losslessText)
        let link = entry.isQuiet ? name : "<a href=\"#t\(entry.number)\">\(name)</a>"
        return """
            <tr id="r\(entry.number)"><th scope="row">\(link)</th><td class="n">\
            \(HTMLText.escape(figures.limit))</td><td>\(figures.truncationsOK)</td><td>\(figures.rule)</td>\
            <td class="n">\(figures.largestOctets)</td>\
            <td class="n">\(HTMLText.escape(figures.risk))</td><td>\(figures.coverage.rawValue)</td></tr>

            """
    }

    /// Shown by the script, which alone can serve them.
    private static let controls = """
        <form id="controls" class="controls" hidden>
        <label>Filter <input id="filter" name="filter" type="search" autocomplete="off" spellcheck="false"></label>
        <label>Measured <select id="coverage" name="coverage"><option value="">in any way</option><option>exact</option>\
        <option>bounded</option><option>forecast</option><option>undated</option><option>sampled</option><option>refused</option><option>skipped</option></select></label>
        <label>Mode <select id="mode" name="mode"><option value="">any</option><option>limited</option>\
        <option>unlimited</option></select></label>
        <output id="shown" for="filter coverage mode"></output>
        <button type="button" id="open-all">Open all shown</button>
        <button type="button" id="print-all">Print with all tables</button>
        </form>
        """

    private static let changes = """
        <div id="changes" class="changes" role="region" aria-label="Changed limits" hidden>
        <p id="changes-text" aria-live="polite"></p>
        <p><button type="button" id="get-mapping">Download table-mappings.json</button>
        <button type="button" id="get-task">Download task-settings.json</button>
        <button type="button" id="undo">Undo all changes</button></p>
        <details><summary>Changed mapping as text</summary>
        <textarea id="mapping-text" name="mapping" readonly rows="8" spellcheck="false" aria-label="Changed mapping"></textarea>
        </details>
        </div>
        """
}
