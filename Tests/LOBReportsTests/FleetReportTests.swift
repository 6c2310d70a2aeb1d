import LOBAdvice
import LOBReports
import SizeStatistics
import TestSupport
import Testing

/// The roll-up of many databases: goldens, the order, and that it says what the reports say.
@Suite struct FleetReportTests {
    private static let profile = GoldenReport.report.profile

    /// A limit that is used up at the rate at which rows arrive.
    private static var growing: Profile {
        let policy = Policy(strategy: .limitedWhenSafe, growth: .days(1))
        var table = GoldenTables.orders
        table.columns = [
            GoldenColumn(
                name: Identifier("payload"), type: "text", family: .text,
                distribution: SizeDistribution(counts: [120: 399_988, 900: 520_012, 4000: 79_900, 9000: 100]))
        ]
        let rate = InsertRate(rowsPerSecond: 0.5, source: .statistics, since: 1_763_000_000, arrived: 40_000)
        return GoldenReport.report(
            of: [table.profile.growing(at: rate)], startedAt: 1_763_841_600 + 86_400,
            database: "billing"
        ).profile.with(policy: policy)
    }

    private static let entries = [
        FleetEntry(
            name: "gone", labels: [.init(name: "team", value: "shop")],
            outcome: .failed(
                .init("database \"gone\" does not exist", hint: "psql -l lists those of the server")),
            figures: nil),
        FleetEntry(
            name: "orders",
            labels: [.init(name: "team", value: "a\"b\\c\nd\u{202E}"), .init(name: "env", value: "prod")],
            profile,
            reason: .init("interrupted", hint: "--resume goes on with it")),
        FleetEntry(name: "billing", growing),
        FleetEntry(
            name: "notes",
            GoldenReport.report(
                of: [GoldenTables.settings.profile], startedAt: 1_763_841_600 - 90_000, database: "notes"
            ).profile),
    ]

    private static let report = FleetReport(FleetSummary(entries, older: 2))

    @Test(arguments: FleetFormat.allCases) func everyFormatIsTheGoldenFile(_ format: FleetFormat) {
        let name =
            switch format {
            case .text: "fleet.txt"
            case .openMetrics: "fleet.prom"
            default: format.fileName ?? ""
            }
        expect(Self.report.render(format), matchesGolden: name)
    }

    @Test func theOrderOfTheEntriesIsOfNoMatter() {
        let reversed = FleetReport(FleetSummary(Self.entries.reversed(), older: 2))
        for format in FleetFormat.allCases { #expect(reversed.render(format) == Self.report.render(format)) }
        #expect(Self.report.summary.entries.map(\.name).prefix(2) == ["gone", "orders"])
        #expect(Self.report.summary.verdict == .notReady && !Self.report.summary.isComplete)
        #expect(Self.report.summary.asOf == Self.growing.startedAt)
    }

    /// Nothing is computed a second way: the figures are those of the report of each database.
    @Test func theFiguresAreThoseOfTheReports() throws {
        for seed in 1...40 {
            let profile = RandomProfile(seed: UInt64(seed), shape: UInt64(seed % 7)).profile
            let report = Report(profile: profile, recommendation: Recommender(profile).recommend())
            let figures = FleetFigures(profile)
            #expect(figures.verdict == report.recommendation.verdict)
            #expect(figures.memory == report.recommendation.review.memory)
            #expect(figures.findings == FindingCounts(report.recommendation.findings))
            let text = String(decoding: TerminalReport.render(report, isWhole: true), as: UTF8.self)
            let page = String(
                decoding: FleetReport(FleetSummary([FleetEntry(name: "x", profile)])).render(.json),
                as: UTF8.self)
            guard let place = figures.largest.place, let size = figures.largest.size.value else { continue }
            #expect(text.contains("\(place.relation.losslessText).\(place.column.losslessText)"))
            #expect(page.contains("\"bytes\": \(size)"), "\(page)")
        }
    }

    @Test func openMetricsIsWhatTheSpecificationSays() throws {
        let metrics = try OpenMetricsText(Self.report.render(.openMetrics))
        #expect(metrics.units["lobscope_largest_value_bytes"] == "bytes")
        let outcomes = metrics.samples.filter { $0.name == "lobscope_profile_outcome" }
        #expect(outcomes.map(\.value) == [2, 1] + outcomes.dropFirst(2).map { _ in 0 })
        #expect(outcomes.count == Self.entries.count)
        // What failed has no figure: a 0 would be taken for one.
        #expect(metrics.samples.filter { $0.labels["name"] == "gone" } == outcomes.prefix(1).map(\.self))
        let orders = try #require(metrics.samples.first { $0.labels["name"] == "orders" })
        #expect(orders.labels["team"] == "a\"b\\c\\x0ad\\u{202e}" && orders.labels["env"] == "prod")
        let days = metrics.samples.filter { $0.name == "lobscope_limit_exhausted_days" }
        #expect(days.map { $0.labels["name"] } == ["billing"])
        #expect(try #require(days.first).value > 0)
        let empty = try OpenMetricsText(FleetReport(FleetSummary([])).render(.openMetrics))
        #expect(empty.samples.isEmpty)
    }

    @Test func aMistakeInOpenMetricsIsFound() {
        for text in [
            "", "# EOF", "a 1\n# EOF\n", "# TYPE a gauge\na{b=\"c\"} x\n# EOF\n",
            "# TYPE a gauge\na{b=\"c\"} 1\na{b=\"c\"} 2\n# EOF\n", "# TYPE a gauge\na{b=\"\\x\"} 1\n# EOF\n",
            "# TYPE a gauge\n# UNIT a bytes\na{} 1\n# EOF\n", "# TYPE a gauge\na{b=\"c\",} 1\n# EOF\n",
            "# TYPE a gauge\n\n# EOF\n", "# TYPE a gauge\na{} 1\n# HELP a b\n# EOF\n",
        ] {
            #expect(throws: OpenMetricsText.Mistake.self, "\(text)") {
                _ = try OpenMetricsText(Array(text.utf8))
            }
        }
    }

    @Test func aScreenShowsTheWorstAndAFileShowsAll() {
        let many = (1...200).map { number in
            FleetEntry(name: "db\(number)", outcome: .failed(.init("refused")), figures: nil)
        }
        let report = FleetReport(FleetSummary(many))
        let screen = String(decoding: report.render(.text), as: UTF8.self)
        #expect(screen.split(separator: "\n").count <= 60 && screen.contains("and 185 more"))
        for whole in [report.render(.text, isWhole: true), report.render(.markdown), report.render(.html)] {
            #expect(String(decoding: whole, as: UTF8.self).contains("db200"))
        }
        #expect(report.summary.isEmpty && !report.summary.isComplete)
    }

    @Test func namesAreToldApart() {
        let entry = Self.entries[2]
        let named = FleetSummary.namedApart([(entry, "a/x"), (entry, "b/x"), (Self.entries[3], "c/x")])
        #expect(named.map(\.name) == ["billing (a/x)", "billing (b/x)", "notes"])
    }
}
