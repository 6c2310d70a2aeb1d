import LOBAdvice

/// A comparison as one page that loads nothing and runs nothing.
enum ComparisonHTML {
    /// The file.
    static func render(_ page: ComparisonPage) -> [UInt8] {
        let sections = page.sections.map { section in
            let note = section.note.isEmpty ? "" : "\n<p class=\"muted\">\(HTMLText.escape(section.note))</p>"
            return HTMLMarkup.section(section.id, section.title, content(section.content) + note)
        }
        let first = page.sections.first?.id.description ?? "title"
        let output =
            HTMLPage.head(title: "LOB sizes compared", skippingTo: first, isScripted: false)
            + "<header>\n<h1 id=\"title\">LOB sizes compared</h1>\n<p>\(HTMLText.escape(page.summary))</p>\n</header>\n"
            + sections.joined(separator: "\n") + "</main>\n</body>\n</html>\n"
        return Array(output.utf8)
    }

    private static func content(_ content: ComparisonPage.Content) -> String {
        switch content {
        case .table(let columns, let rows):
            HTMLMarkup.table(
                "Before and after, where they differ", columns, rows.map { $0.map(HTMLText.escape) })
        case .list(let items):
            "<ul>\n" + items.map { "<li>\(HTMLText.escape($0))</li>\n" }.joined() + "</ul>"
        case .difference(let lines): "<pre>" + lines.map(line).joined() + "</pre>"
        }
    }

    private static func line(_ text: String) -> String {
        let isNew = text.utf8.first == UInt8(ascii: "+")
        return "<\(isNew ? "ins" : "del")>\(HTMLText.escape(text))</\(isNew ? "ins" : "del")>\n"
    }
}
