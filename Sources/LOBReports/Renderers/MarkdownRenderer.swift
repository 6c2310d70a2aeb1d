import LOBAdvice

/// Draws the sections of a page in Markdown for GitHub, GitLab and Jira, in parts that may be left out.
enum MarkdownRenderer {
    /// A page as one text.
    static func document(_ page: Page) -> [UInt8] {
        Array(MarkdownFit.text(sections(page), maxBytes: nil).utf8)
    }

    /// The title of a page and its sections.
    static func sections(_ page: Page) -> [MarkdownSection] {
        let title = "# \(text(page.title))\n\n"
        return page.sections.enumerated().map { index, section in
            let drawn = self.section(section)
            guard index == 0 else { return drawn }
            return MarkdownSection(
                parts: [.init(text: title, importance: section.importance)] + drawn.parts)
        }
    }

    /// A section: its heading, then its blocks, each line of a table and each finding a part of its own.
    static func section(_ section: PageSection) -> MarkdownSection {
        let heading = section.title.map { ["## \(MarkdownText.escape($0))\n\n"] } ?? []
        let blocks = section.blocks.enumerated().flatMap { index, block in
            let parts = self.parts(block)
            return index == 0 ? parts : ["\n"] + parts
        }
        return MarkdownSection(section.importance, heading + blocks)
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

    /// A code span; a name that some of the three would take for markup there too is divided as other text is.
    private static func code(_ text: String) -> String {
        let shown = VisibleText.escape(text)
        let isPlain =
            !shown.isEmpty
            && shown.unicodeScalars.allSatisfy { scalar in
                scalar == " " || !MarkdownWord.mustBeEntity(scalar)
            }
        let isTight = shown.unicodeScalars.first != " " && shown.unicodeScalars.last != " "
        return isPlain && isTight && !shown.contains("  ") ? "`\(shown)`" : MarkdownText.escape(text)
    }

    private static func parts(_ block: PageBlock) -> [String] {
        switch block {
        case .verdict(let verdict): [self.verdict(verdict)]
        case .facts(let facts): facts.map { "- **\(MarkdownText.escape($0.term))**: \(text($0.text))\n" }
        case .cards(let cards): cards.map(card)
        case .paragraph(let text): [self.text(text) + "\n"]
        case .list(let items): items.map { "- \(text($0))\n" }
        case .table(let table): parts(self.table(table))
        case .findings(let findings): findings.isEmpty ? ["None.\n"] : findings.map(finding)
        case .code(let lines): [fenced(lines)]
        case .difference(let changes): parts(difference(changes))
        case .folded(let summary, let blocks): [folded(text(summary), blocks.flatMap(parts).joined())]
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
        output.rows = table.rows.map { $0.map(text) }
        return output
    }

    private static func parts(_ table: MarkdownTable) -> [String] { [table.head] + table.lines }

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
        return head + remedy + "\n"
            + folded(
                "each of the \(NumberText.grouped(finding.count)) `\(finding.id)`", items.joined() + more)
            + "\n"
    }

    private static func folded(_ summary: String, _ content: String) -> String {
        "<details markdown=\"1\"><summary>\(summary)</summary>\n\n\(content)\n</details>\n"
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
