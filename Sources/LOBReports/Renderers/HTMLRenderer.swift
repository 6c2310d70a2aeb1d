import LOBAdvice

/// Draws the sections of a page in HTML.
enum HTMLRenderer {
    /// A page that loads nothing and runs nothing.
    static func document(_ page: Page) -> [UInt8] {
        let first = page.sections.first { $0.title != nil }?.id ?? "title"
        let output =
            HTMLPage.head(title: page.title.plain, skippingTo: first, isScripted: false)
            + header(page.title) + "\n" + page.sections.map { section($0) }.joined(separator: "\n")
            + "</main>\n</body>\n</html>\n"
        return Array(output.utf8)
    }

    /// The title of a page.
    static func header(_ title: PageText) -> String {
        "<header>\n<h1 id=\"title\">\(text(title))</h1>\n</header>"
    }

    /// A section with its heading.
    ///
    /// - Parameters:
    ///   - before: HTML between the heading and the blocks.
    ///   - after: HTML behind the blocks.
    static func section(_ section: PageSection, before: String = "", after: String = "") -> String {
        let parts = [before] + section.blocks.map(block) + [after]
        let content = parts.filter { !$0.utf8.isEmpty }.joined(separator: "\n")
        guard let title = section.title else { return content }
        return """
            <section id="\(section.id)" aria-labelledby="\(section.id)-title">
            <h2 id="\(section.id)-title">\(HTMLText.escape(title))</h2>
            \(content)
            </section>
            """
    }

    /// The runs of a text, each escaped.
    static func text(_ text: PageText) -> String {
        text.runs.map { run in
            switch run {
            case .plain(let text): HTMLText.escape(text)
            case .code(let text): "<code>\(HTMLText.escape(text))</code>"
            case .strong(let text): "<strong>\(HTMLText.escape(text))</strong>"
            case .severity(let severity):
                "<strong class=\"\(severity.rawValue)\">\(severity.rawValue)</strong>"
            case .link(let text, let place):
                "<a href=\"#\(HTMLText.escape(place))\">\(HTMLText.escape(text))</a>"
            }
        }.joined()
    }

    private static func block(_ block: PageBlock) -> String {
        switch block {
        case .verdict(let verdict): self.verdict(verdict)
        case .facts(let facts):
            "<dl>\n"
                + facts.map { "<dt>\(HTMLText.escape($0.term))</dt><dd>\(text($0.text))</dd>\n" }.joined()
                + "</dl>"
        case .cards(let cards): "<ul class=\"cards\">\n\(cards.map(card).joined())</ul>"
        case .paragraph(let text): "<p>\(self.text(text))</p>"
        case .list(let items): "<ul>\n" + items.map { "<li>\(text($0))</li>\n" }.joined() + "</ul>"
        case .table(let table): self.table(table)
        case .findings(let findings):
            findings.isEmpty ? "<p>None.</p>" : findings.map(finding).joined(separator: "\n")
        case .code(let lines):
            "<pre class=\"copy\">"
                + lines.map { HTMLText.escape($0) + "\n" }.joined() + "</pre>"
        case .difference(let changes):
            "<pre>"
                + changes.map { change in
                    let (element, sign) = change.isNew ? ("ins", "+") : ("del", "-")
                    return "<\(element)>\(sign) \(HTMLText.escape(change.text))</\(element)>\n"
                }.joined() + "</pre>"
        case .folded(let fold): folded(fold)
        }
    }

    /// What a script finds by its name is a table of its own.
    private static func folded(_ fold: PageFold) -> String {
        let attributes = fold.id.map { "class=\"table\" id=\"\(HTMLText.escape($0))\"" } ?? "class=\"more\""
        return """
            <details \(attributes)><summary>\(text(fold.summary))</summary>
            \(fold.blocks.map(block).joined(separator: "\n"))
            </details>
            """
    }

    private static func verdict(_ verdict: PageVerdict) -> String {
        let kind =
            switch verdict.state {
            case .notReady: "not-ready"
            case .readyWithNotes: "with-notes"
            case .ready: "ready"
            }
        let first = verdict.first.map { "\n<p><strong>First:</strong> \(text($0))</p>" } ?? ""
        return """
            <div class="verdict \(kind)" role="status">
            <p class="state">\(verdict.state.rawValue)</p>
            <p>\(text(verdict.why))</p>\(first)
            </div>
            """
    }

    private static func card(_ card: PageCard) -> String {
        let note = card.note.isEmpty ? "" : "<p class=\"note\">\(text(card.note))</p>"
        return "<li><p class=\"term\">\(HTMLText.escape(card.term))</p>"
            + "<p class=\"figure\">\(text(card.figure))</p>\(note)</li>\n"
    }

    private static func table(_ table: PageTable) -> String {
        let heads = table.heads.map {
            "<th scope=\"col\"\(attributes($0))>\(HTMLText.escape($0.title))</th>"
        }
        let rows = table.rows.enumerated().map { index, row in
            self.row(row, table.heads, table.places.isEmpty ? nil : table.places[index])
        }
        let id = table.id.map { " id=\"\(HTMLText.escape($0))\"" } ?? ""
        return """
            <div class="scroll\(table.id == nil ? "" : " tall")"><table\(id)><caption>\(HTMLText.escape(table.caption))</caption>
            <thead><tr>\(heads.joined())</tr></thead>
            <tbody>
            \(rows.joined())</tbody></table></div>
            """
    }

    private static func row(
        _ cells: [PageTable.Cell], _ heads: [PageTable.Head], _ place: PageTable.Place?
    ) -> String {
        let first = cells.first.map { text($0.text) } ?? ""
        let named = place?.link.map { "<a href=\"#\(HTMLText.escape($0))\">\(first)</a>" } ?? first
        let others = zip(heads, cells).dropFirst().map { head, cell in
            "<td\(attributes(head, cell.share))>\(text(cell.text))</td>"
        }
        let id = place.map { " id=\"\(HTMLText.escape($0.id))\"" } ?? ""
        return "<tr\(id)><th scope=\"row\">\(named)</th>\(others.joined())</tr>\n"
    }

    /// How a cell is set, and how long the bar under its text is: the style sheet knows steps of 5 %.
    private static func attributes(_ head: PageTable.Head, _ share: Double? = nil) -> String {
        let step = share.map { Int((min(max($0, 0), 1) * 20).rounded(.up)) * 5 } ?? 0
        let classes = (head.isNumeric ? ["n"] : []) + (step > 0 ? ["bar", "b\(step)"] : [])
        return classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
    }

    /// Open where it is the only one of its id: then nothing is behind the fold.
    private static func finding(_ finding: PageFinding) -> String {
        let severity = finding.severity.rawValue
        let kind = finding.isAccepted ? "accepted" : severity
        let anchor = finding.isAccepted ? "" : " id=\"finding-\(severity)-\(finding.id)\""
        let head = """
            <strong>\(severity)</strong> <code>\(HTMLText.escape(finding.id))</code> \(text(finding.text))
            """
        let remedy = "<p>Remedy: \(text(finding.remedy))</p>"
        guard !finding.details.isEmpty else {
            return
                "<div class=\"finding \(kind)\"\(anchor)><p>\(head)</p>\n\(remedy)</div>"
        }
        let items = finding.details.map { detail in
            "<li>\(text(detail.text))<p>Remedy: \(text(detail.remedy))</p></li>\n"
        }
        let more = finding.more.map { "<li>\(text($0))</li>\n" } ?? ""
        return """
            <div class="finding \(kind)"\(anchor)><p>\(head)</p>
            \(remedy)
            <details><summary>\(text(finding.listTitle))</summary>
            <ul>
            \(items.joined())\(more)</ul>
            </details></div>
            """
    }
}
