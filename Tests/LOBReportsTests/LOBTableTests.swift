import LOBAdvice
import LOBReports
import Testing

/// The LOB table: what a person copies into a run book.
@Suite struct LOBTableTests {
    private static func lines(_ format: ReportFormat) -> [String] {
        GoldenReport.report.render(format).split(separator: UInt8(ascii: "\n")).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    private static func row(_ table: String) -> String? {
        lines(.lobTableMarkdown).first { $0.utf8.starts(with: "| `\(table)` |".utf8) }
    }

    @Test func theFirstThreeColumnsAreTheOnesOfTheRunBook() {
        #expect(
            Self.lines(.lobTableMarkdown)[0].hasPrefix("| Table | Max LOB Size (Kb) | Truncations OKAY? | "))
        #expect(Self.lines(.lobTableCSV)[0].hasPrefix(#""Table","Max LOB Size (Kb)","Truncations OKAY?","#))
    }

    @Test func aTableMeasuredInFullShowsItsLimit() {
        #expect(Self.row("public.orders")?.hasPrefix("| `public.orders` | 648 | No |") == true)
    }

    @Test func aSampledTableShowsItsLargestSizeAsALowerBound() {
        #expect(Self.row("archive.documents")?.contains("| at least 44644 | sampled |") == true)
    }

    @Test func anUnknownSizeSaysWhyAndIsNeverZero() {
        #expect(
            Self.row("archive.drafts")?.hasPrefix("| `archive.drafts` | not known (refused) | No |") == true)
        #expect(
            Self.row("secret.letters")?.hasPrefix("| `secret.letters` | not known (permission denied) | No |")
                == true)
        #expect(!Self.lines(.lobTableMarkdown).contains { $0.contains("| 0 |") })
    }

    @Test func aPartitionedTableStandsThereOnceUnderItsRoot() {
        #expect(Self.row("public.events") != nil)
        #expect(Self.row("public.events_2025") == nil)
    }

    @Test func materializedViewsAndTablesWithoutLOBsAreLeftOut() {
        #expect(Self.row("public.report_cache") == nil)
        #expect(Self.row("public.numbers") == nil)
    }

    @Test func twinsToTheEyeAreTwoRows() {
        let rows = Self.lines(.lobTableCSV).filter { $0.hasPrefix("\"hostile.caf") }
        #expect(rows.count == 2)
    }
}
