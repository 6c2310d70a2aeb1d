import Foundation
import LOBAdvice
import SizeStatistics
import Testing

@testable import LOBReports

/// A report of thousands of columns holds what a reader opens: the details of tables that ask for nothing are left out.
struct QuietTableTests {
    private static let quiet = (1...600).map { number in
        GoldenTables.small(
            RelationName(schema: Identifier("quiet"), name: Identifier("q\(number)")),
            oid: 30_000 + UInt32(number),
            distribution: SizeDistribution(counts: [number: 2])
        ).profile
    }
    private static let large = GoldenReport.report(of: quiet + GoldenTables.all)

    private static func html(_ report: Report) -> String {
        String(decoding: report.render(.html), as: UTF8.self)
    }

    private static func names(withDetails html: String) -> [Substring] {
        html.components(separatedBy: "<details class=\"table\"").dropFirst().compactMap { part in
            part.split(separator: "<code>", maxSplits: 1).last?.prefix { $0 != "<" }
        }
    }

    @Test func detailsOfTablesThatAskForNothingAreLeftOut() throws {
        let html = Self.html(Self.large)
        let shown = Self.names(withDetails: html)
        #expect(!shown.contains { $0.hasPrefix("quiet.") })
        #expect(html.contains("Left out: the details of 6"))
        // Every table stands in the LOB table all the same.
        for number in [1, 77, 600] {
            #expect(html.contains("<th scope=\"row\"><code>quiet.q\(number)</code></th>"))
        }
        // What is sampled, unlimited, not known, or has a warning is there.
        let told = Set(
            Self.large.recommendation.findings.filter { $0.severity > .info }.map(\.subject))
        let tables = Self.large.recommendation.tables
        for table in tables where !table.columns.isEmpty && table.name.schema != Identifier("hostile") {
            let isEstimate = table.columns.contains { !$0.estimate.coverage.isCertain }
            if isEstimate || table.mode == .unlimited || table.risk != 0
                || told.contains(table.name.losslessText)
            {
                #expect(shown.contains(Substring(table.name.losslessText)), "\(table.name)")
            }
        }
        #expect(shown.count > 5)
    }

    @Test func allDetailsAreThereWhereTheyAreAskedForOrTheReportIsSmall() {
        var full = Self.large
        full.showsQuietTables = true
        #expect(Self.names(withDetails: Self.html(full)).count { $0.hasPrefix("quiet.") } == 600)
        #expect(!Self.html(full).contains("Left out: the details"))
        let small = GoldenReport.report(of: Array(Self.quiet.prefix(400)))
        #expect(Self.names(withDetails: Self.html(small)).count == 400)
        // What programs read knows no difference.
        #expect(full.render(.json) == Self.large.render(.json))
        #expect(full.render(.lobTableCSV) == Self.large.render(.lobTableCSV))
    }

    @Test func reportsInMarkdownLeaveOutTheSame() {
        var full = Self.large
        full.showsQuietTables = true
        let (short, long) = (Self.large, full)
        let texts = [short, long].map { String(decoding: $0.render(.markdown), as: UTF8.self) }
        #expect(
            texts[0].contains("Left out: the details of 6")
                && texts[0].contains("`lobscope render SNAPSHOT --full` with this format"))
        #expect(texts.map { $0.contains("<summary><code>quiet.q77</code>") } == [false, true])
        #expect(texts.map { $0.contains("| `q77` |") } == [false, true])
        #expect(texts.allSatisfy { $0.contains("| `quiet.q77` |") })
        #expect(texts[0].utf8.count * 3 < texts[1].utf8.count)
    }

    @Test func aLargeReportIsSmallEnoughToOpen() {
        let bytes = Self.large.render(.html).count
        var full = Self.large
        full.showsQuietTables = true
        #expect(bytes * 3 < full.render(.html).count)
    }

    /// Filter, "open all" and a changed limit work beside tables without details.
    @Test func theScriptKnowsTablesWithoutDetails() throws {
        guard let browser = BrowserTests.browser else {
            #expect(!BrowserTests.isExpected, "Chromium is not installed")
            return
        }
        try Python.withFolder { folder in
            let page = folder.appendingPathComponent("report.html")
            try Data(Self.large.render(.html)).write(to: page)
            let (status, output) = try Python.run([
                Python.script("check_quiet.py"), browser, folder.path, page.absoluteString,
            ])
            #expect(status == 0, "\(output)")
        }
    }
}
