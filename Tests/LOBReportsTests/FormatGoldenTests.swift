import LOBAdvice
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

    /// CloudFormation takes 1 MB: a template that it would refuse is not written.
    @Test func aTemplateThatCloudFormationRefusesIsNotWritten() throws {
        var profile = GoldenReport.report.profile
        let base = try #require(profile.tables.first)
        let report = { (count: Int) in
            profile.tables = (0..<count).map { number in
                var table = base
                table.relation.name = RelationName(
                    schema: base.relation.name.schema,
                    name: Identifier("t\(number)_" + String(repeating: "x", count: 900)))
                return table
            }
            return Report(profile: profile, recommendation: Recommender(profile).recommend())
        }
        let (small, large) = (report(10), report(600))
        for format in ReportFormat.allCases {
            let isTemplate = format == .cloudFormation || format == .cloudFormationServerless
            #expect(small.refusal(of: format) == nil)
            #expect((large.refusal(of: format) != nil) == isTemplate, "\(format)")
        }
        let words = try #require(large.refusal(of: .cloudFormation))
        #expect(words.contains("CloudFormation takes up to 1000000\nhint: use --format aws-cli or terraform"))
    }

    @Test func aCommentOfLimitedLengthIsTheGoldenFile() {
        expect(GoldenReport.report.markdown(maxBytes: 20_000), matchesGolden: "comment.md")
    }

    @Test(arguments: PageFormat.allCases)
    func everyFormatOfTheGoldenComparisonIsTheGoldenFile(_ format: PageFormat) {
        let name = format == .text ? "comparison.txt" : "comparison.\(format.rawValue)"
        expect(ComparisonReport(GoldenComparison.later).render(format), matchesGolden: name)
    }

    @Test func theGoldenComparisonAfterALoadIsTheGoldenFile() {
        expect(ComparisonReport(GoldenComparison.load).render(.text), matchesGolden: "comparison-load.txt")
    }

    @Test func aNarrowTerminalGetsTheGoldenFile() {
        expect(
            TerminalReport.render(GoldenReport.report, width: 60, isWhole: true),
            matchesGolden: "report-60.txt")
        expect(TerminalReport.render(GoldenReport.report, isWhole: true), matchesGolden: "report-whole.txt")
    }
}
