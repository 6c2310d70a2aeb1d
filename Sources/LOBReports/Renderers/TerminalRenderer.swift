import LOBAdvice

/// Draws a page for a terminal: plain text in lines of a width, with colours where they are wanted.
struct TerminalRenderer {
    private let width: Int
    private let style: TerminalStyle

    /// Creates a renderer.
    ///
    /// - Parameter width: cells of a line, taken as at least 40; figures are never cut, so a narrower terminal wraps them.
    init(width: Int, isColored: Bool) {
        self.width = max(width, 40)
        style = TerminalStyle(isColored: isColored)
    }

    /// The text of a page.
    ///
    /// - Parameter most: lines at most; nil for any number.
    func render(_ page: Page, atMost most: Int? = nil) -> [UInt8] {
        Self.text(lines(page, atMost: most))
    }

    /// Lines as text.
    static func text(_ lines: [String]) -> [UInt8] { Array(lines.map { $0 + "\n" }.joined().utf8) }

    /// The lines of a page in at most so many, with fewer findings where there is no room for all.
    ///
    /// - Parameter most: nil for any number.
    func lines(_ page: Page, atMost most: Int?) -> [String] {
        guard let most else { return lines(page) { self.lines($0) } }
        let fixed = lines(page) { $0.isFindings ? [] : lines($0) }
        let room = max(Self.fewest, most - fixed.count - 1)
        return lines(page) { block in
            if case .findings(let findings) = block { lines(findings, within: room) } else { lines(block) }
        }
    }

    /// Lines that findings have at least.
    private static let fewest = 5

    private func lines(_ page: Page, _ draw: (PageBlock) -> [String]) -> [String] {
        let parts = page.sections.map { section in
            (section.title.map { [style.heading(VisibleText.escape($0))] } ?? [])
                + Self.merged(section.blocks).flatMap(draw)
        }
        return parts.filter { !$0.isEmpty }.joined(separator: [""]).map(\.self)
    }

    /// Facts and cards under each other are one list.
    private static func merged(_ blocks: [PageBlock]) -> [PageBlock] {
        var merged: [PageBlock] = []
        for block in blocks {
            guard let facts = block.facts, let before = merged.last?.facts else {
                merged.append(block)
                continue
            }
            merged[merged.count - 1] = .facts(before + facts)
        }
        return merged
    }

    /// The lines of a block.
    func lines(_ block: PageBlock) -> [String] {
        switch block {
        case .verdict(let verdict): lines(verdict)
        case .facts(let facts): lines(facts)
        case .cards: lines(block.facts ?? [])
        case .paragraph(let text): TextWrap.lines(text.plain, width: width)
        case .list(let items):
            items.flatMap { TextWrap.lines($0.plain, width: width - 2, indent: "  ") }.map { "  " + $0 }
        case .table(let table): lines(table)
        case .findings(let findings): findings.flatMap { lines(each: $0) }
        case .code(let lines): lines.map { "  " + VisibleText.escape($0) }
        case .difference(let changes):
            changes.flatMap { change in
                TextWrap.lines("\(change.isNew ? "+" : "-") \(change.text)", width: width - 2, indent: "  ")
                    .map { "  " + style.difference($0) }
            }
        case .folded: []
        }
    }

    private func lines(_ verdict: PageVerdict) -> [String] {
        let head = TextWrap.lines(
            "\(verdict.state.rawValue): \(verdict.why.plain)", width: width, indent: "  ")
        let first = verdict.first.map { TextWrap.lines("First: \($0.plain)", width: width, indent: "  ") }
        return head.enumerated().map { $0 == 0 ? style.heading($1) : $1 } + (first ?? [])
    }

    private func lines(_ facts: [PageFact]) -> [String] {
        let termWidth = facts.map { DisplayWidth.of($0.term) }.max() ?? 0
        let indent = String(repeating: " ", count: termWidth + 2)
        return facts.flatMap { fact in
            let padding = String(repeating: " ", count: termWidth + 2 - DisplayWidth.of(fact.term))
            return TextWrap.lines(fact.text.plain, width: width - indent.utf8.count).enumerated().map {
                index, text in (index == 0 ? style.heading(fact.term) + padding : indent) + text
            }
        }
    }

    /// Extra columns are left out where they would make names break.
    private func lines(_ table: PageTable) -> [String] {
        let short = text(of: table, where: { !$0.isExtra }).lines(width: width, style: style)
        let whole = text(of: table, where: { _ in true })
        let lines = whole.lines(width: width, style: style)
        return whole.fits(width) && lines.count <= short.count ? lines : short
    }

    private func text(of table: PageTable, where isShown: (PageTable.Head) -> Bool) -> TextTable {
        let shown = table.heads.indices.filter { isShown(table.heads[$0]) }
        var output = TextTable(
            shown.map { index in
                let head = table.heads[index]
                return .init(title: head.title, isNumeric: head.isNumeric, isElastic: head.isElastic)
            })
        for row in table.rows { output.add(shown.map { row[$0].text.plain }) }
        return output
    }

    /// Each of several; where there is room for a few lines only, all of them together.
    private func lines(each finding: PageFinding) -> [String] {
        finding.details.isEmpty
            ? lines(finding)
            : finding.details.flatMap { lines(finding, $0.text, $0.remedy) }
                + (finding.more.map { TextWrap.lines("  \($0.plain) [\(finding.id)]", width: width) } ?? [])
    }

    private func lines(_ finding: PageFinding) -> [String] {
        lines(finding, finding.text, finding.remedy)
    }

    private func short(_ finding: PageFinding) -> [String] {
        painted(
            finding,
            TextWrap.lines(
                "\(finding.severity.rawValue): \(finding.short.plain) [\(finding.id)]", width: width,
                indent: "  "))
    }

    /// Lines whose first begins with the severity, in its colour.
    private func painted(_ finding: PageFinding, _ lines: [String]) -> [String] {
        let severity = finding.severity.rawValue
        let rest = String(Substring((lines.first ?? "").unicodeScalars.dropFirst(severity.utf8.count)))
        return [(finding.isAccepted ? severity : style.severity(finding.severity)) + rest] + lines.dropFirst()
    }

    private func lines(_ finding: PageFinding, _ text: PageText, _ remedy: PageText) -> [String] {
        painted(
            finding,
            TextWrap.lines(
                "\(finding.severity.rawValue): \(text.plain) [\(finding.id)]", width: width, indent: "  "))
            + TextWrap.lines("hint: \(remedy.plain)", width: width - 2, indent: "  ").map { "  " + $0 }
    }

    /// Warnings and errors in short as many as there is room for, then in full from the first on where room is left.
    private func lines(_ findings: [PageFinding], within room: Int) -> [String] {
        let told = findings.filter { $0.severity > .info }
        let infos = findings.reduce(0) { $0 + ($1.severity == .info ? $1.count : 0) }
        var (parts, left) = ([[String]](), room)
        for finding in told {
            let next = short(finding)
            guard next.count < left || parts.isEmpty else { break }
            parts.append(next)
            left -= next.count
        }
        for (index, finding) in told.prefix(parts.count).enumerated() {
            let whole = lines(finding)
            guard whole.count - parts[index].count < left else { break }
            left -= whole.count - parts[index].count
            parts[index] = whole
        }
        let (lines, shown) = (parts.flatMap(\.self), parts.count)
        let kinds = told.count - shown
        let others =
            (kinds > 0 ? ["\(NumberText.counted(kinds, "more kind")) of findings"] : [])
            + (infos > 0 ? [infos == 1 ? "1 info" : "\(NumberText.grouped(infos)) infos"] : [])
        guard !others.isEmpty else { return lines }
        return lines
            + TextWrap.lines("\(others.joined(separator: " and ")): report.md, or -v", width: width)
    }
}

extension PageBlock {
    /// Terms with what is said of each, also where they are figures; nil for other blocks.
    fileprivate var facts: [PageFact]? {
        switch self {
        case .facts(let facts): facts
        case .cards(let cards):
            cards.map { card in
                PageFact(
                    term: card.term, text: card.note.isEmpty ? card.figure : "\(card.figure), \(card.note)")
            }
        default: nil
        }
    }

    /// Whether it is a list of findings, of which there may be many.
    fileprivate var isFindings: Bool {
        if case .findings = self { true } else { false }
    }
}
