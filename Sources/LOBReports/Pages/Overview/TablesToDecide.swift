import LOBAdvice
import SizeStatistics

/// The tables that need a decision: those that are unlimited, at risk or without a rule, those
/// that need the largest limits first.
struct TablesToDecide {
    private let report: Report
    private let extent: OverviewPage.Extent

    init(_ report: Report, _ extent: OverviewPage.Extent) {
        (self.report, self.extent) = (report, extent)
    }

    /// The section; it says so where no table needs one.
    var section: PageSection {
        PageSection(
            id: "open", title: extent == .document ? "Tables that need a decision" : nil,
            importance: .decisions, blocks: blocks)
    }

    private var blocks: [PageBlock] {
        let all = TableFigures.lobTable(report)
        guard !all.isEmpty else { return [.paragraph(PageText(ScopeText.withoutLOBs(report.profile)))] }
        let open = all.filter {
            $0.table.mode == .unlimited || $0.table.risk != 0 || !$0.table.isSelected
        }
        let rest = all.count - open.count
        let held =
            rest == 0
            ? "" : "\(NumberText.counted(rest, "table")) limited at sizes that hold every value; "
        let place: PageText =
            extent == .document
            ? PageText([.link("the LOB table", to: "decisions"), .plain(" has all")])
            : "all in \(code: "lob-table.md"), or with \(code: "-v")"
        let complete: PageText = "\(held)\(place)"
        guard !open.isEmpty else { return [.paragraph("LOB tables: \(complete)")] }
        let shown = Self.byCost(open).prefix(extent.tables)
        let more =
            open.count > shown.count ? "\(NumberText.grouped(open.count - shown.count)) more to decide; " : ""
        let outliers = shown.compactMap { figures in
            Outliers(figures.table, by: report.recommender).map {
                StrategyWords.sentence($0, of: figures.table.name)
                    + HeavyKeyText.story(figures.lobColumns, report.profile.options.jsonKeys)
            }
        }
        let table: [PageBlock] = [
            .table(Self.table(Array(shown))), .paragraph("\(more)\(complete)"),
        ]
        guard extent != .smallScreen else { return table }
        return table + [.paragraph(Self.legend)]
            + (outliers.isEmpty ? [] : [.list(Array(outliers.prefix(extent.isScreen ? 1 : Self.stories)))])
    }

    /// Stories of outliers that are told.
    private static let stories = 3

    /// Those with the largest limits first, and before them what is not known.
    private static func byCost(_ tables: [TableFigures]) -> [TableFigures] {
        let weights = tables.map { table in
            (
                table.table.limit?.count ?? .max,
                table.lobColumns.map { $0.estimate.shownLargest?.bytes ?? 0 }.max() ?? 0
            )
        }
        return tables.indices.sorted { weights[$0] != weights[$1] ? weights[$0] > weights[$1] : $0 < $1 }
            .map { tables[$0] }
    }

    private static let legend: PageText = """
        Max LOB Size is the limit that would hold every value, in KB as DMS counts (text twice). Truncations OKAY? is what \
        people accepted, not a result.
        """

    private static func table(_ tables: [TableFigures]) -> PageTable {
        PageTable(
            "Tables that need a decision, those that need the largest limits first", tables,
            [
                .init("Table", isElastic: true) { .code($0.table.name.losslessText) },
                .init("Max LOB Size (Kb)", isNumeric: true) { PageText($0.shortLimit) },
                .init("Truncations OKAY?") { PageText($0.truncationsOK) },
                .init("Rule") { PageText($0.rule) },
                .init("Coverage") { PageText($0.coverage.rawValue) },
                .init("Risk", isNumeric: true) { PageText($0.risk) },
                .init("1 B ... 1 GiB", isExtra: true) { PageText(Self.sizes($0)) },
            ])
    }

    /// The histogram of the column with the largest value.
    private static func sizes(_ table: TableFigures) -> String {
        let largest = table.lobColumns.max {
            ($0.estimate.shownLargest ?? ByteCount(-1)) < ($1.estimate.shownLargest ?? ByteCount(-1))
        }
        return largest?.profile.sizes.map { SizeSparkline.line($0.representative) } ?? ""
    }
}
