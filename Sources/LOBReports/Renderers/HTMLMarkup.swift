/// Pieces of HTML.
///
/// A content is HTML already: ``text(_:)`` makes it of anything else.
enum HTMLMarkup {
    /// Text as HTML.
    static func text(_ text: String) -> String { HTMLText.escape(text) }

    /// A section with a heading that names it.
    static func section(_ id: StaticString, _ title: StaticString, _ content: String) -> String {
        """
        <section id="\(id)" aria-labelledby="\(id)-title">
        <h2 id="\(id)-title">\(title)</h2>
        \(content)
        </section>
        """
    }

    /// A table with a caption; the first cell of a row is its heading.
    static func table(
        _ caption: String, _ columns: [(title: String, isNumeric: Bool)], _ rows: [[String]]
    ) -> String {
        let heads = columns.map { "<th scope=\"col\"\(numeric($0.isNumeric))>\(text($0.title))</th>" }
        let body = rows.map { row in
            let cells = zip(columns, row).dropFirst().map { "<td\(numeric($0.isNumeric))>\($1)</td>" }
            return "<tr><th scope=\"row\">\(row[0])</th>\(cells.joined())</tr>\n"
        }
        return """
            <div class="scroll"><table><caption>\(caption)</caption>
            <thead><tr>\(heads.joined())</tr></thead>
            <tbody>
            \(body.joined())</tbody></table></div>
            """
    }

    /// A list of terms with what is said of them.
    static func definitions(_ lines: [(topic: String, text: String)]) -> String {
        "<dl>\n" + lines.map { "<dt>\(text($0.topic))</dt><dd>\(text($0.text))</dd>\n" }.joined() + "</dl>"
    }

    /// The attribute of cells that hold figures.
    static func numeric(_ isNumeric: Bool) -> String { isNumeric ? " class=\"n\"" : "" }
}
