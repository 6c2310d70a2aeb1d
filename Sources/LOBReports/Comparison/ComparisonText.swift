import LOBAdvice

/// A comparison for a terminal: one line for each table that changed, and under it what got worse.
enum ComparisonText {
    /// The text.
    static func render(_ page: ComparisonPage, width: Int, isColored: Bool) -> [UInt8] {
        let style = TerminalStyle(isColored: isColored)
        var lines = TextWrap.lines(page.summary, width: width)
        for (index, section) in page.sections.enumerated() {
            lines.append("")
            // The first section stands under the summary, which says what it is.
            if index > 0 { lines.append(style.heading(section.title.description)) }
            lines += content(section.content, width: width, style: style)
            lines += TextWrap.lines(section.note, width: width)
        }
        if let next = page.next {
            lines += ["", style.heading("Next")]
            lines += TextWrap.lines(next, width: width, indent: "  ")
        }
        return Array(lines.map { $0 + "\n" }.joined().utf8)
    }

    private static func content(
        _ content: ComparisonPage.Content, width: Int, style: TerminalStyle
    ) -> [String] {
        switch content {
        case .table(let columns, let rows):
            var table = TextTable(
                columns.enumerated().map { index, column in
                    .init(
                        title: column.title, isNumeric: column.isNumeric,
                        isElastic: index == 0 || ["Change", "Rule"].contains(column.title))
                })
            rows.forEach { table.add($0) }
            return table.lines(width: width, style: style)
        case .list(let items):
            return items.flatMap { item in
                TextWrap.lines(item, width: width - 2, indent: "  ").map { "  " + $0 }
            }
        case .difference(let changes):
            return changes.flatMap { line in
                TextWrap.lines(line, width: width - 2, indent: "  ").map { "  " + style.difference($0) }
            }
        }
    }
}
