import LOBReports
import TestSupport
import Testing

/// One report in every format, against files that a person has read.
@Suite struct FormatGoldenTests {
    @Test(arguments: ReportFormat.allCases)
    func everyFormatOfTheGoldenReportIsTheGoldenFile(_ format: ReportFormat) {
        expect(GoldenReport.report.render(format), matchesGolden: Self.name(format))
    }

    private static func name(_ format: ReportFormat) -> String {
        switch format {
        case .awsCLI: "aws-cli.sh"
        case .terraform: "tasks.tf"
        case .cloudFormation, .cloudFormationServerless: "\(format.rawValue).json"
        default: format.fileName ?? "report.txt"
        }
    }

    @Test func aNarrowTerminalGetsTheGoldenFile() {
        expect(TerminalReport.render(GoldenReport.report, width: 60), matchesGolden: "report-60.txt")
    }
}
