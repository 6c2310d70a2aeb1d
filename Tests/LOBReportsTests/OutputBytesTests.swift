import LOBAdvice
import LOBReports
import Testing

/// Nothing that any format writes can drive a terminal, reorder text or hide it.
@Suite struct OutputBytesTests {
    /// The set is written down here again, from the Unicode names, so that a hole in the other list shows.
    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A: false
        case 0x00...0x1F, 0x7F...0x9F: true
        case 0xAD, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF, 0xE0041: true
        default: false
        }
    }

    private static func forbidden(in bytes: [UInt8]) throws -> [Unicode.Scalar] {
        try #require(String(validating: bytes, as: UTF8.self)).unicodeScalars.filter(isForbidden)
    }

    @Test(arguments: ReportFormat.allCases)
    func everyFormatIsUTF8WithoutUnseenCharacters(_ format: ReportFormat) throws {
        #expect(try Self.forbidden(in: GoldenReport.report.render(format)).isEmpty)
    }

    @Test(arguments: PageFormat.allCases)
    func everyFormatOfAComparisonIsUTF8WithoutUnseenCharacters(_ format: PageFormat) throws {
        for comparison in [GoldenComparison.later, GoldenComparison.load] {
            let bytes = ComparisonReport(comparison).render(format)
            #expect(try Self.forbidden(in: bytes).isEmpty)
            #expect(ComparisonReport(comparison).render(format) == bytes)
            let lines = bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
            #expect(format != .text || lines.allSatisfy { ColumnWidth.of($0) <= 100 })
        }
    }

    @Test func aComparisonIsSilentWhereNothingGotWorse() {
        let profile = GoldenReport.report.profile
        for format in PageFormat.allCases {
            #expect(
                ComparisonReport(Comparison(old: profile, new: profile), isOnlyWorse: true).render(format)
                    .isEmpty)
            #expect(!ComparisonReport(GoldenComparison.later, isOnlyWorse: true).render(format).isEmpty)
        }
    }

    @Test(arguments: [40, 60, 80, 100, 132, 200])
    func theTerminalGetsNoUnseenCharacterAndNoLineThatIsTooWide(_ width: Int) throws {
        let bytes = TerminalReport.render(GoldenReport.report, width: width)
        #expect(try Self.forbidden(in: bytes).isEmpty)
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let text = String(decoding: line, as: UTF8.self)
            // A statement is there to be copied, and a line feed would be in the names that it quotes.
            if text.hasPrefix("  GRANT ") || text.hasPrefix("  lobscope ") { continue }
            #expect(ColumnWidth.of(text) <= width, "\(text)")
        }
    }

    @Test func colourIsTheOnlyEscapeSequenceAndOnlyWhereAsked() throws {
        let plain = TerminalReport.render(GoldenReport.report, width: 100)
        let colored = TerminalReport.render(GoldenReport.report, width: 100, isColored: true)
        #expect(!plain.contains(0x1B))
        #expect(colored.contains(0x1B))
        #expect(
            String(decoding: colored, as: UTF8.self).replacing(/\u{1B}\[[0-9;]*m/, with: "").utf8
                .elementsEqual(plain))
    }

    @Test(arguments: ReportFormat.allCases)
    func theSameReportGivesTheSameBytes(_ format: ReportFormat) {
        #expect(GoldenReport.report.render(format) == GoldenReport.report.render(format))
    }
}

/// Cells of a terminal, counted by another rule than the product's: East Asian characters of the golden names
/// are two wide, combining marks nothing.
enum ColumnWidth {
    static func of(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { width, scalar in
            switch scalar.value {
            case 0x300...0x36F, 0x1161...0x11FF: width
            case 0x1100...0x1160, 0x3000...0x9FFF, 0xAC00...0xD7A3, 0xFF01...0xFF60, 0x1F600...0x1F64F:
                width + 2
            default: width + 1
            }
        }
    }
}
