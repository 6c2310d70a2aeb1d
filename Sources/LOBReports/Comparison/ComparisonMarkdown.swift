import LOBAdvice

/// A comparison for a ticket or a comment.
enum ComparisonMarkdown {
    /// The file.
    static func render(_ page: ComparisonPage) -> [UInt8] {
        let sections = page.sections.map { section in
            let note = section.note.isEmpty ? "" : "\n\(section.note)\n"
            return "## \(section.title)\n\n\(content(section.content))\(note)"
        }
        let head = "# LOB sizes compared\n\n\(MarkdownText.escape(page.summary))\n"
        return Array(([head] + sections).joined(separator: "\n").utf8)
    }

    private static func content(_ content: ComparisonPage.Content) -> String {
        switch content {
        case .table(let columns, let rows):
            var table = MarkdownTable(columns.map { ($0.title, $0.isNumeric) })
            table.rows = rows.map { $0.map(MarkdownText.escape) }
            return table.text
        case .list(let items): return items.map { "- \(MarkdownText.escape($0))\n" }.joined()
        case .difference(let lines):
            var table = MarkdownTable([("", false), ("Rule", false)])
            table.rows = lines.map { line in
                let sign = String(line.unicodeScalars.prefix(1))
                return [
                    "`\(sign)`", MarkdownText.escape(String(Substring(line.unicodeScalars.dropFirst(2)))),
                ]
            }
            return table.text
        }
    }
}
