import LOBAdvice

/// Draws the sections of a page in Markdown for GitHub, GitLab and Jira, in parts that may be left out.
enum MarkdownRenderer {
    /// A page as one text.
    static func document(_ page: Page) -> [UInt8] {
        Array(MarkdownFit.text(sections(page), maxBytes: nil).utf8)
    }

    /// The title of a page and its sections.
    static func sections(_ page: Page) -> [MarkdownSection] {
        page.sections.enumerated().map { index, section in
            let title = "# \(text(page.title))\n\n"
            let head = MarkdownSection.Part(text: title, importance: section.importance, isLead: true)
            return MarkdownSection(parts: (index == 0 ? [head] : []) + parts(section))
        }
    }

    /// A section: its heading, then its blocks, each line of a table and each finding a part of its own.
    private static func parts(_ section: PageSection) -> [MarkdownSection.Part] {
        let heading = section.title.map { "## \(MarkdownText.escape($0))\n\n" }
        let blocks = section.blocks.enumerated().flatMap {
            index, block -> [MarkdownSection.Part] in
            var parts = self.parts(block, section.importance)
            if index > 0, !parts.isEmpty { parts[0].text = "\n" + parts[0].text }
            return parts
        }
        return [heading].compactMap(\.self).map {
            MarkdownSection.Part(text: $0, importance: section.importance, isLead: true)
        } + blocks
    }

    /// Rows of a table that are shown without a fold.
    private static let longest = 20
    /// Rows of a table of which none is left out without the others.
    private static let shortest = 5

    /// A table of many rows is folded, so that what stands under it is seen; one of few rows is a part.
    private static func parts(
        _ block: PageBlock, _ importance: PageSection.Importance
    ) -> [MarkdownSection.Part] {
        guard case .table(let table) = block else {
            return texts(block).map { .init(text: $0, importance: importance) }
        }
        let drawn = self.table(table)
        guard table.rows.count > shortest else { return [.init(text: drawn.text, importance: importance)] }
        let rows = drawn.lines.map { MarkdownSection.Part(text: $0, importance: importance) }
        guard rows.count > longest else {
            return [.init(text: drawn.head, importance: importance, isLead: true)] + rows
        }
        let title: PageText = "\(table.caption) (\(NumberText.counted(rows.count, "row")))"
        let head = MarkdownSection.Part(
            text: beginning(ofFold: title) + drawn.head, importance: importance, isLead: true,
            fold: .init(parts: rows.count, end: endOfFold))
        return [head] + rows
    }

    /// The runs of a text, each escaped.
    static func text(_ text: PageText) -> String {
        text.runs.map { run in
            switch run {
            case .plain(let text): plain(text)
            case .link(let text, _): MarkdownText.escape(text)
            case .code(let text): code(text)
            case .strong(let text): "**\(MarkdownText.escape(text))**"
            case .severity(let severity): "**\(severity.rawValue)**"
            }
        }.joined()
    }

    /// Text between other runs: a space at an end, or a colon or comma behind a name, means nothing to any of the three.
    private static func plain(_ text: String) -> String {
        var (rest, start, end) = (Substring(text).unicodeScalars, "", "")
        if let mark = rest.first, mark == ":" || mark == ",", rest.dropFirst().first == " " {
            start.unicodeScalars.append(mark)
            rest = rest.dropFirst()
        }
        if rest.first == " ", rest.dropFirst().first != " " {
            start += " "
            rest = rest.dropFirst()
        }
        if rest.last == " ", rest.dropLast().last != " " {
            end = " "
            rest = rest.dropLast()
        }
        return start + (rest.isEmpty ? "" : MarkdownText.escape(String(Substring(rest)))) + end
    }

    /// A code span; a name that some of the three would take for markup there too is a code element.
    private static func code(_ text: String) -> String {
        let shown = VisibleText.escape(text)
        let isPlain =
            !shown.isEmpty
            && shown.unicodeScalars.allSatisfy { scalar in
                scalar == " " || !MarkdownWord.mustBeEntity(scalar)
            }
        let isTight = shown.unicodeScalars.first != " " && shown.unicodeScalars.last != " "
        return isPlain && isTight && !shown.contains("  ") ? "`\(shown)`" : MarkdownText.code(text)
    }

    private static func texts(_ block: PageBlock) -> [String] {
        switch block {
        case .verdict(let verdict): [self.verdict(verdict)]
        case .facts(let facts): facts.map { "- **\(MarkdownText.escape($0.term))**: \(text($0.text))\n" }
        case .cards(let cards): cards.map(card)
        case .paragraph(let text): [self.text(text) + "\n"]
        case .list(let items): items.map { "- \(text($0))\n" }
        case .table(let table): [self.table(table).text]
        case .findings(let findings): findings.isEmpty ? ["None.\n"] : findings.map(finding)
        case .code(let lines): [fenced(lines)]
        case .difference(let changes): [difference(changes).text]
        case .folded(let fold): [folded(fold.summary, fold.blocks)]
        }
    }

    private static func verdict(_ verdict: PageVerdict) -> String {
        let first = verdict.first.map { "\n**First**: \(text($0))\n" } ?? ""
        return "**\(verdict.state.rawValue)**: \(text(verdict.why))\n\(first)"
    }

    private static func card(_ card: PageCard) -> String {
        let note = card.note.isEmpty ? "" : ", \(text(card.note))"
        return "- **\(MarkdownText.escape(card.term))**: \(text(card.figure))\(note)\n"
    }

    /// A table.
    static func table(_ table: PageTable) -> MarkdownTable {
        var output = MarkdownTable(table.heads.map { ($0.title, $0.isNumeric) })
        output.rows = table.rows.map { $0.map { text($0.text) } }
        return output
    }

    private static func difference(_ changes: [PageChange]) -> MarkdownTable {
        var output = MarkdownTable([("", false), ("Rule", false)])
        output.rows = changes.map { [$0.isNew ? "`+`" : "`-`", MarkdownText.escape($0.text)] }
        return output
    }

    private static func finding(_ finding: PageFinding) -> String {
        let head = "- **\(finding.severity.rawValue)** `\(finding.id)` \(text(finding.text))\n"
        let remedy = "  - remedy: \(text(finding.remedy))\n"
        guard !finding.details.isEmpty else { return head + remedy }
        let items = finding.details.map { "- \(text($0.text))\n  - remedy: \(text($0.remedy))\n" }
        let more = finding.more.map { "- \(text($0))\n" } ?? ""
        let list = beginning(ofFold: finding.listTitle) + items.joined() + more + endOfFold
        return "\(head)\(remedy)\n\(list)\n"
    }

    private static func folded(_ summary: PageText, _ blocks: [PageBlock]) -> String {
        beginning(ofFold: summary) + blocks.map { texts($0).joined() }.joined(separator: "\n") + endOfFold
    }

    private static func beginning(ofFold summary: PageText) -> String {
        "<details markdown=\"1\"><summary>\(self.summary(summary))</summary>\n\n"
    }

    private static let endOfFold = "\n</details>\n"

    /// Text inside an HTML element, where no Markdown is read.
    private static func summary(_ text: PageText) -> String {
        text.runs.map { run in
            switch run {
            case .plain(let text), .strong(let text), .link(let text, _): HTMLText.inMarkdown(text)
            case .code(let text): HTMLText.codeInMarkdown(text)
            case .severity(let severity): severity.rawValue
            }
        }.joined()
    }

    /// A fence longer than any run of the same mark in a line.
    private static func fenced(_ lines: [String]) -> String {
        let lines = lines.map { VisibleText.escape($0) }
        let longest = lines.map { line in
            line.utf8.split { $0 != UInt8(ascii: "`") }.map(\.count).max() ?? 0
        }.max()
        let fence = String(repeating: "`", count: max(3, 1 + (longest ?? 0)))
        return "\(fence)\n" + lines.map { $0 + "\n" }.joined() + "\(fence)\n"
    }
}
