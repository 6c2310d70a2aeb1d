import LOBAdvice
import SizeStatistics
import Testing

@testable import LOBReports

/// What the first screen tells to paste works as it stands, and what it tells of intervals and names is not narrowed.
struct NextWordsTests {
    private static func commands(_ place: ReportPlace?) -> [String] {
        var report = GoldenReport.report
        report.place = place
        return NextWords.steps(report, atMost: 9).flatMap { block -> [String] in
            if case .code(let lines) = block { lines } else { [] }
        }
    }

    @Test func commandsNameTheFolderAndTheServerOfTheRun() {
        let place = ReportPlace(path: "it's here", isFolder: true, connection: ["-h", "db", "dbname=x y"])
        let commands = Self.commands(place)
        #expect(commands.first == "lobscope profile -h db 'dbname=x y' --resume 'it'\\''s here' --out NEW")
        #expect(commands.contains("'it'\\''s here'/fix-target.sql"))
        #expect(commands.last == "lobscope compare 'it'\\''s here' NEW")
    }

    @Test func aSecretIsNotRepeated() {
        let place = ReportPlace(path: "report", isFolder: true, connection: nil)
        #expect(Self.commands(place).first == "lobscope profile CONNINFO --resume report --out NEW")
    }

    @Test func aPathThatLooksLikeAnOptionIsNone() {
        let commands = Self.commands(ReportPlace(path: "-m", isFolder: true, connection: []))
        #expect(commands.first == "lobscope profile --resume ./-m --out NEW")
    }

    @Test func aPathThatCannotBePastedIsNotTold() {
        let commands = Self.commands(ReportPlace(path: "a\u{1B}[31m\nb", isFolder: true, connection: []))
        #expect(commands.first == "lobscope profile --resume FOLDER --out NEW")
    }

    /// A snapshot alone can be compared, not resumed, and nothing beside it mends findings.
    @Test func aSnapshotIsNoFolder() {
        let commands = Self.commands(ReportPlace(path: "a.json.zst", isFolder: false, connection: nil))
        #expect(
            !commands.contains { $0.contains("--resume") || $0.contains("fix-") || $0.contains("aws-cli") })
        #expect(commands.last == "lobscope compare a.json.zst NEW")
    }

    @Test func intervalsAreRoundedOutwards() {
        #expect(CutText.count(.estimated(expected: 526, interval: 525...531)) == "about 530 (520 to 540)")
        #expect(CutText.count(.estimated(expected: 0.3, interval: 0...1.2)) == "about 0 (0 to 2)")
        #expect(CutText.count(.estimated(expected: 50, interval: 50...50)) == "about 50 (50 to 50)")
    }

    @Test func spacesOfANameStayWhereALineIsNotBroken() {
        #expect(
            TextWrap.lines("ALTER TABLE \"two  spaces\" x", width: 80) == ["ALTER TABLE \"two  spaces\" x"])
        #expect(TextWrap.lines("one two   three", width: 8, indent: " ") == ["one two", " three"])
        #expect(TextWrap.lines("  led", width: 80) == ["led"])
    }

    @Test func tablesThatNoRuleCanSpellHaveNone() throws {
        let name = RelationName(schema: Identifier("public"), name: Identifier("100%"))
        let report = GoldenReport.report(of: [
            GoldenTables.small(name, oid: 70_000, distribution: SizeDistribution(counts: [10: 1])).profile
        ])
        let figures = try #require(TableFigures.lobTable(report).first)
        #expect(figures.rule == "not selected")
        let screen = String(decoding: TerminalReport.render(report), as: UTF8.self)
        #expect(screen.contains("public.100%") && !screen.contains("limited at sizes"))
        // Who checks the files that were written finds it too.
        #expect(report.recommendation.review.findings.contains { $0.id == "name-not-spellable" })
        #expect(FourFigures(report).cards[0].figure.plain == "none")
        #expect(FourFigures(report).cards[0].note.plain == "1 without a rule: left out")
    }

    @Test func anchorsAreUniqueWhereSomeOfAKindAreAccepted() throws {
        let finding = try #require(
            FindingGroup.all(GoldenReport.report.recommendation.findings).first { $0.count > 1 }?.first)
        let report = GoldenReport.accepting([
            AcceptedFinding(id: finding.id, pattern: try NamePattern(finding.subject), by: "Jane")
        ])
        let html = String(decoding: report.render(.html), as: UTF8.self)
        let ids = html.matches(of: #/ id="([^"]+)"/#).map { String($0.output.1) }
        #expect(Set(ids).count == ids.count)
    }
}
