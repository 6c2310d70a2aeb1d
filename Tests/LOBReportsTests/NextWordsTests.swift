import LOBAdvice
import SizeStatistics
import Testing

@testable import LOBReports

/// What the first screen tells to paste works as it stands, and what it tells of intervals and names is not narrowed.
struct NextWordsTests {
    private static func commands(_ place: ReportPlace?) -> [String] {
        var report = GoldenReport.report
        report.place = place
        return commands(of: report)
    }

    private static func commands(of report: Report) -> [String] {
        NextWords.steps(report, atMost: 9).flatMap { block -> [String] in
            if case .code(let lines) = block { lines } else { [] }
        }
    }

    private static func place(
        _ path: String, isFolder: Bool = true, _ command: ReportPlace.Command = .profile,
        _ words: [(name: String, value: String?)] = []
    ) -> ReportPlace {
        ReportPlace(
            path: path, isFolder: isFolder, command: command,
            options: GivenOptions(
                words.map { .init(name: $0.name, value: $0.value, placeholder: "CONNINFO") }))
    }

    @Test func commandsNameTheFolderAndTheServerOfTheRun() {
        let commands = Self.commands(Self.place("it's here", .profile, [("-h", "db"), ("", "dbname=x y")]))
        let (folder, next) = ("'it'\\''s here'", "'it'\\''s here-2'")
        #expect(
            commands.first == "lobscope profile -h db 'dbname=x y' --resume \(folder) --out \(next)")
        #expect(commands.contains("less \(folder)/fix-target.sql"))
        #expect(commands.last == "lobscope compare \(folder) \(next)")
        // The next run measures what is missing; where nothing is, it is a run like this one.
        var whole = GoldenReport.report(of: [GoldenTables.settings.profile])
        whole.place = Self.place("it's here", .profile, [("-h", "db"), ("--out", "it's here")])
        #expect(
            Self.commands(of: whole).suffix(2) == [
                "lobscope profile -h db --out \(next)", "lobscope compare \(folder) \(next)",
            ])
    }

    /// All that decides what is measured and recommended is repeated; where results went is not.
    @Test func commandsRepeatTheOptionsOfTheRun() throws {
        let words: [(name: String, value: String?)] = [
            ("", "orders"), ("-t", "archive.*"), ("--exclude-table", "it's"), ("--policy", "a b.yaml"),
            ("--growth", "30d"), ("--time-budget", "5min"), ("--sample-percent", "5%"),
            ("--trust-owners", nil),
            ("--out", "before"), ("-v", nil), ("--consistent", nil), ("--resume", "first"), ("--nice", "2"),
        ]
        let commands = Self.commands(Self.place("before", .profile, words))
        let common = "--policy 'a b.yaml' --growth 30d"
        #expect(
            commands.first
                == "lobscope profile orders -t 'archive.*' --exclude-table 'it'\\''s' \(common) --time-budget 5min "
                + "--sample-percent 5% --trust-owners --nice 2 --resume before --out before-2")
        var sampled = GoldenReport.report(of: [GoldenTables.documents.profile])
        sampled.place = Self.place("before", .profile, words)
        let full = try #require(Self.commands(of: sampled).first { $0.contains("--method full") })
        #expect(
            full == "lobscope profile orders \(common) --trust-owners --consistent --nice 2 --method full "
                + "--table archive.documents --out before-2")
    }

    /// Where many tables were sampled, all that the run looked at is measured again.
    @Test func manySampledTablesAreMeasuredInTheScopeOfTheRun() {
        let tables = (1...4).map { number in
            var table = GoldenTables.documents
            table.name = RelationName(schema: Identifier("many"), name: Identifier("t\(number)"))
            table.oid = UInt32(70_000 + number)
            return table.profile
        }
        var report = GoldenReport.report(of: tables)
        report.place = Self.place("a/", .profile, [("", "orders"), ("-n", "many"), ("--method", "sample")])
        let commands = Self.commands(of: report)
        #expect(commands.first == "lobscope profile orders -n many --method full --out a-2")
    }

    @Test func renderedReportsAreDeployedAsTheyAreShown() {
        var report = GoldenReport.report(of: [GoldenTables.settings.profile])
        report.place = Self.place("x", .render, [("", "x"), ("--strategy", "strict"), ("--slot", "s")])
        let commands = Self.commands(of: report)
        #expect(report.place?.renderOptions == " --strategy strict")
        #expect(commands.last == "lobscope compare x x-2")
    }

    @Test(arguments: [
        ("before", "before-2"), ("before-2", "before-3"), ("before-99/", "before-100"),
        ("reports/orders-20261122T211933Z", "reports/orders-20261122T211933Z-2"),
        ("a-20261122", "a-20261122-2"), ("-m", "./-m-2"), ("-1", "./-1-2"), (".", "NEW"), ("..", "NEW"),
        ("/", "NEW"), ("a b", "'a b-2'"), ("a\u{1B}[31m", "NEW"),
    ]) func theNextRunHasAFolderOfItsOwn(path: String, next: String) {
        #expect(ReportPlace.next(after: path, isFolder: true) == next)
    }

    @Test func aValueThatCannotBePastedIsNamedByItsPlace() {
        let words: [(name: String, value: String?)] = [
            ("", "a\nb"), ("--limit", "-1"), ("--policy", "'\u{301}"),
        ]
        let place = Self.place("report", .profile, words)
        #expect(
            Self.commands(place).first
                == "lobscope profile CONNINFO --limit=-1 --policy ''\\''\u{301}' --resume report --out report-2"
        )
    }

    @Test func aPathThatLooksLikeAnOptionIsNone() {
        let commands = Self.commands(Self.place("-m"))
        #expect(commands.first == "lobscope profile --resume ./-m --out ./-m-2")
    }

    @Test func aPathThatCannotBePastedIsNotTold() {
        let commands = Self.commands(Self.place("a\u{1B}[31m\nb"))
        #expect(commands.first == "lobscope profile --resume FOLDER --out NEW")
    }

    /// A snapshot alone can be compared, not resumed, and nothing beside it mends findings.
    @Test func aSnapshotIsNoFolder() {
        let commands = Self.commands(Self.place("a.json.zst", isFolder: false, .render))
        #expect(
            !commands.contains { $0.contains("--resume") || $0.contains("fix-") || $0.contains("aws-cli") })
        #expect(commands.last == "lobscope compare a.json.zst NEW")
    }

    @Test func comparisonsAndLogsNameWhatTheyWereGiven() throws {
        let comparison = ComparisonReport(
            GoldenComparison.later, paths: (old: "it's", new: "-new"))
        let text = String(decoding: comparison.render(.text), as: UTF8.self)
        #expect(text.contains("\n  lobscope render ./-new --format table-mappings\n"))
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
