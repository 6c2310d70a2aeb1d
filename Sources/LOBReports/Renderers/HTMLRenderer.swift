import LOBAdvice

/// Draws the sections of a page in HTML.
enum HTMLRenderer {
    /// A page that loads nothing and runs nothing.
    static func document(_ page: Page) -> [UInt8] {
        let first = page.sections.first { $0.title != nil }?.id ?? "title"
        let output =
            HTMLPage.head(title: page.title.plain, skippingTo: first, isScripted: false)
            + "<header>\n<h1 id=\"title\">\(text(page.title))</h1>\n</header>\n"
            + page.sections.map(section).joined(separator: "\n") + "</main>\n</body>\n</html>\n"
        return Array(output.utf8)
    }

    /// A section with its heading.
    static func section(_ section: PageSection) -> String {
        let content = section.blocks.map(block).joined(separator: "\n")
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
        case .folded(let summary, let blocks):
            "<details class=\"more\"><summary>\(text(summary))</summary>\n"
                + blocks.map(self.block).joined(separator: "\n") + "\n</details>"
        }
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
            "<th scope=\"col\"\(HTMLMarkup.numeric($0.isNumeric))>\(HTMLText.escape($0.title))</th>"
        }
        let rows = table.rows.map { row in
            let cells = zip(table.heads, row).dropFirst().map { head, cell in
                "<td\(HTMLMarkup.numeric(head.isNumeric))>\(text(cell))</td>"
            }
            return "<tr><th scope=\"row\">\(row.first.map(text) ?? "")</th>\(cells.joined())</tr>\n"
        }
        return """
            <div class="scroll"><table><caption>\(HTMLText.escape(table.caption))</caption>
            <thead><tr>\(heads.joined())</tr></thead>
            <tbody>
            \(rows.joined())</tbody></table></div>
            """
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
            <details><summary>each of the \(NumberText.grouped(finding.count)) <code>\(HTMLText.escape(finding.id))</code></summary>
            <ul>
            \(items.joined())\(more)</ul>
            </details></div>
            """
    }
}
