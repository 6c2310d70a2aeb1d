import Foundation
import LOBAdvice
import Testing

@testable import LOBReports

/// Each renderer draws every kind of block, and all of them say the same.
struct RendererTests {
    private static let hostile = "a|b`c <i>&*_[x](y)"

    private static let finding = PageFinding(
        severity: .warning, id: "look-ups", count: 2, isAccepted: false, short: "short words",
        text: "both of \(code: hostile)", remedy: "finding remedy",
        details: [
            .init(text: "detail one", remedy: "remedy one"), .init(text: "detail two", remedy: "remedy two"),
        ], more: "and more findings")

    /// What is expected of each kind; a new kind does not compile without it.
    private static func words(of block: PageBlock) -> [String] {
        switch block {
        case .verdict: ["READY WITH NOTES", "why it is so", "what is first"]
        case .facts: ["the term", "the fact"]
        case .cards: ["card term", "1,234", "card note"]
        case .paragraph: ["a paragraph"]
        case .list: ["item one", "item two"]
        case .table: ["Left heading", "Right heading", "cell one", "2"]
        case .findings: ["look-ups", "detail one", "remedy two", "and more findings"]
        case .code: ["SELECT 1;"]
        case .difference: ["gone line", "new line"]
        case .folded: ["folded summary", "folded content", "more content"]
        }
    }

    private static let blocks: [PageBlock] = [
        .verdict(PageVerdict(state: .readyWithNotes, why: "why it is so", first: "what is first")),
        .facts([PageFact(term: "the term", text: "the fact")]),
        .cards([PageCard(term: "card term", figure: "1,234", note: "card note")]),
        .paragraph("a paragraph"), .list(["item one", "item two"]),
        .table(
            PageTable(
                "the caption", [1],
                [
                    .init("Left heading") { _ in "cell one" },
                    PageTable.Column<Int>("Right heading", isNumeric: true) { "\($0 + 1)" }.withBar(upTo: 10)
                    {
                        Int64($0 + 1)
                    },
                ], id: "rows", places: [.init(id: "row", link: "details")])), .findings([finding]),
        .code(["SELECT 1;"]),
        .difference([PageChange(isNew: false, text: "gone line"), PageChange(isNew: true, text: "new line")]),
        .folded(
            PageFold(
                summary: "folded summary of \(code: hostile)",
                blocks: [.paragraph("folded content"), .code(["more content"])], id: "details")),
    ]

    private static let page = Page(
        title: "title of \(code: hostile)",
        sections: blocks.enumerated().map { number, block in
            PageSection(id: "s\(number)", title: "Section \(number)", importance: .summary, blocks: [block])
        })

    @Test func everyRendererDrawsEveryKindOfBlock() {
        let terminal = String(
            decoding: TerminalRenderer(width: 100, isColored: false).render(Self.page), as: UTF8.self)
        let markdown = String(decoding: MarkdownRenderer.document(Self.page), as: UTF8.self)
        let html = String(decoding: HTMLRenderer.document(Self.page), as: UTF8.self)
        for (number, block) in Self.blocks.enumerated() {
            for word in Self.words(of: block) {
                #expect(markdown.contains(word), "\(word) in Markdown")
                #expect(html.contains(word), "\(word) in HTML")
                // A terminal has no fold.
                guard number < Self.blocks.count - 1 else { continue }
                #expect(terminal.contains(word), "\(word) in a terminal")
            }
            #expect(terminal.contains("Section \(number)") && html.contains("Section \(number)</h2>"))
        }
        #expect(html.contains("<caption>the caption</caption>"))
        #expect(!html.contains("<i>") && html.contains("a|b&#96;c &lt;i&gt;&amp;"))
        #expect(terminal.contains("look-ups"))
    }

    /// A bar is part of no text, and what leads somewhere does so where the form has links.
    @Test func barsAndLinksAreDrawnWhereTheFormHasThem() {
        let html = String(decoding: HTMLRenderer.document(Self.page), as: UTF8.self)
        #expect(html.contains("<table id=\"rows\">") && html.contains("<td class=\"n bar b20\">2</td>"))
        #expect(
            html.contains("<tr id=\"row\"><th scope=\"row\"><a href=\"#details\">cell one</a></th>"))
        #expect(html.contains("<details class=\"table\" id=\"details\"><summary>folded summary of <code>"))
        let markdown = String(decoding: MarkdownRenderer.document(Self.page), as: UTF8.self)
        #expect(markdown.contains("| cell one | 2 |\n"))
        // Inside an HTML element Markdown has no code spans.
        #expect(
            markdown.contains(
                "<summary>folded summary of <code>a&#124;b&#96;c &#60;i&#62;&#38;&#42;_&#91;x&#93;(y)</code></summary>"
            ))
        #expect(markdown.contains("folded content\n\n```\nmore content\n```\n\n</details>\n"))
    }

    @Test(arguments: [20, 21]) func aTableOfManyRowsIsFoldedInMarkdown(rows: Int) {
        let table = PageTable("all of it", Array(1...rows), [.init("Number") { "\($0)" }])
        let page = Page(
            title: "t",
            sections: [
                PageSection(id: "s", title: "S", importance: .decisions, blocks: [.table(table)]),
                PageSection(id: "e", title: "E", importance: .signOff, blocks: [.paragraph("end")]),
            ])
        let whole = String(decoding: MarkdownRenderer.document(page), as: UTF8.self)
        #expect(whole.contains("<summary>all of it (\(rows) rows)</summary>\n\n| Number |") == (rows > 20))
        #expect(whole.contains("| \(rows) |\n\n</details>\n\n## E\n\nend\n") == (rows > 20))
        // Rows may be left out, the end of the fold may not; with no row left nothing of it stays.
        for bytes in stride(from: whole.utf8.count - 1, through: 180, by: -7) {
            let text = MarkdownFit.text(MarkdownRenderer.sections(page), maxBytes: bytes)
            #expect(text.utf8.count <= bytes)
            #expect(text.matches(of: /<details/).count == text.matches(of: /<\/details>/).count)
            #expect(text.contains("| Number |") == text.contains("| 1 |"), "\(text)")
        }
    }

    @Test func namesAreEscapedInEachForm() {
        let text: PageText = "see \(code: Self.hostile), and \(code: "public.orders"): done"
        #expect(text.plain == "see \(Self.hostile), and public.orders: done")
        #expect(HTMLRenderer.text("x \(code: "a<b")") == "x <code>a&lt;b</code>")
        #expect(MarkdownRenderer.text("see \(code: "public.orders"): done") == "see `public.orders`: done")
        let drawn = MarkdownRenderer.text(text)
        #expect(!drawn.contains("<i>") && !drawn.contains("[x](y)") && drawn.contains("`public.orders`"))
    }

    /// The four figures and the facts of a report are the same in each form.
    @Test func everyFormHasTheSameFigures() {
        var compared = 0
        for seed in UInt64(0)..<40 {
            let report = RandomProfile(seed: seed, shape: seed).report
            let terminal = Self.squeezed(
                String(decoding: TerminalReport.render(report, width: 4000), as: UTF8.self))
            let html = Self.text(ofHTML: String(decoding: report.render(.html), as: UTF8.self))
            for card in FourFigures(report).cards {
                let figure = Self.squeezed(card.figure.plain)
                #expect(terminal.contains(figure), "\(figure) of \(seed) in a terminal")
                #expect(html.contains(figure), "\(figure) of \(seed) in HTML")
                let markdown = MarkdownRenderer.text(card.figure)
                #expect(
                    String(decoding: report.render(.markdown), as: UTF8.self).contains(
                        "- **\(card.term)**: \(markdown)"), "\(figure) of \(seed) in Markdown")
                compared += 1
            }
        }
        #expect(compared == 160)
    }

    private static func squeezed(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private static func text(ofHTML html: String) -> String {
        let text = html.replacing(#/<[^>]*>/#, with: "").replacing("&lt;", with: "<").replacing(
            "&gt;", with: ">"
        )
        .replacing("&quot;", with: "\"").replacing("&#39;", with: "'").replacing("&#96;", with: "`")
        return squeezed(text.replacing("&amp;", with: "&"))
    }
}
