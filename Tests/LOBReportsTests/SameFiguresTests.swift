import LOBAdvice
import Testing

@testable import LOBReports

/// What a page says is the same in each form: every figure of Markdown and HTML is the terminal's, in its order.
struct SameFiguresTests {
    /// All that is shown of a report, of two that are compared, of deployed files, and of a log.
    private static func pages(_ report: Report, _ other: Report) throws -> [(name: String, page: Page)] {
        let lint = LintReport(
            review: report.recommendation.review, profile: report.profile, mappingPath: nil, settingsPath: nil
        )
        return [
            ("overview", OverviewPage(report: report, extent: .document).page),
            ("everything", OverviewPage(report: report, extent: .terminal).page),
            ("comparison", ComparisonPage(ComparisonReport(comparison(report, other))).page),
            ("load", ComparisonPage(ComparisonReport(comparison(report, other, .load))).page),
            (
                "lint",
                LintPage(
                    report: lint, detail: LintDetail(hasTreatments: true, hasEveryFinding: true)
                ).page
            ), ("truncations", try truncations(report)),
        ]
    }

    private static func comparison(
        _ report: Report, _ other: Report, _ question: Comparison.Question = .later
    ) -> Comparison {
        Comparison(old: report.profile, new: other.profile, question: question)
    }

    /// A log with one cut of each table.
    private static func truncations(_ report: Report) throws -> Page {
        var reader = TruncationReader(source: "log")
        for (index, table) in report.recommendation.tables.enumerated() {
            let line =
                "[SOURCE_CAPTURE ]W: Value of column 'body' in table '\(table.name.losslessText)' was truncated to 32768 bytes, "
                + "actual length: \(40_000 + index) bytes (postgres_pglogical.c:2550)\n"
            try reader.take(Array(line.utf8))
        }
        return TruncationPage(
            report: TruncationReport(try reader.finish(), target: nil, against: report)
        ).page
    }

    @Test func figuresAreThoseOfTheTerminal() throws {
        var compared = 0
        for seed in UInt64(0)..<40 {
            let report = RandomProfile(seed: seed, shape: seed).report
            let other = RandomProfile(seed: seed + 1000, shape: seed).report
            compared += try Self.compare(report, other, "\(seed)")
        }
        #expect(compared > 10_000, "\(compared)")
    }

    /// Names that a form could take for markup bring no figure and hide none.
    @Test func figuresBesideHostileNamesAreThoseOfTheTerminal() throws {
        let later = GoldenReport.report(of: GoldenTables.all.dropLast(3), startedAt: 1_795_000_000)
        #expect(try Self.compare(GoldenReport.report, later, "golden") > 2000)
    }

    /// Compares all pages of two reports; returns how many figures there were.
    private static func compare(_ report: Report, _ other: Report, _ name: String) throws -> Int {
        var compared = 0
        for (kind, page) in try pages(report, other) {
            let page = unfolded(page)
            let terminal = figures(
                String(
                    decoding: TerminalRenderer(width: 100_000, isColored: false).render(page), as: UTF8.self))
            let markdown = figures(text(ofMarkdown: MarkdownRenderer.document(page)))
            let html = figures(
                text(ofHTML: page.sections.map { HTMLRenderer.section($0) }.joined(separator: "\n")))
            expectSame(markdown, terminal, "\(kind) of \(name) in Markdown")
            expectSame(html, terminal, "\(kind) of \(name) in HTML")
            compared += terminal.count
        }
        return compared
    }

    private static func expectSame(_ found: [String], _ terminal: [String], _ place: String) {
        guard found != terminal else { return }
        let first =
            zip(found, terminal).enumerated().first { $1.0 != $1.1 }?.offset
            ?? min(found.count, terminal.count)
        let window = max(0, first - 3)..<(first + 4)
        let (here, there) = (found, terminal)
        Issue.record(
            """
            \(place): figure \(first) differs, \(here[window.clamped(to: here.indices)]) for \
            \(there[window.clamped(to: there.indices)])
            """)
    }

    /// Each finding by itself, and nothing folded: the forms differ in what they fold and sum up.
    private static func unfolded(_ page: Page) -> Page {
        Page(
            title: page.title,
            sections: page.sections.map { section in
                PageSection(
                    id: section.id, title: section.title, importance: section.importance,
                    blocks: section.blocks.compactMap(unfolded))
            })
    }

    private static func unfolded(_ block: PageBlock) -> PageBlock? {
        switch block {
        case .folded: nil
        case .findings(let findings):
            .findings(
                findings.flatMap { finding in
                    let details: [PageFinding.Detail] =
                        finding.details.isEmpty
                        ? [.init(text: finding.text, remedy: finding.remedy)] : finding.details
                    return details.map { detail in
                        PageFinding(
                            severity: finding.severity, id: finding.id, count: 1,
                            isAccepted: finding.isAccepted, short: "", text: detail.text,
                            remedy: detail.remedy, details: [], more: nil)
                    }
                })
        default: block
        }
    }

    /// Every number with its commas and decimals.
    private static func figures(_ text: String) -> [String] {
        text.matches(of: #/[0-9]+(?:[.,][0-9]+)*/#.matchingSemantics(.unicodeScalar)).map {
            String($0.output)
        }
    }

    /// Captions are for those who do not see what stands around a table.
    private static func text(ofHTML html: String) -> String {
        decoded(
            html.replacing(#/<caption>[^<]*</caption>/#.matchingSemantics(.unicodeScalar), with: "")
                .replacing(#/<[^>]*>/#.matchingSemantics(.unicodeScalar), with: " "))
    }

    /// Without what a fold of a long table says by itself: how many rows it has.
    private static func text(ofMarkdown markdown: [UInt8]) -> String {
        decoded(
            String(decoding: markdown, as: UTF8.self)
                .replacing(#/<details[^\n]*</summary>/#.matchingSemantics(.unicodeScalar), with: "")
                .replacing(#/[`*]/#.matchingSemantics(.unicodeScalar), with: ""))
    }

    private static func decoded(_ text: String) -> String {
        text.replacing(#/&(?:#([0-9]+)|lt|gt|quot|amp);/#.matchingSemantics(.unicodeScalar)) {
            match -> String in
            switch match.output.0 {
            case "&lt;": "<"
            case "&gt;": ">"
            case "&quot;": "\""
            case "&amp;": "&"
            default:
                match.output.1.flatMap { UInt32($0) }.flatMap(Unicode.Scalar.init).map { String($0) } ?? "?"
            }
        }
    }
}
