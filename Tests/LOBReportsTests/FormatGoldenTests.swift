import LOBReports
import TestSupport
import Testing

/// One report in every format, against files that a person has read.
@Suite struct FormatGoldenTests {
    @Test(arguments: ReportFormat.allCases)
    func everyFormatOfTheGoldenReportIsTheGoldenFile(_ format: ReportFormat) {
        expect(GoldenReport.report.render(format), matchesGolden: Self.goldenName(format))
    }

    private static func goldenName(_ format: ReportFormat) -> String {
        switch format {
        case .awsCLI: "aws-cli.sh"
        case .terraform: "tasks.tf"
        case .cloudFormation, .cloudFormationServerless: "\(format.rawValue).json"
        case .junit: "findings.junit.xml"
        case .sarif: "findings.sarif"
        default: format.fileName ?? "report.txt"
        }
    }

    @Test func aCommentOfLimitedLengthIsTheGoldenFile() {
        expect(GoldenReport.report.markdown(maxBytes: 20_000), matchesGolden: "comment.md")
    }

    @Test(arguments: ComparisonFormat.allCases)
    func everyFormatOfTheGoldenComparisonIsTheGoldenFile(_ format: ComparisonFormat) {
        let name = format == .text ? "comparison.txt" : "comparison.\(format.rawValue)"
        expect(ComparisonReport(GoldenComparison.later).render(format), matchesGolden: name)
    }

    @Test func theGoldenComparisonAfterALoadIsTheGoldenFile() {
        expect(ComparisonReport(GoldenComparison.load).render(.text), matchesGolden: "comparison-load.txt")
    }

    @Test func aNarrowTerminalGetsTheGoldenFile() {
        expect(TerminalReport.render(GoldenReport.report, width: 60), matchesGolden: "report-60.txt")
    }
}
