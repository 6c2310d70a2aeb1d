import Foundation
import LOBAdvice
import SizeStatistics
import Testing

@testable import LOBReports

/// Databases of the shapes that exist: reports of hundreds of tables, thousands of columns and findings, and hostile names
/// can be read, printed, sent and opened.
struct ShapeTests {
    /// Columns of 300 tables, some of them with names that a form could take for markup: most of the tables have no key, so
    /// that there are at least two findings of each.
    static let large: Report = {
        let tables = (0..<300).map { number in
            let hostile = HostileNames.all[number % HostileNames.all.count]
            let name = Identifier(bytes: Array("t\(number)_".utf8) + (number % 3 == 0 ? hostile.bytes : []))
            return GoldenTable(
                name: RelationName(schema: Identifier("app"), name: name), oid: UInt32(30_000 + number),
                rows: .init(count: 1000, isExact: true), columns: columns(of: number),
                hasKey: number % 10 == 0
            ).profile
        }
        return GoldenReport.report(of: tables)
    }()

    private static func columns(of table: Int) -> [GoldenColumn] {
        (0..<17).map { number in
            let largest = table % 10 == 0 && number == 0 ? 300_000 + table : 200 + table + number
            return GoldenColumn(
                name: Identifier("column_\(number)"), number: Int16(number + 2), type: "text", family: .text,
                distribution: SizeDistribution(counts: [20: 999, largest: 1]))
        }
    }

    @Test func theShapeIsThatOfALargeDatabase() {
        #expect(Self.large.recommendation.tables.flatMap(\.columns).count == 5100)
        #expect(Self.large.recommendation.findings.count >= 500)
        #expect(Self.large.recommendation.tables.count { $0.mode == .unlimited } >= 30)
    }

    @Test(arguments: [80, 100, 120]) func theFirstScreenHasSixtyLines(width: Int) {
        let screen = String(decoding: TerminalReport.render(Self.large, width: width), as: UTF8.self)
        let lines = screen.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        #expect(lines.count <= 60, "\(lines.count)")
        #expect(lines.first?.hasPrefix("NOT READY: ") == true && screen.contains("\nNext\n"))
    }

    /// What is sent by mail, attached to a ticket or posted as a comment fits there.
    @Test func filesAreSmallEnoughToSend() {
        let sizes = [ReportFormat.html, .markdown, .lobTableMarkdown].map { Self.large.render($0).count }
        #expect(sizes[0] < 2_500_000 && sizes[1] < 1_500_000 && sizes[2] < 60_000, "\(sizes)")
        #expect(Self.large.markdown(maxBytes: 65_536).count <= 65_536)
    }

    /// A browser has few elements to lay out when the page is there, and few pages to print.
    @Test func thePageIsSmallEnoughToOpenAndToPrint() throws {
        guard let browser = BrowserTests.browser else {
            #expect(!BrowserTests.isExpected, "Chromium is not installed")
            return
        }
        try Python.withFolder { folder in
            let page = folder.appendingPathComponent("report.html")
            try Data(Self.large.render(.html)).write(to: page)
            let (status, output) = try Python.run([
                Python.script("check_shape.py"), browser, folder.path, page.absoluteString,
            ])
            #expect(status == 0, "\(output)")
        }
    }
}
