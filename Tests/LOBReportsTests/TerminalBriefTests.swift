import LOBAdvice
import SizeStatistics
import Testing

@testable import LOBReports

/// The first screen says what decides, in as many lines for any database.
struct TerminalBriefTests {
    private static func lines(_ report: Report, width: Int = 100) -> [Substring] {
        String(decoding: TerminalReport.render(report, width: width), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }

    /// Tables without keys, each with a finding or two.
    private static func tables(_ count: Int, largest: Int) -> [TableProfile] {
        (1...count).map { number in
            GoldenTables.small(
                RelationName(
                    schema: Identifier("many"), name: Identifier("a_table_with_a_long_name_\(number)")),
                oid: 40_000 + UInt32(number),
                distribution: SizeDistribution(counts: [largest + number: 1])
            ).profile
        }
    }

    @Test(arguments: [80, 100, 120]) func itHasAtMostSixtyLines(width: Int) {
        let slack = width == 80 ? 3 : 0
        for tables in [GoldenTables.all, Self.tables(300, largest: 900_000), Self.tables(3000, largest: 10)] {
            let lines = Self.lines(GoldenReport.report(of: tables + GoldenTables.all), width: width)
            #expect(lines.count <= TerminalReport.lines + slack, "\(lines.count) lines")
            #expect(lines.count > 15)
        }
    }

    @Test func theVerdictComesFirst() throws {
        let report = GoldenReport.report
        let first = try #require(Self.lines(report).first)
        #expect(first.hasPrefix("\(report.recommendation.verdict.rawValue): "))
        #expect(report.recommendation.verdict == .notReady)
        #expect(first.contains("\(report.recommendation.findings.count { $0.severity == .error }) errors"))
    }

    /// What is many times the same is said once, with the worst by name.
    @Test func findingsOfOneKindAreSummedUp() {
        let report = GoldenReport.report
        let groups = FindingGroup.all(report.recommendation.findings).filter { $0.first.severity > .info }
        let told = report.recommendation.findings.filter { $0.severity > .info }
        #expect(groups.reduce(0) { $0 + $1.count } == told.count)
        #expect(groups.contains { $0.count > 5 } && groups.count < told.count)
        let text = Self.lines(report).joined(separator: "\n")
        for group in groups.prefix(3) where group.count > 1 {
            let text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(
                text.contains("\(group.first.severity.rawValue): \(group.first.subject), ")
                    || text.contains("\(NumberText.grouped(group.count)) times: \(group.first.subject)"),
                "\(group.first.id)")
            #expect(text.contains("and \(NumberText.grouped(group.count - 3)) more") || group.count <= 3)
        }
    }

    /// The tables that are shown are those that ask for a decision, the largest first.
    @Test func tablesThatNeedADecisionAreShown() throws {
        let report = GoldenReport.report(
            of: Self.tables(50, largest: 900_000)
                + (1...50).map { number in
                    GoldenTables.small(
                        RelationName(schema: Identifier("quiet"), name: Identifier("q\(number)")),
                        oid: 50_000 + UInt32(number), distribution: SizeDistribution(counts: [10: 1])
                    ).profile
                })
        let text = Self.lines(report).joined(separator: "\n")
        #expect(text.contains("many.a_table_with_a_long_name_50 "))
        #expect(!text.contains("many.a_table_with_a_long_name_1 ") && !text.contains("quiet.q1 "))
        #expect(text.contains("50 tables limited at sizes that hold every value"))
        let whole = String(decoding: TerminalReport.render(report, isWhole: true), as: UTF8.self)
        #expect(whole.contains("quiet.q1 "))
    }
}
